"""Everything can be done with the keyboard alone, and the focus is always to be seen."""

from playwright.sync_api import Page, expect

FOCUS = "document.activeElement"


def tab_to(page: Page, selector: str, presses: int = 60) -> None:
    """Press Tab until the focus stands on `selector`."""
    for _press in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(f"selector => {FOCUS}.matches(selector)", selector):
            assert page.evaluate(f"getComputedStyle({FOCUS}).outlineStyle") != "none", (
                "the focus cannot be seen"
            )
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_first_tab_offers_to_skip_to_the_content(page, site):
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate(f"{FOCUS}.id") == "main"


def test_search_by_keyboard_finds_without_accents(page, site):
    page.goto(f"{site}/tin-tuc/")
    tab_to(page, "#header-search")
    page.keyboard.type("gia dinh hoc tap")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=gia+dinh+hoc+tap")
    expect(page.locator("main .list__item").first).to_be_visible()


def test_menu_of_a_phone_opens_by_keyboard_and_closes_on_escape(page, site):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site)
    tab_to(page, ".menu--narrow > summary")
    page.keyboard.press("Enter")
    panel = page.locator(".menu__panel")
    expect(panel).to_be_visible()
    tab_to(page, ".menu__panel a", presses=1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate(f"{FOCUS}.tagName") == "SUMMARY"


def test_menu_of_a_wide_screen_leads_to_the_library(page, site):
    page.goto(site)
    tab_to(page, ".menu--wide a[href$='/thu-vien/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thu-vien/")


def test_contact_form_tells_its_mistakes_and_takes_the_focus_there(page, site):
    page.goto(f"{site}/lien-he/")
    tab_to(page, "main form[method=post] button")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    tab_to(page, ".error-summary a", presses=1)
    page.keyboard.press("Enter")
    assert page.evaluate(f"{FOCUS}.closest('.field--error') !== null")


def test_contact_form_is_sent_by_keyboard(page, site):
    page.goto(f"{site}/lien-he/")
    form = page.locator("main form[method=post]")
    fields = form.locator("input:visible, textarea:visible, select:visible")
    for number in range(fields.count()):
        fill_by_keyboard(page, fields.nth(number))
    tab_to(page, "main form[method=post] button")
    page.keyboard.press("Enter")
    expect(page.locator("main .notice--success")).to_be_visible()


def fill_by_keyboard(page, field):
    kind = field.evaluate("field => field.type")
    tab_to(page, f"[id='{field.get_attribute('id')}']")
    if kind == "checkbox":
        page.keyboard.press("Space")
    elif kind == "select-one":
        page.keyboard.press("ArrowDown")
    elif kind == "email":
        page.keyboard.type("nguoi.hoi@example.org")
    else:
        page.keyboard.type("Xin hỏi cách đăng ký gia đình học tập")
