"""A table as rows of {heading: value}, whatever program wrote the file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path

from django.core.files.base import File
from django.utils.translation import gettext as _

from portal.text import nfc

from . import delimited, workbook
from .errors import ImportRefused, RowError

Cell = str | float | date | None
Row = tuple[int, dict[str, Cell]]


MAX_ROWS = 200_000
MAX_BYTES = 50 * 1024 * 1024
TITLE_ROWS = 50  # rows at the beginning among which the headings are looked for

IsHeading = Callable[[Sequence[Cell]], bool]


def as_text(cell: Cell) -> str:
    """A cell as text: spreadsheets turn the village “1” into the number 1.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(nfc(str(cell)).split())


def read_table(
    source: str | Path | File,
    *,
    required: Sequence[str] = (),
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Row]:
    """The rows below the heading row of a CSV or XLSX file, told apart by content and not by name.

    `source`: the path of a file, or an uploaded one.

    Yields (row number as the spreadsheet shows it, {heading: text, number, date or None}); blank rows are left
    out. Headings and texts are NFC without blanks around them. Raises ImportRefused at once for a file that
    cannot be read or lacks a `required` heading, and while reading for a row that does not fit the headings.
    """
    return read_content(read_bytes(source, max_bytes), required=required, max_rows=max_rows)


def read_bytes(source: str | Path | File, max_bytes: int = MAX_BYTES) -> bytes:
    """The whole file. Raises ImportRefused when it is too large or cannot be opened."""
    return _uploaded(source, max_bytes) if isinstance(source, File) else _content(Path(source), max_bytes)


def read_content(
    content: bytes,
    *,
    required: Sequence[str] = (),
    max_rows: int = MAX_ROWS,
    is_heading: IsHeading | None = None,
) -> Iterator[Row]:
    """As `read_table`. `is_heading` knows the heading row when it sees one: it may stand below the title of the
    table; if it is not seen, the first row is taken for it."""
    raw = workbook.rows(content) if workbook.is_workbook(content) else delimited.rows(content)
    numbered = _without_blank_rows(raw)
    first = list(islice(numbered, TITLE_ROWS)) if is_heading else list(islice(numbered, 1))
    if not first:
        raise ImportRefused.whole_file(_("The file holds no rows."))
    place = next((i for i, (_row, cells) in enumerate(first) if is_heading and is_heading(cells)), 0)
    heading_row, cells = first[place]
    headings = _headings(heading_row, cells, required)
    return _records(chain(first[place + 1 :], numbered), headings, max_rows)


def _content(path: Path, max_bytes: int) -> bytes:
    try:
        _check_size(path.stat().st_size, max_bytes)
        return path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            reason = _("There is no file %(name)s here. Look at its name and folder.")
        else:
            reason = _("The file %(name)s cannot be read. Look whether it is a file, and open to you.")
        raise ImportRefused.whole_file(reason % {"name": path.name}) from error


def _uploaded(file: File, max_bytes: int) -> bytes:
    _check_size(file.size, max_bytes)
    return file.read()


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        megabytes = max_bytes // (1024 * 1024)
        raise ImportRefused.whole_file(_("The file is larger than %(size)s MB.") % {"size": megabytes})


def _without_blank_rows(raw: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in raw:
        clean = [_clean(cell) for cell in cells]
        if any(cell is not None for cell in clean):
            yield number, clean


def _clean(cell: Cell) -> Cell:
    """Text in NFC without blanks around it; an empty cell is None."""
    if isinstance(cell, str):
        return nfc(cell).strip() or None
    return cell


def _headings(row: int, cells: list[Cell], required: Sequence[str]) -> list[str | None]:
    headings = [None if cell is None else " ".join(str(cell).split()) for cell in cells]
    named = [heading for heading in headings if heading]
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    errors = [RowError(row, heading, _("This heading stands twice.")) for heading in twice]
    missing = [name for name in required if name not in named]
    errors += [RowError(row, name, _("This column is missing.")) for name in missing]
    if errors:
        raise ImportRefused(errors)
    return headings


def _records(
    numbered: Iterable[tuple[int, list[Cell]]], headings: list[str | None], max_rows: int
) -> Iterator[Row]:
    for count, (number, cells) in enumerate(numbered, start=1):
        if count > max_rows:
            raise ImportRefused(
                [RowError(number, "", _("The table has more than %(rows)s rows.") % {"rows": max_rows})]
            )
        record: dict[str, Cell] = {heading: None for heading in headings if heading}
        for position, cell in enumerate(cells):
            heading = headings[position] if position < len(headings) else None
            if heading:
                record[heading] = cell
            elif cell is not None:
                reason = _("Cell number %(position)s has no heading above it.") % {"position": position + 1}
                raise ImportRefused([RowError(number, "", reason)])
        yield number, record
