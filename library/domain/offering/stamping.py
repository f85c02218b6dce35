"""Records get their place in the list and their datestamp, one writer at a time.

A datestamp is the second that comes next when the transaction ends. So a harvester that was answered in the second S and next
asks for what changed "from S on" is given all that it could not see; and because positions grow with datestamps and with
commits, who reads the list from a position onward misses nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from portal.web import plain_rows

from ...models import OfferedCount, OfferedRecord, OfferedSet, Offering, OfferingTask
from .records import Written

WRITES = ("position", "datestamp", "deleted", "sets", "fingerprint", "dc", "marc", "lom")
ALL = ""  # the spec under which all records are counted
TOMBSTONE = "deleted"  # in place of a fingerprint
SECOND = timedelta(seconds=1)

Stored = Mapping[int, tuple[bool, list[str], str]]  # number: deleted, sets, fingerprint


def stamp(now: Mapping[int, Written], tasks: Mapping[int, set[int]]) -> int:
    """Write what differs from what is stored, and return how much that was.

    `tasks` {number of a resource: keys of the rows that asked to look at it}; `now` has the records of those that everybody
    may see, the others become tombstones if they were ever offered. A resource for which another row has come since, or
    whose rows somebody else has done, is left: what was read of it may be old.
    """
    with transaction.atomic():
        offering = locked()
        tasks = _still_asked(tasks)
        stored = _stored(tasks)
        records = [_record(number, now.get(number), stored.get(number)) for number in tasks]
        news = [each for each in records if each and (each.deleted or each.dc)]
        waiting = {each.number for each in records if each and not (each.deleted or each.dc)}
        if news:
            _write(offering, news, stored)
        done = [key for number, keys in tasks.items() if number not in waiting for key in keys]
        plain_rows.delete(OfferingTask.objects.filter(pk__among=done))
        if news:
            _look_at_the_clock_again(offering, news)
    if news and _now() >= offering.datestamp + SECOND:
        _stamp_anew([each.number for each in news])
    return len(news)


def locked() -> Offering:
    """The one row, until the transaction ends."""
    Offering.objects.get_or_create(pk=Offering.ONLY)
    return Offering.objects.select_for_update().get(pk=Offering.ONLY)


def _still_asked(tasks: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Without those whose rows are not the ones that were read."""
    rows = defaultdict(set)
    for key, number in OfferingTask.objects.filter(number__among=tasks).values_list("pk", "number"):
        rows[number].add(key)
    return {number: keys for number, keys in tasks.items() if rows[number] == keys}


def _stored(numbers: Iterable[int]) -> Stored:
    found = OfferedRecord.objects.filter(number__among=numbers)
    return {
        number: tuple(rest) for number, *rest in found.values_list("pk", "deleted", "sets", "fingerprint")
    }


def _record(number: int, now: Written | None, stored: tuple | None) -> OfferedRecord | None:
    """What is to be written; None when that is there already. Its texts are missing when somebody else has written it
    since: then it has to be read again."""
    if now is None:
        if stored is None or stored[2] == TOMBSTONE:
            return None
        return OfferedRecord(number=number, deleted=True, sets=stored[1], fingerprint=TOMBSTONE)
    if stored is not None and stored[2] == now.fingerprint:
        return None
    return OfferedRecord(number=number, sets=list(now.sets), fingerprint=now.fingerprint, **now.texts)


def _write(offering: Offering, records: Sequence[OfferedRecord], stored: Stored) -> None:
    offering.datestamp = _next_second(offering)
    for record in records:
        offering.position += 1
        record.position, record.datestamp = offering.position, offering.datestamp
    OfferedRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["number"], update_fields=WRITES
    )
    plain_rows.delete(OfferedSet.objects.filter(record__among=[each.number for each in records]))
    OfferedSet.objects.bulk_create(
        OfferedSet(record_id=each.number, spec=spec, position=each.position)
        for each in records
        for spec in each.sets
    )
    _count(records, stored)
    offering.save(update_fields=["position", "datestamp"])


def _count(records: Sequence[OfferedRecord], stored: Stored) -> None:
    live, deleted = Counter(), Counter()
    for record in records:
        if before := stored.get(record.number):
            (deleted if before[0] else live).subtract([ALL, *before[1]])
        (deleted if record.deleted else live).update([ALL, *record.sets])
    specs = {spec for spec in {*live, *deleted} if live[spec] or deleted[spec]}
    counts = OfferedCount.objects.in_bulk(specs)
    for spec in specs:
        count = counts.setdefault(spec, OfferedCount(spec=spec))
        count.live += live[spec]
        count.deleted += deleted[spec]
    OfferedCount.objects.bulk_create(
        [counts[spec] for spec in specs],
        update_conflicts=True,
        unique_fields=["spec"],
        update_fields=["live", "deleted"],
    )


def _look_at_the_clock_again(offering: Offering, records: Sequence[OfferedRecord]) -> None:
    """The writing took its time: the second of the datestamp must not have come yet."""
    if _now() >= offering.datestamp:
        offering.datestamp = _next_second(offering)
        OfferedRecord.objects.filter(position__gte=records[0].position).update(datestamp=offering.datestamp)
        offering.save(update_fields=["datestamp"])


def _stamp_anew(numbers: Sequence[int]) -> None:
    """The commit itself took more than a second: somebody may have been answered meanwhile who will not ask for it."""
    with transaction.atomic():
        OfferedRecord.objects.filter(pk__among=numbers).update(fingerprint="")
        OfferingTask.note(numbers)


def _next_second(offering: Offering) -> datetime:
    """Never before one that was given, should the clock be set back."""
    coming = _now().replace(microsecond=0) + SECOND
    return max(coming, offering.datestamp) if offering.datestamp else coming


def _now() -> datetime:
    return datetime.now(UTC)
