"""The thread that does what changes leave to be done, behind the requests of this process: `register` says what that is.

It starts at the first change or search of a process, never while modules load: a server that forks its workers
after loading the code would take a dead thread and open files along.
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

logger = logging.getLogger(__name__)

GATHER = 0.1  # s; changes that come together are drained together
LOCKED = 0.3  # s until a lock, held by another process, or an engine out of reach is tried again
LOOK = 1.0  # s between two looks for rows that other processes left
LONGEST_PAUSE = 30.0  # s after failures in a row
FAREWELL = 5.0  # s an ending process takes to finish what it has begun
LAST_BATCH = 1.0  # s of these, kept for the batch in hand


Work = Callable[[Callable[[int], None]], bool]
_works: list[Work] = []


class Stopped(Exception):
    """The process ends while an index is being made."""


def register(work: Work) -> None:
    """`work(check)` does all that waits, and says whether there is more that cannot be done now. While something takes
    long it calls `check(number done)`, which raises `Stopped` when the process ends. What one work cannot do keeps no other
    from its own; one that has very much to do does some of it at a time."""
    if work not in _works:
        _works.append(work)


class Drainer:
    def __init__(self):
        self._called = threading.Event()
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._looked = self._ends = 0.0
        self._rests: dict[Work, tuple[float, float]] = {}  # how long each pauses, and until when
        self.polls = False

    def call(self) -> None:
        self._called.set()
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def look(self) -> None:
        """As `call`, but at most once in `LOOK` seconds."""
        now = time.monotonic()
        if now - self._looked >= LOOK:
            self._looked = now
            self.call()

    def stop(self) -> None:
        """Let the thread finish what waits, within `FAREWELL`."""
        self._ends = time.monotonic() + FAREWELL - LAST_BATCH
        self._stopping.set()
        self._called.set()
        if self._thread is not None:
            self._thread.join(FAREWELL)

    def _start(self) -> None:
        with self._starting:
            if self._stopping.is_set() or (self._thread and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._run, name="search-drainer", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        pause = None
        while not self._stopping.is_set():
            self._called.wait(min(pause or LOOK, LOOK) if self.polls else pause)
            self._stopping.wait(GATHER)
            self._called.clear()
            try:
                pause = self._do()
            except Stopped:
                return
            finally:
                connections.close_all()

    def _do(self) -> float | None:
        """Each work that does not rest, once; returns the seconds until the next is rested, None when nothing waits.
        Raises Stopped."""
        for work in _works:
            rest, ends = self._rests.get(work, (0.0, 0.0))
            if time.monotonic() < ends:
                continue
            try:
                rest = LOCKED if work(self._check) else 0.0
            except Stopped:
                raise
            except Exception:
                rest = min(max(rest * 2, LOOK), LONGEST_PAUSE)
                logger.exception(
                    "%s could not be brought up to date; next try in %.0f s.", work.__module__, rest
                )
            self._rests[work] = rest, time.monotonic() + rest
        resting = [ends - time.monotonic() for rest, ends in self._rests.values() if rest]
        return max(min(resting), 0.0) if resting else None

    def _check(self, done: int) -> None:
        if self._stopping.is_set() and time.monotonic() > self._ends:
            raise Stopped


_drainer = Drainer()


def _renew() -> None:
    """A forked child has no thread of its parent's, and locks in whatever state they were."""
    global _drainer
    _drainer = Drainer()


os.register_at_fork(after_in_child=_renew)
atexit.register(lambda: _drainer.stop())


_left = False  # to another process


def wake() -> None:
    """Rows of the outbox are waiting: drain them soon, in the background."""
    if settings.SEARCH_BACKGROUND and not _left:
        _drainer.call()


def look() -> None:
    """A search is served: look, at most once a second, whether another process left rows behind. Costs nothing."""
    if settings.SEARCH_BACKGROUND:
        _drainer.look()


@contextmanager
def left_to_others() -> Iterator[None]:
    """Meanwhile this process does nothing in the background."""
    global _left
    _left = True
    try:
        yield
    finally:
        _left = False


@contextmanager
def polling() -> Iterator[None]:
    """Meanwhile look for rows every second: for a process that lives to do jobs."""
    if not settings.SEARCH_BACKGROUND:
        yield
        return
    _drainer.polls = True
    _drainer.call()
    try:
        yield
    finally:
        _drainer.polls = False
