"""XLSX, read by calamine once the file is known to fit into memory.

calamine unpacks the archive and lays out a full grid from the first to the last used cell, so a file of a few
kilobytes could ask for gigabytes. Sizes are therefore checked before it sees anything.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine

from django.utils.translation import gettext as _

from .errors import ImportRefused

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_FILES = 1_000
MAX_CELLS = 12_000_000  # of the full grid: 200,000 rows of 60 columns
CELL_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,10})["']""")

Value = str | float | date | None


def is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def rows(content: bytes) -> Iterator[tuple[int, list[Value]]]:
    """Each row of the first visible sheet with its number in the sheet, the first being 1."""
    safe = _unpacked(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(safe)
        visible = (
            s.name for s in book.sheets_metadata if s.visible == python_calamine.SheetVisibleEnum.Visible
        )
        sheet = book.get_sheet_by_name(next(visible))
    except (python_calamine.CalamineError, OSError, ValueError, StopIteration) as error:
        raise _unreadable() from error
    first = sheet.start[0] + 1 if sheet.start else 1
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=first):
        yield number, [_value(cell) for cell in cells]


def _unpacked(content: bytes) -> io.BytesIO:
    """The same archive without compression, at most as large as its directory says.

    zipfile reads no more of a member than the directory announces, so calamine cannot be made to unpack more.
    """
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(copy, "w") as stored:
            members = packed.infolist()
            if len(members) > MAX_FILES or sum(m.file_size for m in members) > MAX_UNPACKED_BYTES:
                raise ImportRefused.whole_file(_("The workbook is too large when unpacked."))
            for member in members:
                data = packed.read(member)
                _check_grid(member.filename, data)
                stored.writestr(member.filename, data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise _unreadable() from error
    copy.seek(0)
    return copy


def _check_grid(name: str, data: bytes) -> None:
    """Any member may be the sheet, whatever its name: calamine follows the relations that the workbook states."""
    if name.lower().endswith(".xml") and (b"\x00" in data or b"<!ENTITY" in data):
        raise _unreadable()  # UTF-16 or entities would hide the references from the check
    last_row = last_column = 0
    for letters, digits in CELL_REFERENCE.findall(data):
        last_row = max(last_row, int(digits))
        last_column = max(last_column, _column_number(letters))
    if last_row * last_column > MAX_CELLS:
        raise ImportRefused.whole_file(
            _("The sheet reaches to row %(row)s: delete the empty rows and columns beyond the table.")
            % {"row": last_row}
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _value(cell: object) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, bool | time | timedelta):
        return str(cell)
    return float(cell) if isinstance(cell, int) else cell


def _unreadable() -> ImportRefused:
    return ImportRefused.whole_file(
        _("The workbook is damaged or locked. Open it, and save it again as .xlsx.")
    )
