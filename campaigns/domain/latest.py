"""What is new and what comes next, for the front door."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from campaigns.models import EventIndexPage, EventPage, NewsPage, ObservanceDay


@dataclass(frozen=True)
class Occasion:
    """An event or a yearly day. ``last`` is None when it takes one day; ``url`` "" when it has no page."""

    title: str
    first: datetime.date
    last: datetime.date | None
    summary: str
    url: str


def news(n: int) -> list[NewsPage]:
    """The ``n`` newest published public pieces of news in the language of the reader, as links."""
    newest = NewsPage.objects.live().public().filter(locale__language_code=get_language()).newest_first()
    return list(newest.for_links("date")[:n])


def next_events(n: int) -> list[Occasion]:
    """The ``n`` next occasions: events, then the yearly days among them, by date."""
    now, here = timezone.now(), {"locale__language_code": get_language()}
    coming = EventPage.objects.live().public().filter(**here).for_links("starts_at", "ends_at").coming(now)
    events = [_of_event(event) for event in coming[:n]]
    index = EventIndexPage.objects.live().public().filter(**here).for_links().first()
    url = index.get_url() if index else ""
    days = ObservanceDay.objects.by_next_occurrence(timezone.localdate(now))[:n]
    return sorted(events + [_of_day(day, span, url) for day, span in days], key=lambda o: o.first)[:n]


def _of_event(event):
    return Occasion(event.title, event.date, event.last_day, event.summary, event.get_url())


def _of_day(day, span, url):
    return Occasion(day.name, span.first, span.last if span.last > span.first else None, "", url)
