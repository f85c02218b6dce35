"""What must be there before the portal can serve a page: the checks behind /san-sang/. Rooms add theirs."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import Error, connection


class Unready(Exception):
    """What the check of a room raises; the text goes to the log."""


UNREADY = (OSError, Error, Unready)


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def media() -> None:
    writable(settings.MEDIA_ROOT)


def writable(folder: str | Path) -> None:
    """Raises OSError when no file can be made in the folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return


CHECKS: dict[str, Callable[[], None]] = {"database": database, "media": media}


def register(name: str, check: Callable[[], None]) -> None:
    """`check()` raises one of UNREADY; called in AppConfig.ready."""
    CHECKS[name] = check
