"""Whether the records are those that the resources ask for, and making it so."""

from collections import Counter
from itertools import islice

from django.db import transaction

from ...models import OfferedCount, OfferedRecord, Resource
from .records import written
from .stamping import ALL, TOMBSTONE, locked

BATCH = 500
MOST = 20  # told one by one


def wrong() -> list[str]:
    """A sentence for each record that is not as it should be, and for each count; what still waits to be written is wrong too."""
    numbers = list(Resource.objects.order_by("pk").values_list("pk", flat=True))
    offered = list(OfferedRecord.objects.order_by("pk").values_list("pk", flat=True))
    every = sorted({*numbers, *offered})
    batches = (every[start : start + BATCH] for start in range(0, len(every), BATCH))
    found = [sentence for batch in batches for sentence in _wrong_records(batch)]
    more = [f"... and {len(found) - MOST} more"] if len(found) > MOST else []
    return [*islice(found, MOST), *more, *_wrong_counts()]


def count_anew() -> None:
    """Counts that drifted, were it by a hand in the database, are those of the records again."""
    with transaction.atomic():
        locked()
        counts = _counts()
        OfferedCount.objects.all().delete()
        OfferedCount.objects.bulk_create(
            OfferedCount(spec=spec, live=live, deleted=deleted) for spec, (live, deleted) in counts.items()
        )


def _wrong_records(numbers: list[int]) -> list[str]:
    stored = dict(OfferedRecord.objects.filter(pk__in=numbers).values_list("pk", "fingerprint"))
    now = written(numbers, stored)
    found = []
    for number in numbers:
        fingerprint = stored.get(number)
        if number in now and now[number].fingerprint != fingerprint:
            found.append(f"{number}: its record is old or missing")
        elif number not in now and fingerprint not in (None, TOMBSTONE):
            found.append(f"{number}: it is offered and must not be")
    return found


def _wrong_counts() -> list[str]:
    held = OfferedCount.objects.exclude(live=0, deleted=0)
    stored = {spec: (live, deleted) for spec, live, deleted in held.values_list("spec", "live", "deleted")}
    real = _counts()
    return [
        f"{spec or 'all records'}: counted as {stored.get(spec, (0, 0))}, really {real.get(spec, (0, 0))}"
        for spec in sorted({*stored, *real})
        if stored.get(spec) != real.get(spec)
    ]


def _counts() -> dict[str, tuple[int, int]]:
    live, deleted = Counter(), Counter()
    rows = OfferedRecord.objects.order_by().values_list("deleted", "sets")
    for is_deleted, sets in rows.iterator(chunk_size=2000):
        (deleted if is_deleted else live).update([ALL, *sets])
    return {spec: (live[spec], deleted[spec]) for spec in {*live, *deleted}}
