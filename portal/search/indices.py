"""Which indices follow this database, and what each of them has still to be told.

The embedded index of each machine and the one that machines share on Elasticsearch are brought up to date apart from
each other: one that cannot be reached catches up when it can. What nobody has cared for in `FORGOTTEN` is no longer
told anything, and is made anew should it come back.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.web import plain_rows

from .models import OutboxRow, SearchIndex

BATCH = 10_000  # rows handed out at once
FORGOTTEN = timedelta(days=7)
TOUCHED = timedelta(hours=1)


def register(name: str) -> bool:
    """From now on the index is told of every change. Returns whether it knows all that was before."""
    now = timezone.now()
    index, created = SearchIndex.objects.get_or_create(name=name, defaults={"seen": now})
    if created or index.seen < now - TOUCHED:
        SearchIndex.objects.filter(name=name).update(seen=now)
        _forget(SearchIndex.objects.filter(seen__lt=now - FORGOTTEN))
    return index.complete


def made(name: str) -> None:
    """The index was made from the database, and told of every change since it was registered."""
    SearchIndex.objects.filter(name=name).update(complete=True)


def hand_out() -> None:
    """Rows that were written for all become rows of each index; at most a batch.

    The rows are read before the indices are: one that registers in between is then made from data which has what
    these rows are about. Two machines may hand out the same rows, to have them drained twice.
    """
    keys = list(OutboxRow.objects.filter(index="").values_list("pk", flat=True)[:BATCH])
    names = list(SearchIndex.objects.values_list("name", flat=True)) if keys else []
    if not names:
        return
    first, *others = names
    with transaction.atomic():
        rows = OutboxRow.objects.filter(pk__among=keys)
        rows.update(index=first)
        OutboxRow.objects.bulk_create(
            OutboxRow(prefix=row.prefix, object_id=row.object_id, created=row.created, index=name)
            for name in others
            for row in rows
        )


def rows_of(name: str) -> list[int]:
    """The rows that the index `name` has not been told of yet, handed out."""
    while OutboxRow.objects.filter(index="").exists():
        hand_out()
    return list(OutboxRow.objects.filter(index=name).values_list("pk", flat=True))


def remove_rows(keys: list[int]) -> None:
    for start in range(0, len(keys), BATCH):
        plain_rows.delete(OutboxRow.objects.filter(pk__among=keys[start : start + BATCH]))


def _forget(indices) -> None:
    names = list(indices.values_list("name", flat=True))
    indices.delete()
    plain_rows.delete(OutboxRow.objects.filter(index__in=names))
