"""The lines of pages, made into paragraphs that fit any screen; pure functions on plain text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from portal.text import fold, nfc

EDGE = 2  # lines at the top and at the foot of a page that may be a running title or a page number
REPEATED = 3  # pages, or one page in five: a line that stands at the edge of so many is a running title
JOINTS = "\u00ad\ufffe\x02"  # soft hyphens, as PDF readers give them
PAGE_NUMBER = re.compile(r"\W*(?:trang|page)?\W*(?:\d{1,4}|[ivxl]{1,6})(?:\s*/\s*\d{1,4})?\W*", re.I)
NUMBER_AT_AN_END = re.compile(r"^\W*\d+\W+|\W+\d+\W*$")
ITEM = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ][.)]|[IVX]{1,5}[.)]|[-–—•·*+▪►])\s")
END = re.compile(r"[.!?:;…][\"”’)\]]*$")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SHORT, FULL = (
    0.6,
    0.85,
)  # parts of a usual line: shorter ends a paragraph, fuller does not end it after a full stop


def reflow(pages: Sequence[str]) -> list[list[str]]:
    """The text of each page with its line breaks -> the paragraphs of each page."""
    lines = [_lines(page) for page in pages]
    running = _running_lines(lines)
    bodies = [_body(page, running) for page in lines]
    usual = _usual_length(bodies)
    return [list(_paragraphs(body, usual)) for body in bodies]


def _lines(page: str) -> list[str]:
    kept = (" ".join(line.split()) for line in nfc(page).splitlines())
    # A soft hyphen is a control character in some readers' text: it must outlive their removal.
    return [line for line in (CONTROL.sub("", line.replace("\x02", "\u00ad")) for line in kept) if line]


def _key(line: str) -> str:
    """A running title without the number of the page that stands before or after it."""
    return NUMBER_AT_AN_END.sub("", fold(line))


def _edges(page: Sequence[str]) -> set[int]:
    """The first and the last lines; of a page of few lines only the outermost."""
    edge = EDGE if len(page) > 4 * EDGE else 1
    return {*range(min(edge, len(page))), *range(max(len(page) - edge, 0), len(page))}


def _running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_key(page[index]) for index in _edges(page)})
    enough = max(REPEATED, len(pages) // 5)
    return {line for line, count in counts.items() if count >= enough}


def _body(page: Sequence[str], running: set[str]) -> list[str]:
    edges = _edges(page)
    return [
        line
        for index, line in enumerate(page)
        if index not in edges or not (PAGE_NUMBER.fullmatch(line) or _key(line) in running)
    ]


def _usual_length(bodies: Iterable[Sequence[str]]) -> int:
    """Characters of a line that is filled: four in five lines are shorter."""
    lengths = sorted(len(line) for body in bodies for line in body)
    return lengths[len(lengths) * 4 // 5] if lengths else 0


def _paragraphs(lines: Sequence[str], usual: int) -> Iterable[str]:
    paragraph = ""
    previous = ""
    for line in lines:
        if previous and _ends(previous, line, usual):
            yield _without_joints(paragraph)
            paragraph = ""
        paragraph = _joined(paragraph, line)
        previous = line
    if paragraph:
        yield _without_joints(paragraph)


def _ends(previous: str, line: str, usual: int) -> bool:
    """Whether a paragraph ends between these two lines."""
    if previous[-1] in JOINTS:
        return False
    if ITEM.match(line) or len(previous) < SHORT * usual:
        return True
    heading_follows = len(line) < SHORT * usual and not END.search(line)
    return bool(END.search(previous)) and (len(previous) < FULL * usual or heading_follows)


def _joined(paragraph: str, line: str) -> str:
    if not paragraph:
        return line
    if paragraph[-1] in JOINTS:
        return paragraph[:-1] + line
    word = paragraph.rpartition(" ")[2]
    if paragraph.endswith("-") and len(word) > 1 and line[0].islower():
        # "Ma-lai-" goes on as "Ma-lai-xi-a", "thư-" as one word that was broken at the end of the line.
        return (paragraph if "-" in word[:-1] else paragraph[:-1]) + line
    return f"{paragraph} {line}"


def _without_joints(paragraph: str) -> str:
    return paragraph.translate(dict.fromkeys(map(ord, JOINTS)))
