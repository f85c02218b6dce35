"""A process that keeps the index up to date beside one that writes much: with two cores both are done at once."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from . import background, drain

LOOK = 2.0  # s; what comes meanwhile shares one commit, and is one segment of an index


@contextmanager
def draining() -> Iterator[None]:
    """For a command without threads of its own. The process ends by itself when this one does, however it does; what it
    has begun is finished then, and nobody waits for it."""
    if not settings.SEARCH_BACKGROUND:
        yield
        return
    connections.close_all()  # a connection is not shared by two processes
    until_closed, kept_open = os.pipe()
    if os.fork() == 0:
        os.close(kept_open)
        _drain(until_closed)
    os.close(until_closed)
    try:
        with background.left_to_others():
            yield
    finally:
        os.close(kept_open)


def _drain(until_closed: int) -> None:
    """Never returns. Its output goes nowhere: whoever reads that of the command waits for its end."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        while not select.select([until_closed], [], [], LOOK)[0]:
            drain.run_once()
        drain.run_once()
        status = 0
    finally:
        os._exit(status)
