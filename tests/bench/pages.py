"""What the public pages cost: under gunicorn with 2 workers, uncached, on SQLite, beside a bare Wagtail page."""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass

from . import server, site
from .figure import Figure

REQUESTS = 200
MAX_QUERIES = 15
FIRST_VISIT_KB = 60  # HTML, CSS and JS, compressed, without fonts and pictures (design_language.md)
ASSET = re.compile(r"""<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"|<script[^>]+src="([^"]+)\"""")


@dataclass(frozen=True)
class PublicPage:
    """cpu_ms: the most a request may cost; per_second: what Wagtail's own demonstration site answers here."""

    name: str
    address: str
    cpu_ms: float
    per_second: float


@dataclass(frozen=True)
class Queries:
    count: int
    repeated: int


def figures() -> Iterable[Figure]:
    site.prepare()
    pages = _pages()
    queries = {page: _queries(page) for page in pages}
    with (
        server.running("tests.bench.bare_settings", f"/{site.BARE_SLUG}/") as bare,
        server.running("tests.bench.settings", "/song/") as portal,
    ):
        for page in pages:
            # Anew beside each page: how fast a shared machine is changes from minute to minute
            reference = bare.load(f"/{site.BARE_SLUG}/", REQUESTS)
            load = portal.load(page.address, REQUESTS)
            yield Figure(f"{page.name}: CPU", load.cpu_ms, reference.cpu_ms, page.cpu_ms, "ms")
            yield Figure(
                f"{page.name}: requests",
                load.per_second,
                reference.per_second,
                page.per_second,
                "/s",
                at_least=True,
            )
            html, first_visit = _sizes(portal, page.address)
            yield Figure(f"{page.name}: HTML", html, None, FIRST_VISIT_KB, "kB")
            yield Figure(f"{page.name}: first visit", first_visit, None, FIRST_VISIT_KB, "kB")
    site.double()
    for page in pages:
        once, twice = queries[page], _queries(page)
        yield Figure(f"{page.name}: queries", once.count, None, MAX_QUERIES, "")
        yield Figure(f"{page.name}: repeated queries", once.repeated, None, 0, "")
        yield Figure(f"{page.name}: queries with twice the items", twice.count, None, once.count, "")


def _pages() -> list[PublicPage]:
    from campaigns.models import NewsPage
    from library.models import Resource

    article = NewsPage.objects.live().order_by("-first_published_at").first()
    resource = Resource.objects.order_by("pk").first()
    return [
        PublicPage("home", "/", 20, 34),
        PublicPage("news list", "/tin-tuc/", 14, 51),
        PublicPage("article", article.get_url(), 12, 75),
        PublicPage("library list", "/thu-vien/", 14, 51),
        PublicPage("resource", resource.get_absolute_url(), 12, 75),
        PublicPage("search", "/tim-kiem/?q=hoc+tap", 20, 32),
    ]


def _queries(page: PublicPage) -> Queries:
    """Of the second request: the first one also fills what a process keeps for its life."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(page.address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(page.address)
    statements = [query["sql"] for query in captured.captured_queries]
    return Queries(len(statements), len(statements) - len(set(statements)))


def _sizes(portal: server.Server, address: str) -> tuple[float, float]:
    """Compressed kB of the HTML alone, and with the style sheets and scripts that it names."""
    _status, body, encoding = portal.get(address)
    html = gzip.decompress(body) if encoding == "gzip" else body
    assets = {first or second for first, second in ASSET.findall(html.decode())}
    rest = sum(len(portal.get(asset)[1]) for asset in assets)
    return len(body) / 1000, (len(body) + rest) / 1000
