"""The cells of one row of a sheet, with every mistake named by its column."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from portal.text import parse_date_vi
from portal.web.imports import RowError
from portal.web.imports.table import Cell


class Cells:
    """The cells of one row by column. Mistakes are collected in `errors`, so that a person sees all at once.

    `headings`: column -> what stands above it in the sheet; without it the columns are called by their headings.
    """

    def __init__(self, number: int, cells: Mapping[str, Cell], headings: Mapping[str, str] | None = None):
        self.number = number
        self.errors: list[RowError] = []
        self._headings = headings or {heading: heading for heading in cells}
        self._cells = {column: cells.get(heading) for column, heading in self._headings.items()}

    def __contains__(self, column: str) -> bool:
        """Does the sheet have this column? A missing one leaves what is stored as it is."""
        return column in self._cells

    def wrong(self, column: str, reason: str) -> None:
        self.errors.append(RowError(self.number, self._headings.get(column, column), reason))

    def heading(self, column: str) -> str:
        """What stands above the column in the sheet; "" when it is not there."""
        return self._headings.get(column, "")

    def lines(self, column: str) -> str:
        """The text with its line breaks."""
        return str(self._cells.get(column) or "")

    def text(self, column: str) -> str:
        """One line of text; a whole number that a spreadsheet keeps as 2019.0 is "2019"."""
        cell = self._cells.get(column)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if cell is None else " ".join(str(cell).split())

    def items(self, column: str, longest: int) -> list[str]:
        """ "a; b" -> ["a", "b"], each once and in order, none of more than `longest` characters."""
        parts = [part.strip() for part in self.text(column).split(";")]
        for part in parts:
            if len(part) > longest:
                reason = _("“%(text)s…” is longer than %(longest)s characters; separate names by semicolons.")
                self.wrong(column, reason % {"text": part[:30], "longest": longest})
        return list(dict.fromkeys(part for part in parts if part))

    def number_or_none(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        if text.isascii() and text.isdigit():
            return int(text)
        self.wrong(column, _("“%(text)s” is not a whole number.") % {"text": text})
        return None

    def day(self, column: str) -> date | None:
        """A date cell, 2026-07-01 or 01/07/2026."""
        cell = self._cells.get(column)
        if cell is None or isinstance(cell, date):
            return cell
        text = self.text(column)
        try:
            return parse_date_vi(text)
        except ValueError:
            self.wrong(column, _("“%(text)s” is not a date; write it as 01/07/2026.") % {"text": text})
        return None
