"""What is new and what comes next, for the front door."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.utils import timezone
from django.utils.translation import get_language

from campaigns.domain import news_items
from campaigns.models import EventIndexPage, EventPage, NewsPage, ObservanceDay
from portal.cms import frame
from portal.cms.frame import Frame


@dataclass(frozen=True)
class Occasion:
    """An event or a yearly day. ``last`` is None when it takes one day; ``url`` "" when it has no page."""

    title: str
    first: datetime.date
    last: datetime.date | None
    summary: str
    url: str


def news(request, n: int) -> list[news_items.NewsItem]:
    """The ``n`` newest published public pieces of news in the language of the reader, as links."""
    kept = frame.of(request)
    newest = kept.public(NewsPage.objects.filter(live=True, locale=kept.locale(get_language())))
    return news_items.links(newest.newest_first()[:n], partial(frame.address, request))


def next_events(request, n: int) -> list[Occasion]:
    """The ``n`` next occasions: events, then the yearly days among them, by date."""
    kept, now = frame.of(request), timezone.now()
    url = kept.keep(("address of events", get_language()), lambda: _address_of_events(kept))
    days = ObservanceDay.kept(kept, timezone.localdate(now))[:n]
    occasions = _coming(request, now, n) + [_of_day(day, span, url) for day, span in days]
    return sorted(occasions, key=lambda occasion: occasion.first)[:n]


def _coming(request, now: datetime.datetime, n: int) -> list[Occasion]:
    kept = frame.of(request)
    coming = kept.public(EventPage.objects.filter(live=True, locale=kept.locale(get_language()))).coming(now)
    rows = coming[:n].values_list("title", "url_path", "starts_at", "ends_at", "summary")
    return [
        Occasion(title, *EventPage.days(starts, ends), summary, frame.address(request, url_path))
        for title, url_path, starts, ends, summary in rows
    ]


def _address_of_events(kept: Frame) -> str:
    lists = EventIndexPage.objects.filter(live=True, locale=kept.locale(get_language()))
    index = kept.public(lists).first()
    return index.get_url() if index else ""


def _of_day(day, span, url):
    return Occasion(day.name, span.first, span.last if span.last > span.first else None, "", url)
