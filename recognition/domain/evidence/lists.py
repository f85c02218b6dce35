"""The list of a school or a health station: names, matched without accents with those who take part in a round in a commune."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.files.base import File
from django.utils.translation import gettext as _

from portal.text import fold, nfc
from portal.web.imports import ImportRefused, RowError, as_text
from portal.web.imports.table import Cell, read_bytes, read_content
from recognition.models import Assessment

NAMES = (
    "chu ho",
    "ho va ten chu ho",
    "ho ten chu ho",
    "ho va ten",
    "ho ten",
    "ten",
)  # the first that is there counts
VILLAGES = ("xom", "thon", "ban", "to dan pho", "xom/thon", "dia chi", "noi o")
MAX_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """One name of the list; `village` as it was written, or ""."""

    row: int
    name: str
    village: str = ""


@dataclass(slots=True)
class Matches:
    """`found`: one of the names that take part; `ambiguous`: several are called so; `unknown`: nobody is."""

    found: list[tuple[Line, Assessment]] = field(default_factory=list)
    ambiguous: list[tuple[Line, list[Assessment]]] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)


def read(file: File) -> list[Line]:
    """The names of an XLSX or CSV list. Raises ImportRefused with a sentence for one that is no such list."""
    lines = []
    content = read_content(read_bytes(file), max_rows=MAX_ROWS, is_heading=_is_heading)
    for row, cells in content:
        headings = {fold(heading).strip(): heading for heading in cells}
        name = next((headings[each] for each in NAMES if each in headings), None)
        if name is None:
            raise ImportRefused([RowError(0, "", _("The list needs a column “Họ và tên” or “Chủ hộ”."))])
        village = next((headings[each] for each in VILLAGES if each in headings), None)
        if text := as_text(cells[name]):
            lines.append(Line(row, text, as_text(cells[village]) if village else ""))
    return lines


def _is_heading(cells: Sequence[Cell]) -> bool:
    return any(fold(str(cell or "")).strip() in NAMES for cell in cells)


def match(lines: Iterable[Line], assessments: Iterable[Assessment]) -> Matches:
    """`assessments` with their subjects and places. Between namesakes the village decides, and then the accents; a name in
    another village than the list says is for a person to decide."""
    by_name = defaultdict(list)
    for row in assessments:
        by_name[_key(row.subject.name)].append(row)
    matches = Matches()
    for line in lines:
        candidates = _narrowed(line, by_name[_key(line.name)])
        if not candidates:
            matches.unknown.append(line)
        elif len(candidates) == 1 and (not line.village or _is_there(line, candidates[0])):
            matches.found.append((line, candidates[0]))
        else:
            matches.ambiguous.append((line, candidates))
    return matches


def _narrowed(line: Line, candidates: list[Assessment]) -> list[Assessment]:
    """Each hint is followed as long as it leaves somebody."""
    candidates = [row for row in candidates if _is_there(line, row)] or candidates
    written = nfc(line.name).casefold()
    return [row for row in candidates if nfc(row.subject.name).casefold() == written] or candidates


def _is_there(line: Line, row: Assessment) -> bool:
    """Does it live where the list says: "Xóm Nà Mẫu, xã Mẫu", "Nà Mẫu"?"""
    village, label = _key(line.village.split(",")[0]), _key(row.place.label)
    return bool(village) and (label == village or label.endswith(f" {village}"))


def _key(text: str) -> str:
    return " ".join(fold(text).split())
