"""Which sources are to be read now, and which harvests somebody left behind."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from ...enums import HarvestSchedule, HarvestState
from ...models import Harvest, Source
from .claims import is_left_behind
from .running import AtWork, ask

# A little less than the span, so that a reading which took an hour does not move the next one by a day.
EVERY = {
    HarvestSchedule.DAILY: timedelta(hours=23),
    HarvestSchedule.WEEKLY: timedelta(days=6, hours=23),
    HarvestSchedule.MONTHLY: timedelta(days=29, hours=23),
}
AGAIN = timedelta(hours=6)  # after a reading that was broken off


def ask_for_what_is_due() -> None:
    now = timezone.now()
    for source in Source.objects.filter(active=True).exclude(schedule=HarvestSchedule.HAND):
        if is_due(source, now):
            with suppress(AtWork):  # another worker was faster
                ask(source)


def of_nobody() -> list[Harvest]:
    """What is to be worked on and nobody does: it waits for its turn, or somebody left it behind."""
    now = timezone.now()
    at_work = Harvest.objects.at_work().select_related("source")
    return [each for each in at_work if each.state == HarvestState.WAITING or is_left_behind(each, now)]


def is_due(source: Source, now: datetime) -> bool:
    due = next_due(source)
    return due is not None and due <= now


def next_due(source: Source) -> datetime | None:
    """When it is read next by itself; None while it is being read, and for what is read by hand only or not in use. What a
    person has stopped waits for its day; what broke off by itself is tried again sooner."""
    if not source.active or source.schedule == HarvestSchedule.HAND:
        return None
    last = source.harvests.first()
    if last is None:
        return source.created_at
    if last.is_at_work:
        return None
    span = EVERY[source.schedule]
    return last.finished_at + (min(AGAIN, span) if last.state == HarvestState.FAILED else span)
