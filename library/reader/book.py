"""A book as the web process sees it: what a job has left beside its file."""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from portal.web import sandbox

from ..enums import RenditionForm
from ..models import Rendition
from .epub import COVER, picture_name
from .pages import INDEX, TEXT, Index, drawn_name, html_name, write

BOOKS = {RenditionForm.PDF: "pdf", RenditionForm.EPUB: "epub", RenditionForm.HTML: "markup"}
PAGE_WIDTHS = (800, 1600)  # pixels: as wide as a screen, and to look closely
AHEAD_SECONDS = 16.0  # of drawing in the background; what is left is drawn when it is asked for
PATIENCE = 3.0  # s that a reader waits for somebody else's drawing before the page says so
TROUBLE = "trouble.json"
TRIED_AGAIN = 24 * 60 * 60  # s after which a file that was too much is given another chance

SENTENCES = {
    "damaged": _("This file is damaged and cannot be shown here."),
    "password": _("This file is locked with a password and cannot be shown here."),
    "endless": _("This file has more pages than can be shown here."),
    "overrun": _("This file is too large or too tangled to be shown here."),
    "page": _("This page is damaged and cannot be shown. Go on to the next one."),
}


class Unreadable(Exception):
    """It cannot be shown; `sentence` says so to the reader. `code` is a key of SENTENCES."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
        self.sentence = SENTENCES[code]


class Busy(Exception):
    """Somebody else is just drawing in this book: ask again in a few seconds."""


def folder_of(rendition: Rendition) -> Path:
    """Beside the file, by its checksum: another file is another book."""
    return Path(rendition.file.path).parent / f"doc-{rendition.checksum[:16]}"


def open_book(rendition: Rendition) -> "Book":
    """The book of a rendition whose form is one of BOOKS; opened in the sandbox when that has not been done yet.

    Raises Unreadable and Busy.
    """
    path, folder = Path(rendition.file.path), folder_of(rendition)
    if not path.is_file():
        raise Unreadable("damaged")
    book = Book(path, folder, BOOKS[RenditionForm(rendition.form)])
    if not (folder / INDEX).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        book.make(INDEX, "outline")
    return book


@dataclass(frozen=True)
class Book:
    path: Path
    folder: Path
    job: str  # the module of this package that opens it

    @cached_property
    def index(self) -> Index:
        return Index(**json.loads((self.folder / INDEX).read_bytes()))

    @cached_property
    def text(self) -> list[list[str]]:
        """The paragraphs of each page."""
        return json.loads((self.folder / TEXT).read_bytes())

    @property
    def is_drawn(self) -> bool:
        """Its pages are pictures, beside their text."""
        return bool(self.index.sizes)

    def size(self, page: int, width: int) -> tuple[int, int]:
        """Pixels of a page that is drawn `width` wide, as the browser is told to leave room for it."""
        across, up = self.index.sizes[page - 1]
        return width, round(width * up / across)

    def html(self, page: int) -> SafeString:
        """A page of a book that is not drawn."""
        content = (self.folder / html_name(page)).read_text(encoding="utf-8")
        return mark_safe(content)  # noqa: S308 - cleaned by nh3 when the book was opened

    def picture(self, number: int) -> Path | None:
        """A picture of a page that is not drawn."""
        path = self.folder / picture_name(number)
        return path if path.is_file() else None

    def drawn(self, page: int, width: int) -> Path:
        """The picture of a page; drawn now when it is not there. Raises Unreadable and Busy."""
        path = self.folder / drawn_name(page, width)
        if not path.is_file():
            self.make(path.name, "draw", [[page, width]], 0.0)
        return path

    def draw_ahead(self) -> None:
        """As many pages as can be drawn in AHEAD_SECONDS, the narrow ones first. Raises Unreadable and Busy."""
        wanted = [[page, width] for width in PAGE_WIDTHS for page in range(1, self.index.pages + 1)]
        missing = [each for each in wanted if not (self.folder / drawn_name(*each)).is_file()]
        if self.is_drawn and missing:
            self.make(drawn_name(*missing[0]), "draw", missing, AHEAD_SECONDS)

    def cover(self) -> Path | None:
        """The first page, or the picture that the book names as its cover."""
        path = self.drawn(1, PAGE_WIDTHS[0]) if self.is_drawn else self.folder / COVER
        return path if path.is_file() else None

    def make(self, name: str, action: str, *arguments) -> None:
        """Have `action` of the job leave the file `name`, unless somebody else does meanwhile."""
        self._refuse_known_trouble()
        wanted = self.folder / name
        with _alone(self.folder, unless=wanted):
            if wanted.is_file():
                return
            job = f"{__package__}.{self.job}:{action}"
            try:
                sandbox.run(job, str(self.path), str(self.folder), *arguments)
            except sandbox.Refused as refusal:
                if action == "draw":
                    raise Unreadable("page") from refusal
                self._remember(refusal.code)
                raise Unreadable(refusal.code) from refusal
            except sandbox.Overrun as overrun:
                self._remember("overrun")
                raise Unreadable("overrun") from overrun

    def _remember(self, code: str) -> None:
        """So that a hostile file costs its 20 s once, and not with every reader."""
        write(self.folder / TROUBLE, json.dumps(code).encode())

    def _refuse_known_trouble(self) -> None:
        trouble = self.folder / TROUBLE
        if trouble.is_file() and time.time() - trouble.stat().st_mtime < TRIED_AGAIN:
            raise Unreadable(json.loads(trouble.read_bytes()))


@contextmanager
def _alone(folder: Path, unless: Path) -> Iterator[None]:
    """One process at a time works on a book; nobody waits any longer once the file `unless` is there."""
    with (folder / "lock").open("w") as lock:
        deadline = time.monotonic() + PATIENCE
        while not _locked(lock) and not unless.is_file():
            if time.monotonic() > deadline:
                raise Busy
            time.sleep(0.05)
        yield


def _locked(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
