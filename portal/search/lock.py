"""One writer at a time over all processes of this machine."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

NAME = "writer.lock"


@contextmanager
def writer_lock(*, wait: bool = False) -> Iterator[bool]:
    """Whether the lock was had. The kernel frees it when its holder dies, so it can never be left behind."""
    directory = Path(settings.SEARCH_INDEX_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / NAME).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
