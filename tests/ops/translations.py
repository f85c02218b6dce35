"""`python -m tests.ops.translations`: is every string of the sources in the catalogue, and translated?

Works on a copy of the sources, since makemessages writes its catalogue in place.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

from tests.services import gettext
from tests.services.machine import Missing

PROJECT = Path(__file__).parents[2]
CATALOGUE = "portal/locale/vi/LC_MESSAGES/django.po"
NOT_SOURCES = shutil.ignore_patterns(".*", "var", "tests", "static", "node_modules", "*.mo", "__pycache__")
COLLECT = [
    "manage.py",
    "makemessages",
    "--all",
    "--no-obsolete",
    "--no-wrap",
    "--add-location",
    "file",
    "-v",
    "0",
]


def untranslated() -> list[str]:
    """The strings of the sources that have no Vietnamese, or one that must be looked at again. Raises Missing."""
    gettext.path()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "portal"
        shutil.copytree(PROJECT, copy, ignore=NOT_SOURCES)
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DATABASE_URL": ""}
        subprocess.run([sys.executable, *COLLECT], cwd=copy, env=environment, check=True)
        with (copy / CATALOGUE).open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
    return [_source(message.id) for message in messages if message.fuzzy or not _is_complete(message.string)]


def _is_complete(translation: str | tuple[str, ...]) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)


def _source(id: str | tuple[str, ...]) -> str:
    return id if isinstance(id, str) else id[0]


def main() -> int:
    try:
        strings = untranslated()
    except Missing as reason:
        print(f"NOT TESTED: translations - {reason}")
        return 1 if os.environ.get("CI") == "true" else 0
    for string in strings:
        print(f"not translated: {string}")
    return 1 if strings else 0


if __name__ == "__main__":
    sys.exit(main())
