"""One visit to a page, and everything that the tests want to know of it: loading a page ten times would be slow."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},  # 7:1, beyond AA
    "resultTypes": ["violations"],
}
WIDTH, NARROW = 1280, 320
WIDTH_OF_PAGE = "document.documentElement.scrollWidth"
PAINTS_SYNCHRONOUSLY = ("Document", "Stylesheet", "Script")


@dataclass
class Visit:
    """What one visit showed. `sizes`: {kind of resource: bytes as they crossed the line, headers included}."""

    status: int = 0
    title: str = ""
    language: str = ""
    main_headings: list[str] = field(default_factory=list)
    stylesheets: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    violations: dict[str, str] = field(default_factory=dict)
    width_at_narrow: int = 0
    width_with_large_text: int = 0

    @property
    def text_bytes(self) -> int:
        return sum(self.sizes.get(kind, 0) for kind in PAINTS_SYNCHRONOUSLY)


def follow(link: Locator) -> None:
    """Clicks, and waits for the page that the click leads to: what is asked next is asked of that one."""
    with link.page.expect_navigation():
        link.click()


def violations(page: Page) -> str:
    """The report of axe-core; "" when it finds nothing."""
    results = Axe().run(page, options=WCAG)
    return results.generate_report() if results.violations_count else ""


def visit(browser: Browser, site: str, url: str) -> Visit:
    """A first visit: empty cache, no cookies."""
    context = browser.new_context(
        locale="vi-VN", viewport={"width": WIDTH, "height": 800}, reduced_motion="reduce"
    )
    page, seen = context.new_page(), Visit()
    _listen(page, site, seen)
    response = page.goto(url, wait_until="networkidle")
    seen.status = response.status
    seen.title = page.title()
    seen.language = page.locator("html").get_attribute("lang")
    seen.main_headings = page.locator("h1").all_inner_texts()
    seen.stylesheets = page.locator("link[rel=stylesheet]:not([media=print])").count()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        seen.violations[scheme] = violations(page)
    seen.width_at_narrow = _width_at_narrow(page)
    page.evaluate("document.documentElement.dataset.textSize = 'largest'")
    seen.width_with_large_text = page.evaluate(WIDTH_OF_PAGE)
    context.close()
    return seen


def _listen(page: Page, site: str, seen: Visit) -> None:
    page.on("console", lambda message: message.type == "error" and seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("requestfailed", lambda request: seen.complaints.append(f"{request.url}: {request.failure}"))
    page.on("request", lambda request: request.url.startswith(site) or seen.foreign.append(request.url))
    kinds: dict[str, str] = {}
    wire = page.context.new_cdp_session(page)
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def add_size(event: dict) -> None:
        kind = kinds[event["requestId"]]
        seen.sizes[kind] = seen.sizes.get(kind, 0) + event["encodedDataLength"]

    wire.on("Network.loadingFinished", add_size)
    wire.send("Network.enable")


def _width_at_narrow(page: Page) -> int:
    """How wide the page stands on the narrowest phone, its menu open."""
    page.set_viewport_size({"width": NARROW, "height": 640})
    menu = page.locator(".menu--narrow > summary")
    if menu.count():
        menu.click()
    return page.evaluate(WIDTH_OF_PAGE)
