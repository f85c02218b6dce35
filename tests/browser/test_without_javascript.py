"""Every page can be read and used with JavaScript off: old phones, strict networks, broken downloads."""

from playwright.sync_api import expect


def test_menu_opens_and_leads_on(plain_page, site):
    plain_page.goto(site)
    plain_page.locator(".menu--narrow > summary").click()
    plain_page.locator(".menu__panel a[href$='/tin-tuc/']").click()
    expect(plain_page).to_have_url(f"{site}/tin-tuc/")


def test_search_finds_and_facets_narrow(plain_page, site):
    plain_page.goto(f"{site}/thu-vien/")
    plain_page.locator("main input[type=search]").fill("hoc tap")
    plain_page.keyboard.press("Enter")
    expect(plain_page.locator("main .list__item").first).to_be_visible()
    plain_page.locator(".facet[open] .facet__value").first.click()
    expect(plain_page.locator("main .list__item").first).to_be_visible()
    expect(plain_page.locator(".facet__value--selected")).to_have_count(1)


def test_contact_form_shows_its_mistakes(plain_page, site):
    plain_page.goto(f"{site}/lien-he/")
    plain_page.locator("main form[method=post] button").click()
    expect(plain_page.locator(".error-summary")).to_be_visible()
    expect(plain_page.locator(".field--error").first).to_be_visible()


def test_what_needs_a_script_is_not_offered(plain_page, site):
    plain_page.goto(site)
    for selector in (".display", ".read-aloud", "[data-share]"):
        for found in plain_page.locator(selector).all():
            expect(found).to_be_hidden()
