"""News as plain rows: a whole page, made for each line of a list, was half of what the list cost."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Window

from campaigns.models.topic import PageTopic
from portal.cms.models import PortalImage
from portal.cms.pictures import preload_renditions


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One line of a list of news. `commune`, `topics` and `cover` only in `page_of`."""

    title: str
    url: str
    date: datetime.date
    summary: str
    commune: str = ""
    topics: tuple[str, ...] = ()
    cover: PortalImage | None = None


def links(news: QuerySet, address: Callable[[str], str]) -> list[NewsItem]:
    """`news` as links; `address` makes an address of a `url_path`."""
    rows = news.values_list("title", "url_path", "date", "summary")
    return [NewsItem(title, address(url_path), date, summary) for title, url_path, date, summary in rows]


def page_of(
    news: QuerySet, page: int, per_page: int, address: Callable[[str], str]
) -> tuple[list[NewsItem], int]:
    """The items of the page (from 1), and how many pieces of news there are in all; 0 past the last page."""
    columns = ("title", "url_path", "date", "summary", "commune__label", "pk", "cover_id")
    counted = news.annotate(total=Window(Count("pk"))).values_list(*columns, "total")
    rows = list(counted[(page - 1) * per_page : page * per_page])
    topics, covers = _topics([row[5] for row in rows]), _covers([row[6] for row in rows if row[6]])
    found = [
        NewsItem(title, address(url_path), date, summary, commune or "", tuple(topics[pk]), covers.get(cover))
        for title, url_path, date, summary, commune, pk, cover, _total in rows
    ]
    return found, rows[0][-1] if rows else 0


def _topics(pks: list[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = PageTopic.objects.filter(content_object__in=pks).order_by("pk")
    for pk, name in rows.values_list("content_object", "tag__name"):
        found[pk].append(name)
    return found


def _covers(pks: list[int]) -> dict[int, PortalImage]:
    covers = PortalImage.objects.in_bulk(pks)
    preload_renditions(covers.values())
    return covers
