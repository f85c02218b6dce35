"""Counting the uses of resources while pages are served, without making a page wait.

A request only notes the click in memory; a thread of the process writes what has come together every two seconds. A
process that ends writes what it has; one that is killed loses two seconds. A failed write is tried again whole, and a
write is one transaction, so nothing is counted twice.
"""

import atexit
import logging
import os
import threading
import time
from collections import Counter, deque

from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from portal.web.client_address import client_address

from .domain.usage import Click, UsedOn, store, tally
from .enums import UsageKind
from .robots import is_robot

logger = logging.getLogger(__name__)

GATHER = 2.0  # s
FAREWELL = 5.0  # s an ending process takes to write what it has


class Recorder:
    def __init__(self):
        self._clicks: deque[Click] = deque()
        self._counts: Counter[UsedOn] = Counter()
        self._waiting = threading.Event()
        self._stopping = threading.Event()
        self._starting, self._writing = threading.Lock(), threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, click: Click) -> None:
        self._clicks.append(click)
        if settings.USAGE_BACKGROUND and not self._waiting.is_set():
            self._waiting.set()
            self._start()

    def flush(self) -> None:
        """Write what has come together. Raises the database's errors; nothing is lost by them."""
        with self._writing:
            clicks = [self._clicks.popleft() for _ in range(len(self._clicks))]
            self._counts.update(tally(clicks))
            if self._counts:
                store(self._counts)
                self._counts.clear()

    def stop(self) -> None:
        self._stopping.set()
        self._waiting.set()
        if self._thread is not None:
            self._thread.join(FAREWELL)

    def _start(self) -> None:
        """At the first click, never while modules load: a server that forks its workers would take a dead thread."""
        with self._starting:
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="usage-recorder", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._waiting.wait():
            self._stopping.wait(GATHER)
            self._waiting.clear()
            try:
                self.flush()
            except Exception:
                logger.exception("The uses of the library could not be written; next try in a moment.")
                self._waiting.set()
            finally:
                connections.close_all()
            if self._stopping.is_set():
                return


_recorder = Recorder()


def _renew() -> None:
    """A forked child has no thread of its parent's, and does not count its parent's clicks again."""
    global _recorder
    _recorder = Recorder()


os.register_at_fork(after_in_child=_renew)
atexit.register(lambda: _recorder.stop())


def count(request: HttpRequest, resource_id: int, kind: UsageKind) -> None:
    """This request used a resource: to be called by a view that answers with its page (VIEW) or with the thing itself,
    once for each time that somebody opens, plays or downloads it (REQUEST). Programs and what a browser fetches
    ahead do not count."""
    agent = request.headers.get("User-Agent", "")
    ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.method != "GET" or ahead or is_robot(agent):
        return
    visitor = f"{client_address(request)} {agent}"
    _recorder.add(Click(visitor, resource_id, kind, time.time(), timezone.localdate()))


def flush() -> None:
    """Write now what this process has counted."""
    _recorder.flush()
