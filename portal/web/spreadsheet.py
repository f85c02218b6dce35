"""A list as a spreadsheet, to be filtered, printed and sent on."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FORMULAS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MAY_BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADING_ROW = 2
LONGEST_TEXT = 32_767  # characters in a cell
LONGEST_NAME = 31  # of a sheet
NOT_IN_A_NAME = str.maketrans("[]:*?/\\", "()     ")
WIDTHS = (8, 60)  # narrowest and widest column, in letters

Cell = str | int | float | Decimal | datetime.date | None


def listing_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: `title`, then `headings`, which stay in sight and stand on each printed page, then a line for each of `rows`.

    Numbers and days stay numbers and days. Whatever is typed stays text and never becomes a formula, not even after
    somebody has opened and left the cell.
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, NO_FORMULAS) as book:
        _Listing(book, _sheet_name(title), len(headings)).write(title, headings, rows)
    return file.getvalue()


def kept_a_text(value: object) -> object:
    """For a cell of a CSV file: a text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(MAY_BEGIN_A_FORMULA) else value


class _Listing:
    def __init__(self, book: xlsxwriter.Workbook, name: str, columns: int):
        self.sheet = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self.quoted = book.add_format({"quote_prefix": True})
        self.widths = [WIDTHS[0]] * columns

    def write(self, title, headings, rows) -> None:
        self.sheet.write_string(0, 0, title, self.bold)
        last = HEADING_ROW
        self._line(last, headings, self.bold)
        for last, row in enumerate(rows, HEADING_ROW + 1):
            self._line(last, row)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width + 2)
        self.sheet.freeze_panes(HEADING_ROW + 1, 0)
        self.sheet.autofilter(HEADING_ROW, 0, last, len(headings) - 1)
        self.sheet.repeat_rows(HEADING_ROW)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)

    def _line(self, row, cells, look=None) -> None:
        for column, value in enumerate(cells):
            self._cell(row, column, value, look)
            length = 16 if isinstance(value, datetime.date) else len(str(value))
            self.widths[column] = min(max(self.widths[column], length), WIDTHS[1])

    def _cell(self, row, column, value, look) -> None:
        match value:
            case None | "":
                pass
            case datetime.datetime():
                local = timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value
                self.sheet.write_datetime(row, column, local, self.moment)
            case datetime.date():
                self.sheet.write_datetime(row, column, value, self.day)
            case int() | float() | Decimal():
                self.sheet.write_number(row, column, value, look)
            case _:
                text = str(value)[:LONGEST_TEXT]
                quoted = self.quoted if text.startswith(MAY_BEGIN_A_FORMULA) else look
                self.sheet.write_string(row, column, text, quoted)


def _sheet_name(title: str) -> str:
    """`title` without what a sheet may not be called."""
    return " ".join(title.translate(NOT_IN_A_NAME).split())[:LONGEST_NAME].strip("' ") or "1"
