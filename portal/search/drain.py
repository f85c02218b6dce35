"""Draining the outbox, whoever does it: one writer at a time to each index, which is made when it is not there."""

from collections.abc import Callable

from . import asked
from .engine import Engine
from .engines import kept
from .rebuild import rebuild
from .rows import keep_up, waiting
from .vocabulary import MoreWords


def run_once() -> int:
    """Drain all that is due, now and here, and not what comes meanwhile; returns the number of things brought up to date.

    0 also when another process holds the writer's lock: that process drains.
    """
    return attempt() or 0


def catch_up(check: Callable[[int], None]) -> bool:
    """The work of the thread in the background (`background.register`); also writes what was asked."""
    asked.write()
    return attempt(check) is None and waiting(*kept())


def attempt(progress: Callable[[int], None] | None = None) -> int | None:
    """As `run_once`, but None when an index could not be reached, or its lock is held elsewhere.

    The embedded index goes first, so that none waits for a server. `progress`: see `rebuild`.
    """

    def make(engine: Engine) -> int:
        return rebuild(engine, progress)

    main, *others = kept()
    done = [keep_up(engine, make) for engine in reversed(others)]
    done.append(keep_up(main, make, also=[MoreWords()]))  # words are counted once, not once an index
    return None if None in done else max(done)
