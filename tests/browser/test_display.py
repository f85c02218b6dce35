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


A_VOICE = """
    const voice = {lang: "vi-VN", name: "Giọng thử", default: true, localService: true, voiceURI: "thu"};
    window.spoken = [];
    Object.defineProperty(window, "speechSynthesis", {value: Object.assign(new EventTarget(), {
        getVoices: () => [voice],
        speak: (utterance) => window.spoken.push(utterance.text),
        cancel: () => { window.spoken = []; },
    })});
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; }
    };
"""


def test_page_is_read_aloud_and_silenced_where_the_browser_has_a_voice(page, site):
    page.add_init_script(A_VOICE)
    page.goto(f"{site}/tro-nang/")
    button = page.locator(".read-aloud button")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.spoken.length") > 1
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.spoken.length") == 0


def test_reading_aloud_is_not_offered_without_a_voice(page, site):
    page.goto(f"{site}/tro-nang/")
    expect(page.locator(".read-aloud")).to_be_hidden()


def test_link_of_a_page_can_be_copied(context, page, site):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/r/1")
    page.locator("[data-share=copy]").click()
    expect(page.locator(".share__status")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/r/1")
