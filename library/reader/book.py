"""A book as the web process sees it: what a job has left beside its file."""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

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
STROKE = 2.0  # s of it in one go
PATIENCE = 3.0  # s that a reader waits for somebody else's drawing before the page says so
LONG_PATIENCE = 60.0  # s that the worker does
LOOK_AGAIN = 0.05  # s
TROUBLE = "trouble.json"
TRIED_AGAIN = 24 * 60 * 60  # s after which a file that was too much is given another chance

SENTENCES = {
    "damaged": _("This file is damaged and cannot be shown here."),
    "password": _("This file is locked with a password and cannot be shown here."),
    "endless": _("This file has more pages than can be shown here."),
    "overrun": _("This file is too large or too tangled to be shown here."),
    "heavy": _(
        "This page is too large or too tangled to be drawn. Go on to the next one, or read it as text."
    ),
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


def open_book(rendition: Rendition, seconds: float | None = None) -> "Book":
    """The book of a rendition whose form is one of BOOKS; opened in the sandbox when that has not been done yet.

    All that is done with it takes at most `seconds` together; None: each job as long as a job may take. Raises Unreadable
    and Busy.
    """
    path, folder = Path(rendition.file.path), folder_of(rendition)
    if not path.is_file():
        raise Unreadable("damaged")
    until = time.monotonic() + seconds if seconds else None
    book = Book(path, folder, BOOKS[RenditionForm(rendition.form)], until)
    if not (folder / INDEX).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        book.outline(patience=PATIENCE if seconds else LONG_PATIENCE)
    return book


@dataclass(frozen=True)
class Book:
    path: Path
    folder: Path
    job: str  # the module of this package that opens it
    until: float | None = None  # time.monotonic() at which whoever asked stops waiting

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
            self._draw([[page, width]], 0.0)
        return path

    def draw_ahead(self) -> None:
        """As many pages as can be drawn in AHEAD_SECONDS, the narrow ones first; in short strokes, so that somebody who
        reads meanwhile comes in between. A page that cannot be drawn is left out. Raises Busy."""
        wanted = [[page, width] for width in PAGE_WIDTHS for page in range(1, self.index.pages + 1)]
        end = time.monotonic() + AHEAD_SECONDS
        while self.is_drawn and time.monotonic() < end:
            missing = [each for each in wanted if self._is_to_draw(drawn_name(*each))]
            if not missing:
                return
            with suppress(Unreadable):
                self._draw(missing, STROKE, patience=LONG_PATIENCE)
            time.sleep(2 * LOOK_AGAIN)

    def cover(self) -> Path | None:
        """The first page, or the picture that the book names as its cover."""
        path = self.folder / (drawn_name(1, PAGE_WIDTHS[0]) if self.is_drawn else COVER)
        return path if path.is_file() else None

    def outline(self, patience: float) -> None:
        """Have the job open the file, unless somebody else does meanwhile. Raises Unreadable and Busy."""
        if code := _known_trouble(self.folder / TROUBLE):
            raise Unreadable(code)
        wanted = self.folder / INDEX
        with _alone(self.folder, unless=wanted, patience=patience):
            if wanted.is_file():
                return
            try:
                self._run("outline")
            except sandbox.Refused as refusal:
                raise self._trouble(TROUBLE, refusal.code) from refusal
            except sandbox.Overrun as overrun:
                raise self._trouble(TROUBLE, "overrun") from overrun

    def _draw(self, wanted: list[list[int]], seconds: float, patience: float | None = None) -> None:
        """The first page of `wanted`, and in `seconds` as many of the others as can be done."""
        first = drawn_name(*wanted[0])
        if code := _known_trouble(self.folder / f"{first}.{TROUBLE}"):
            raise Unreadable(code)
        with _alone(self.folder, unless=self.folder / first, patience=patience):
            missing = [each for each in wanted if self._is_to_draw(drawn_name(*each))]
            if not missing:
                return
            heaviest = drawn_name(*missing[0])
            try:
                damaged = self._run("draw", missing, seconds)
            except sandbox.Refused as refusal:
                raise self._trouble(f"{heaviest}.{TROUBLE}", "page") from refusal
            except sandbox.Overrun as overrun:
                if (self.folder / heaviest).is_file():
                    return  # it was one of the others, which is asked for first another time
                raise self._trouble(f"{heaviest}.{TROUBLE}", "heavy") from overrun
        for each in damaged:
            self._trouble(f"{drawn_name(*each)}.{TROUBLE}", "page")
        if wanted[0] in damaged:
            raise Unreadable("page")

    def _is_to_draw(self, name: str) -> bool:
        return not (self.folder / name).is_file() and not _known_trouble(self.folder / f"{name}.{TROUBLE}")

    def _run(self, action: str, *arguments) -> Any:
        """What is done for one request takes the time of one job, however many jobs it needs."""
        seconds = max(self.until - time.monotonic(), 1.0) if self.until else sandbox.SECONDS
        job = f"{__package__}.{self.job}:{action}"
        return sandbox.run(job, str(self.path), str(self.folder), *arguments, seconds=seconds)

    def _trouble(self, name: str, code: str) -> Unreadable:
        """Remembered, so that a hostile file costs its 20 s once and not with every reader."""
        write(self.folder / name, json.dumps(code).encode())
        return Unreadable(code)


def _known_trouble(path: Path) -> str:
    if path.is_file() and time.time() - path.stat().st_mtime < TRIED_AGAIN:
        return json.loads(path.read_bytes())
    return ""


@contextmanager
def _alone(folder: Path, unless: Path, patience: float | None = None) -> Iterator[None]:
    """One process at a time works on a book; nobody waits any longer once the file `unless` is there."""
    with (folder / "lock").open("w") as lock:
        deadline = time.monotonic() + (PATIENCE if patience is None else patience)
        while not _locked(lock) and not unless.is_file():
            if time.monotonic() > deadline:
                raise Busy
            time.sleep(LOOK_AGAIN)
        yield


def _locked(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
