"""The rows of the outbox become changes of an index.

Rows go only after the engine has committed what they asked for, and indexing twice does no harm: a crash at any
point costs work, never an entry.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from portal.web import plain_rows

from . import indices
from .engine import Engine, EngineUnavailable, Writer
from .indexing import bring_up_to_date
from .lock import writer_lock
from .models import OutboxRow

BATCH = indices.BATCH  # rows in one commit, which costs as much as making the entries of some hundreds
PART = 2000  # entries read at once
LONGEST_WAIT = timedelta(hours=1)  # before an entry that cannot be made is tried again


class Row(NamedTuple):
    """What is asked of a row of the outbox when it is drained."""

    pk: int
    prefix: str
    object_id: str
    attempts: int


def waiting(*engines: Engine) -> bool:
    """Whether the index of one of them lacks something that it could be told now."""
    return OutboxRow.objects.due().of(*(engine.name for engine in engines)).exists()


def drain_rows(engine: Engine, also: Sequence[Writer] = ()) -> int:
    """Bring `engine` and the writers `also` up to date with all that is due now; returns the number of things.

    The caller holds the writer's lock.
    """
    if not waiting(engine):
        return 0
    done = 0
    with engine.writer() as writer:
        while rows := _next_batch(engine):
            done += _drain_batch(rows, (writer, *also))
            if len(rows) < BATCH:
                break  # what has come meanwhile waits its turn, and is no segment of its own
    return done


def keep_up(
    engine: Engine, make: Callable[[Engine], int] | None = None, also: Sequence[Writer] = ()
) -> int | None:
    """Drain the rows of an index, for the writers `also` too; `make` is called first when it is not there.
    Returns the number of things looked at.

    None when nothing can be done now: somebody else is at it, its engine is out of reach, or nobody may make it.
    """
    with writer_lock(engine) as held:
        if not held:
            return None
        try:
            if is_sound(engine):
                return drain_rows(engine, also)
            return None if make is None else make(engine) + drain_rows(engine, also)
        except EngineUnavailable:
            if engine.failing:  # it has said so, and is asked again after a pause
                return None
            raise


def is_sound(engine: Engine) -> bool:
    """Whether its index is there and lacks nothing but rows of the outbox. Raises EngineUnavailable."""
    return indices.register(engine.name) and engine.ready()


def _next_batch(engine: Engine) -> list[Row]:
    indices.hand_out()
    rows = OutboxRow.objects.due().filter(index=engine.name)
    return list(map(Row._make, rows.values_list(*Row._fields)[:BATCH]))


def _drain_batch(rows: Sequence[Row], writers: Sequence[Writer]) -> int:
    ids_by_prefix: dict[str, dict[str, None]] = defaultdict(dict)  # a dict keeps the order and each id once
    for row in rows:
        ids_by_prefix[row.prefix][row.object_id] = None
    failed = {
        (prefix, object_id)
        for prefix, ids in ids_by_prefix.items()
        for part in _parts(list(ids))
        for object_id in bring_up_to_date(writers, prefix, part)
    }
    for writer in writers:
        writer.commit()
    waits = [row for row in rows if (row.prefix, row.object_id) in failed]
    kept = _postpone(waits)
    plain_rows.delete(OutboxRow.objects.filter(pk__among=[row.pk for row in rows if row.pk not in kept]))
    return sum(map(len, ids_by_prefix.values())) - len(failed)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + PART] for start in range(0, len(ids), PART))


def _postpone(rows: Sequence[Row]) -> set[int]:
    """Let each thing that failed wait, twice as long each time; returns the rows that stay, one a thing."""
    kept = {(row.prefix, row.object_id): row for row in sorted(rows, key=lambda row: row.attempts)}
    for row in kept.values():
        wait = min(timedelta(seconds=2 ** min(row.attempts, 16)), LONGEST_WAIT)
        OutboxRow.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1, due=timezone.now() + wait)
    return {row.pk for row in kept.values()}
