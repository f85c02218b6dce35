"""PDF: its pages drawn, its text taken out. Jobs for portal.web.sandbox; no Django here."""

import time
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image

from portal.text import nfc
from portal.web.sandbox import Refused

from .drawing import smallest
from .pages import Index, drawn_name, leave, write
from .reflow import reflow

MAX_PAGES = 5_000
MAX_HEADINGS = 400
MAX_TEXT = 30_000  # characters of a page
TALLEST = 4  # times its width: a longer page is drawn smaller
READING_SECONDS = 14.0  # for the text, so that the pages can be read even if some of it is missing


def outline(path: str, folder: str) -> None:
    """Leave the index and the text of the book in `folder`. Raises Refused: damaged, password, endless."""
    start = time.monotonic()
    with closing(_opened(path)) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise Refused("endless")
        sizes, texts = [], []
        for number in range(count):
            in_time = time.monotonic() - start < READING_SECONDS
            sizes.append(_size(document, number))
            texts.append(_text(document, number) if in_time else "")
        paragraphs = reflow(texts)
        contents = _contents(document, count)
    index = Index(count, contents, sizes, has_text=any(paragraphs))
    leave(Path(folder), index, paragraphs)


def draw(path: str, folder: str, wanted: list[list[int]], seconds: float) -> list[list[int]]:
    """Draw [page, width] after [page, width] into `folder` until `seconds` have gone by; at least the first one.
    Returns those that are damaged. Raises Refused: damaged, password."""
    end = time.monotonic() + seconds
    damaged = []
    with closing(_opened(path)) as document:
        for done, (number, width) in enumerate(wanted):
            if done and time.monotonic() > end:
                break
            if picture := _drawn(document, number, width):
                write(Path(folder) / drawn_name(number, width), smallest(picture))
            else:
                damaged.append([number, width])
    return damaged


def _opened(path: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("password" if locked else "damaged") from error
    if len(document) == 0:
        raise Refused("damaged")
    return document


def _size(document: pypdfium2.PdfDocument, number: int) -> list[float]:
    try:
        width, height = document.get_page_size(number)
    except pypdfium2.PdfiumError:
        return [1.0, 1.0]  # the page says for itself that it is damaged, when it is asked for
    return [round(width, 1), round(min(height, TALLEST * width), 1)] if width > 0 < height else [1.0, 1.0]


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            return text.get_text_range(0, min(text.count_chars(), MAX_TEXT)) if text.count_chars() else ""
    except pypdfium2.PdfiumError:
        return ""  # as above: its picture will tell


def _drawn(document: pypdfium2.PdfDocument, number: int, width: int) -> Image.Image | None:
    """None for a page that is damaged."""
    try:
        with closing(document[number - 1]) as page:
            across, up = page.get_size()
            if across <= 0 or up <= 0:
                return None
            scale = min(width / across, TALLEST * width / up)
            return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        return None


def _contents(document: pypdfium2.PdfDocument, count: int) -> list[list]:
    found = []
    for entry in document.get_toc(max_depth=4):
        target = entry.get_dest()
        number = target.get_index() if target else None
        if number is not None and 0 <= number < count and (title := nfc(entry.get_title()).strip()):
            found.append([entry.level, title[:200], number + 1])
        if len(found) == MAX_HEADINGS:
            break
    return found
