"""Bringing the records up to date: with what was told of, and with all resources when there is another writer."""

import time
from collections import defaultdict
from collections.abc import Callable

from django.db import transaction

from portal.search.lock import file_lock

from ...models import OfferedRecord, Offering, OfferingTask, Resource
from .records import writer, written
from .stamping import locked, stamp

BATCH = 200  # resources read, and then written in one transaction
ROWS_EACH = 5  # a new resource is told of with its creators, subjects and links
AT_A_TIME = 0.5  # s; then others have their turn
LOCK = "offering.lock"


def catch_up(check: Callable[[int], None]) -> bool:
    """The work of the thread in the background (`portal.search.background`): some of what waits. Returns whether there is
    more. `check` raises when the process ends."""
    ends = time.monotonic() + AT_A_TIME
    with file_lock(LOCK) as held:
        while held and (done := _next_batch()) is not None:
            check(done)
            if time.monotonic() > ends:
                return True
    return not held and OfferingTask.objects.exists()


def run_once(progress: Callable[[int], None] = lambda done: None) -> int:
    """All that waits, now and here, and returns how many records were written; `progress(resources looked at)`."""
    looked_at = news = 0
    with file_lock(LOCK, wait=True):
        while (batch := _next_batch()) is not None:
            news += batch
            looked_at += BATCH
            progress(looked_at)
    return news


def look_at_all() -> None:
    """From now on go through all resources once more; what is as it should be is left alone."""
    with transaction.atomic():
        offering = locked()
        offering.filled_to = 0
        offering.save(update_fields=["filled_to"])


def _next_batch() -> int | None:
    """Returns how many records were written; None when nothing waits."""
    tasks = defaultdict(set)
    for key, number in _waiting() or _fill():
        tasks[number].add(key)
    if not tasks:
        return None
    stored = dict(OfferedRecord.objects.filter(pk__in=tasks).values_list("pk", "fingerprint"))
    return stamp(written(list(tasks), stored), tasks)


def _waiting() -> list[tuple[int, int]]:
    """All rows of the resources that have waited longest."""
    rows = OfferingTask.objects.order_by("pk").values_list("number", flat=True)[: BATCH * ROWS_EACH]
    numbers = list(dict.fromkeys(rows))[:BATCH]
    return (
        list(OfferingTask.objects.filter(number__in=numbers).values_list("pk", "number")) if numbers else []
    )


def _fill() -> list[tuple[int, int]]:
    """The next resources that nobody told of, as long as not all have been gone through for the present writer: a stop costs
    nothing, for how far it came is stored with them. What has only a tombstone is looked at as well."""
    if Offering.objects.filter(pk=Offering.ONLY, written_for=writer(), filled_to=None).exists():
        return []
    with transaction.atomic():
        offering = locked()
        if offering.written_for != writer():
            offering.written_for, offering.filled_to = writer(), 0
        if offering.filled_to is None:
            return []
        numbers = _following(offering.filled_to)
        offering.filled_to = numbers[-1] if numbers else None
        offering.save(update_fields=["written_for", "filled_to"])
        OfferingTask.note(numbers)
    return _waiting()


def _following(number: int) -> list[int]:
    after = {"pk__gt": number}
    resources = Resource.objects.filter(**after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    records = OfferedRecord.objects.filter(**after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    return sorted({*resources, *records})[:BATCH]
