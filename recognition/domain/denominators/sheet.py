"""The numbers of a commune as a sheet, and what comes back in it."""

import datetime
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from portal.places.models import Place
from portal.text import name_key, parse_date_vi, parse_number_vi
from portal.web.imports import ImportRefused, RowError, as_text
from portal.web.spreadsheet import listing_xlsx
from recognition.enums import DenominatorKind

from .board import Board
from .declaring import EntriesRefused, Entry, declare

# Headings are Vietnamese by nature, as the commune keeps its lists.
PLACE, KIND, NUMBER, DAY, SOURCE, REASON = (
    "Nơi",
    "Đếm gì",
    "Số lượng",
    "Tính đến ngày",
    "Văn bản nguồn",
    "Lý do",
)
COLUMNS = (PLACE, KIND, NUMBER, DAY, SOURCE, REASON)
REQUIRED = (PLACE, KIND, NUMBER, DAY, SOURCE)
WORDS = {
    DenominatorKind.HOUSEHOLDS: "Số hộ",
    DenominatorKind.CLANS: "Số dòng họ",
    DenominatorKind.COMMUNITIES: "Số thôn, xóm",
    DenominatorKind.UNITS: "Số đơn vị",
    DenominatorKind.WORKERS: "Số người lao động trong gia đình, dòng họ, cộng đồng đã công nhận",
    DenominatorKind.STAFF: "Số người làm việc trong các đơn vị",
}
KINDS = {name_key(word): kind for kind, word in WORDS.items()}


def sheet(of: Board) -> bytes:
    """A line for every number that may be declared, filled in with what is known."""
    title = _("Denominators of %(place)s, %(year)s") % {"place": of.commune, "year": of.year}
    return listing_xlsx(title, COLUMNS, (_cells(line, cell) for line in of.lines for cell in line.cells))


def _cells(line, cell):
    row = cell.latest
    known = [row.value, row.as_of, row.source_document, row.reason] if row else [None] * 4
    return [line.label, WORDS[cell.kind], *known]


def declare_rows(rows: Iterable[tuple[int, Mapping]], of: Board, user) -> int:
    """Enter the rows that hold a number. Raises ImportRefused with every wrong row, and nothing is written."""
    reader = _Reader(of)
    entries = [entry for number, row in rows if (entry := reader.read(number, row))]
    if reader.errors:
        raise ImportRefused(reader.errors)
    try:
        return declare(entries, of.commune, of.year, user)
    except EntriesRefused as refused:
        raise ImportRefused(
            RowError(entry.row, NUMBER, reason) for entry, reason in refused.errors
        ) from refused


class _Reader:
    def __init__(self, of: Board):
        self.errors: list[RowError] = []
        self.cells = {(name_key(line.label), cell.kind): cell for line in of.lines for cell in line.cells}
        self.places: dict[str, Place] = {name_key(line.label): line.place for line in of.lines}
        self.seen: dict[tuple, int] = {}

    def read(self, number: int, row: Mapping) -> Entry | None:
        """None for a row without a number, and for one with a mistake."""
        if not as_text(row.get(NUMBER)):
            return None
        before = len(self.errors)
        cell = self._cell(number, as_text(row.get(PLACE)), as_text(row.get(KIND)))
        value, day = self._value(number, row.get(NUMBER)), self._day(number, row.get(DAY))
        source, reason = as_text(row.get(SOURCE)), as_text(row.get(REASON))
        for heading, text, longest in ((SOURCE, source, 200), (REASON, reason, 300)):
            if len(text) > longest:
                self._fault(
                    number,
                    heading,
                    _("the text is longer than %(longest)s characters.") % {"longest": longest},
                )
        if len(self.errors) > before:
            return None
        return Entry(cell.place, cell.kind, value, day, source, reason, number)

    def _fault(self, row: int, column: str, reason: str) -> None:
        self.errors.append(RowError(row, column, reason))

    def _cell(self, number: int, place: str, word: str):
        kind = KINDS.get(name_key(word))
        if name_key(place) not in self.places:
            self._fault(number, PLACE, _("“%(text)s” is not a place of this commune.") % {"text": place})
        elif (cell := self.cells.get((name_key(place), kind))) is None:
            words = ", ".join(WORDS[each] for key, each in self.cells if key == name_key(place))
            reason = _("“%(text)s” is not counted there. Write one of: %(words)s.")
            self._fault(number, KIND, reason % {"text": word, "words": words})
        elif (first := self.seen.setdefault((cell.place.pk, kind), number)) != number:
            self._fault(number, KIND, _("This number stands in row %(row)s already.") % {"row": first})
        else:
            return cell
        return None

    def _value(self, number: int, cell) -> int | None:
        try:
            return whole_number(cell)
        except ValueError:
            self._fault(number, NUMBER, _("“%(text)s” is not a whole number.") % {"text": as_text(cell)})
            return None

    def _day(self, number: int, cell) -> datetime.date | None:
        if isinstance(cell, datetime.datetime):
            return cell.date()
        if isinstance(cell, datetime.date):
            return cell
        try:
            return parse_date_vi(as_text(cell))
        except ValueError:
            text = as_text(cell)
            self._fault(number, DAY, _("“%(text)s” is not a date; write day/month/year.") % {"text": text})
            return None


def whole_number(typed: str | float) -> int:
    """Read 1234, 1234.0 of a spreadsheet, or "1.234". Raises ValueError."""
    number = typed if isinstance(typed, float) else parse_number_vi(str(typed))
    if number != int(number):
        raise ValueError(f"not a whole number: {typed!r}")
    return int(number)
