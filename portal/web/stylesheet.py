"""One style sheet for the browser, several readable files for us.

The parts in static/css are joined as `css/site.css` when static files are found or collected: no build step, one
blocking request on a slow line, and no @import, which would cost a round trip a file.
"""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
PARTS = (
    "tokens",
    "base",
    "layout",
    "navigation",
    "display",
    "footer",
    "components",
    "cards",
    "lists",
    "forms",
    "content",
    "titles",
    "sheets",
    "home",
    "desk",
    "charts",
    "reader",
    "learning",
    "grid",
    "council",
    "print",
)


class StylesheetFinder(BaseFinder):
    """Finds `css/site.css`, written afresh from its parts whenever one of them has changed."""

    def __init__(self, *args, **kwargs):
        self.source = Path(settings.BASE_DIR) / "static" / "css"
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "joined")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        self._write()
        found = self.storage.path(NAME)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        self._write()
        yield NAME, self.storage

    def _write(self):
        joined = "\n".join((self.source / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
        target = Path(self.storage.path(NAME))
        if target.exists() and target.read_text(encoding="utf-8") == joined:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may collect at once: the file appears whole or not at all.
        partial = target.with_suffix(f".{uuid.uuid4().hex}")
        partial.write_text(joined, encoding="utf-8")
        partial.replace(target)
