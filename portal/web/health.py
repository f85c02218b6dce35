"""What must be there before the portal can serve a page: the checks behind /san-sang/."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

UNREADY = (OSError, Error)


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def search_index() -> None:
    _writable(settings.SEARCH_INDEX_DIR)


def media() -> None:
    _writable(settings.MEDIA_ROOT)


def _writable(folder: str | Path) -> None:
    """Raises OSError when no file can be made in the folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return


CHECKS: dict[str, Callable[[], None]] = {"database": database, "search": search_index, "media": media}
