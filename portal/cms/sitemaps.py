"""The map of the site for search engines (sitemaps.org): an index, and parts of at most `KEYS` addresses.

A part holds the rows whose keys lie in one range, so its cost is the same wherever it stands, and a row stays in its part
whatever is added or taken away. A range without rows is not in the index.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.core.cache import cache
from django.db.models import DateTimeField, F, Max, Model, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from wagtail.models import Page, Site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
KEYS = 10_000  # of one part; the protocol allows 50,000 addresses and 50 MB
REMEMBERED = 600  # s that the index is kept: to make it all rows are read

Address = tuple[str, datetime | None]  # the whole address, and when it changed


class Section(ABC):
    """The addresses of one kind of rows."""

    changed = F("updated_at")  # when a row changed, for the database

    @abstractmethod
    def rows(self, request: HttpRequest) -> QuerySet:
        """What everybody may see."""

    @abstractmethod
    def addresses(self, rows: QuerySet, request: HttpRequest) -> Iterator[Address]:
        """Of `rows`, a part of those above in the order of their keys."""

    def parts(self, request: HttpRequest) -> list[tuple[int, datetime | None]]:
        """(number, when a row of it last changed) of each part that has rows."""
        parts = self.rows(request).order_by().values(part=F("pk") / KEYS)
        return list(parts.annotate(last=Max(self.changed)).order_by("part").values_list("part", "last"))

    def part(self, number: int, request: HttpRequest) -> list[Address]:
        rows = self.rows(request).filter(pk__gte=number * KEYS, pk__lt=(number + 1) * KEYS)
        return list(self.addresses(rows.order_by("pk"), request))


class RowSection(Section):
    """Rows of a plain model whose address is `/…/<pk>…`, the pattern called `url_name`."""

    model: type[Model]
    url_name: str

    def rows(self, request):
        return self.model._default_manager.all()

    def addresses(self, rows, request):
        before, after = request.build_absolute_uri(reverse(self.url_name, args=[0])).rsplit("0", 1)
        for pk, changed in rows.values_list("pk", self.changed).iterator():
            yield f"{before}{pk}{after}", changed


class PageSection(Section):
    """The pages of the site of the request."""

    changed = Coalesce("last_published_at", "latest_revision_created_at", output_field=DateTimeField())

    def rows(self, request):
        root = Site.find_for_request(request).root_page
        return Page.objects.descendant_of(root, inclusive=True).live().public()

    def addresses(self, rows, request):
        for page in rows.defer_streamfields().specific().iterator():
            for each in page.get_sitemap_urls(request):
                yield each["location"], each.get("lastmod")


_sections: dict[str, Section] = {"pages": PageSection()}


def register(name: str, section: Section) -> None:
    """Add the plain models of a room ("resources", ResourceSection()); called in its AppConfig.ready. `name`: a to z."""
    _sections[name] = section


def sections() -> dict[str, Section]:
    return dict(_sections)


def index(request: HttpRequest) -> list[tuple[str, int, datetime | None]]:
    """(name of the section, number of the part, when it last changed) of all parts there are."""
    site = Site.find_for_request(request)
    return cache.get_or_set(f"sitemap-{site.pk if site else ''}", lambda: _index(request), REMEMBERED)


def _index(request: HttpRequest) -> list[tuple[str, int, datetime | None]]:
    return [
        (name, number, changed)
        for name, section in _sections.items()
        for number, changed in section.parts(request)
    ]


def index_xml(addresses: Iterable[Address]) -> bytes:
    return _written("sitemapindex", "sitemap", addresses)


def part_xml(addresses: Iterable[Address]) -> bytes:
    return _written("urlset", "url", addresses)


def latest(addresses: Iterable[Address]) -> datetime | None:
    """None unless all of them tell when they changed."""
    moments = [changed for _address, changed in addresses]
    return max(moments) if moments and None not in moments else None


def _written(root: str, element: str, addresses: Iterable[Address]) -> bytes:
    lines = (
        f"<{element}><loc>{escape(address)}</loc>"
        f"{f'<lastmod>{changed.isoformat()}</lastmod>' if changed else ''}</{element}>\n"
        for address, changed in addresses
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    return f"{head}{''.join(lines)}</{root}>\n".encode()
