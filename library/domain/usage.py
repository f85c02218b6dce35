"""How often resources are used, counted as COUNTER Release 5 does, without knowing by whom.

A view of the page of a resource is an investigation; reading, playing or downloading it is a request, and every
request is an investigation too. Two clicks of one visitor on the same thing within 30 seconds are one.
"""

import calendar
import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce, TruncMonth

from ..enums import UsageKind
from ..models import Resource, Usage

DOUBLE_CLICK = 30.0  # s, COUNTER R5, 7.2
RECENT = "library-recent-clicks"  # the one entry of the cache that tells double clicks
YEAR = timedelta(days=365)
YEARS_BY_DAY = 2
BATCH = 500


class Click(NamedTuple):
    """`visitor`: address and browser, in memory only; `at`: seconds since 1970."""

    visitor: str
    resource: int
    kind: UsageKind
    at: float
    day: Date


class UsedOn(NamedTuple):
    resource: int
    day: Date
    kind: UsageKind


class Uses(NamedTuple):
    """Totals of a time, under COUNTER's names: investigations hold the requests."""

    investigations: int
    requests: int


def tally(clicks: Sequence[Click]) -> Counter[UsedOn]:
    """Clicks without double clicks, here or in another process, as numbers to be stored.

    Who clicked lives for 30 seconds in the cache as a hash with a salt that lives no longer. As COUNTER has it, each
    click begins the 30 seconds anew. Two processes that look at the same moment may miss a double click.
    """
    if not clicks:
        return Counter()
    recent = cache.get(RECENT) or {"salt": secrets.token_bytes(16), "last": {}}
    last, counted = recent["last"], Counter()
    for click in sorted(clicks, key=lambda each: each.at):
        mark = f"{click.resource} {click.kind} {click.visitor}".encode()
        trace = hashlib.blake2b(mark, key=recent["salt"], digest_size=12).digest()
        if abs(click.at - last.get(trace, 0.0)) >= DOUBLE_CLICK:
            counted[UsedOn(click.resource, click.day, click.kind)] += 1
        last[trace] = max(click.at, last.get(trace, 0.0))
    kept = {trace: at for trace, at in last.items() if click.at - at < DOUBLE_CLICK}
    cache.set(RECENT, recent | {"last": kept}, DOUBLE_CLICK)
    return counted


@transaction.atomic
def store(counts: Mapping[UsedOn, int]) -> None:
    """Add to what is stored: all of it or, with an error of the database, nothing. What was deleted meanwhile is left out."""
    there = set(
        Resource.objects.filter(pk__in={used.resource for used in counts}).values_list("pk", flat=True)
    )
    # In one order, so that two processes never wait for each other.
    wanted = sorted(used for used in counts if used.resource in there)
    Usage.objects.bulk_create(
        [Usage(resource_id=used.resource, day=used.day, kind=used.kind) for used in wanted],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    for used in wanted:
        row = Usage.objects.filter(resource=used.resource, day=used.day, kind=used.kind)
        row.update(count=F("count") + counts[used])


def uses_of(resource: Resource, today: Date) -> Uses:
    """Of one resource in the year that ends today."""
    used = Usage.objects.filter(resource=resource, day__gt=today - YEAR).order_by()
    totals = dict(used.values_list("kind").annotate(Sum("count")))
    return Uses(sum(totals.values()), totals.get(UsageKind.REQUEST, 0))


def roll_up(today: Date) -> None:
    """The daily work: what the sort "most used" goes by, and old days into months."""
    refresh_uses(today)
    roll_up_months(today)


def refresh_uses(today: Date) -> int:
    """Write the investigations of a year into `Resource.uses` where they have changed (only these are indexed
    anew); returns how many. A use of what was merged into another counts for the other."""
    used = (
        Usage.objects.filter(day__gt=today - YEAR)
        .values(owner=Coalesce("resource__merged_into", "resource"))
        .annotate(total=Sum("count"))
        .values_list("owner", "total")
    )
    totals = dict(used)
    stored = dict(Resource.objects.exclude(uses=0).values_list("pk", "uses"))
    changed = [pk for pk in totals.keys() | stored.keys() if totals.get(pk, 0) != stored.get(pk, 0)]
    for start in range(0, len(changed), BATCH):
        batch = [Resource(pk=pk, uses=totals.get(pk, 0)) for pk in changed[start : start + BATCH]]
        Resource.objects.bulk_update(batch, ["uses"])
    return len(changed)


def roll_up_months(today: Date) -> None:
    """Days of more than two years ago become one row a month. Killed in between, it goes on the next day."""
    first_kept = today.replace(year=today.year - YEARS_BY_DAY, day=1)
    by_day = Usage.objects.filter(day__lt=first_kept).exclude(day__day=1)
    months = by_day.annotate(month=TruncMonth("day")).order_by("month").values_list("month", flat=True)
    for month in months.distinct():
        _roll_up_month(month)


@transaction.atomic
def _roll_up_month(first: Date) -> None:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    rows = Usage.objects.filter(day__range=(first, last))
    sums = list(rows.order_by().values_list("resource", "kind").annotate(total=Sum("count")))
    rows.delete()
    Usage.objects.bulk_create(
        [Usage(resource_id=pk, day=first, kind=kind, count=total) for pk, kind, total in sums],
        batch_size=BATCH,
    )
