"""One writer at a time to each index: over all processes of this machine, and over all machines that share one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from .engine import Engine

NAME = "writer.lock"
NAME_SHARED = "shared-writer.lock"


@contextmanager
def writer_lock(engine: Engine, *, wait: bool = False) -> Iterator[bool]:
    """Whether the lock was had. It goes with the process that holds it, so it can never be left behind.

    Machines can only share an index when they share a PostgreSQL, which then has the lock.
    """
    with file_lock(NAME_SHARED if engine.shared else NAME, wait=wait) as held:
        if held and engine.shared and connection.vendor == "postgresql":
            with _database_lock(engine.name, wait) as held:
                yield held
        else:
            yield held


@contextmanager
def file_lock(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether the lock was had, one of all processes of this machine."""
    directory = Path(settings.SEARCH_INDEX_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _database_lock(name: str, wait: bool) -> Iterator[bool]:
    """A lock of the connection, apart from all transactions."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT true FROM pg_advisory_lock(hashtextextended(%s, 0))", [name])
        else:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
