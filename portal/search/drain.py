"""Draining the outbox, whoever does it: one writer at a time, and an index is made when there is none."""

from collections.abc import Callable

from .engines import current
from .lock import writer_lock
from .rebuild import rebuild
from .rows import drain_rows


def run_once() -> int:
    """Drain all that is due, now and here; returns the number of things brought up to date.

    0 also when another process holds the writer's lock: that process drains.
    """
    return attempt() or 0


def attempt(progress: Callable[[int], None] | None = None) -> int | None:
    """As `run_once`, but None when the lock is held elsewhere. `progress`: see `rebuild`."""
    with writer_lock() as held:
        if not held:
            return None
        engine = current()
        if not engine.ready():
            rebuild(engine, progress)
        return drain_rows(engine)
