"""What holds for every type of page: WCAG by axe-core, 320 pixels, no error, a budget of bytes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .addresses import PAGE_TYPES, address

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
BUDGET = 60 * 1024  # bytes of HTML, CSS and JavaScript of a first visit, as they cross the line
SCHEMES = ["light", "dark"]


def violations(page: Page) -> str:
    results = Axe().run(page, options=WCAG)
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_axe_finds_nothing(page, site, page_type, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address(site, page_type))
    assert violations(page) == ""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_officers_corner(officer, site, scheme):
    page = officer.pages[0]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{site}/can-bo/")
    assert violations(page) == ""


@pytest.mark.parametrize("setting", [{"contrast": "more"}, {"textSize": "largest"}])
def test_axe_finds_nothing_with_high_contrast_or_very_large_text(page, site, setting):
    page.goto(site)
    page.evaluate("setting => Object.assign(document.documentElement.dataset, setting)", setting)
    assert violations(page) == ""


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_fits_320_pixels_with_the_menu_open(page, site, page_type):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address(site, page_type))
    if page.locator(".menu--narrow > summary").count():
        page.locator(".menu--narrow > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("page_type", [name for name in PAGE_TYPES if name != "no such page"])
def test_browser_reports_no_error_and_no_breach_of_the_content_security_policy(page, site, page_type):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"{request.url}: {request.failure}"))
    page.goto(address(site, page_type), wait_until="networkidle")
    assert complaints == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_calls_no_foreign_server(page, site, page_type):
    foreign = []
    page.on("request", lambda request: request.url.startswith(site) or foreign.append(request.url))
    page.goto(address(site, page_type), wait_until="networkidle")
    assert foreign == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_first_visit_stays_within_the_budget(page, site, page_type):
    sizes = {}
    wire = page.context.new_cdp_session(page)
    kinds = {}
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    page.goto(address(site, page_type), wait_until="networkidle")
    text = {
        number: size
        for number, size in sizes.items()
        if kinds[number] in ("Document", "Stylesheet", "Script")
    }
    assert 0 < sum(text.values()) <= BUDGET
    assert page.locator("link[rel=stylesheet]:not([media=print])").count() == 1


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_page_has_one_main_heading_and_a_title_of_its_own(page, site, page_type):
    page.goto(address(site, page_type))
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.locator("html").get_attribute("lang") == "vi"
    assert not page.title().startswith("–")
