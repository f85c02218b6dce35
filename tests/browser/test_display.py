"""The reader's own settings: text size, contrast, saving data."""

from playwright.sync_api import expect


def root_size(page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def test_text_size_grows_and_is_remembered_on_the_next_page(page, site):
    page.goto(site)
    usual = root_size(page)
    page.locator(".site-header__tools .display > summary").click()
    page.locator(".site-header__tools [data-text-size=largest]").click()
    assert root_size(page) > usual * 1.3
    page.goto(f"{site}/tin-tuc/")
    assert root_size(page) > usual * 1.3
    expect(page.locator(".site-header__tools [data-text-size=largest]")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_high_contrast_is_remembered_and_can_be_taken_back(page, site):
    page.goto(site)
    page.locator(".site-header__tools .display > summary").click()
    page.locator(".site-header__tools [data-contrast=more]").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-contrast", "more")
    page.locator(".site-header__tools .display > summary").click()
    page.locator(".site-header__tools button[data-contrast='']").click()
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-contrast", "more")


def test_web_font_is_fetched_normally_and_not_under_save_data(browser, site):
    assert any(url.endswith(".woff2") for url in fetched(browser, site, {}))
    assert not any(url.endswith(".woff2") for url in fetched(browser, site, {"Save-Data": "on"}))


def fetched(browser, site, headers) -> list[str]:
    context = browser.new_context(extra_http_headers=headers)
    page = context.new_page()
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(site, wait_until="networkidle")
    context.close()
    return urls


def test_page_on_paper_leaves_out_the_furniture(page, site):
    page.goto(f"{site}/tin-tuc/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for furniture in (".menu--wide", ".site-header .search-box", ".site-header__tools"):
        expect(page.locator(furniture)).to_be_hidden()
