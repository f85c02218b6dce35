"""Reading a sheet (XLSX, CSV) that lies at an address, as an import reads one that is handed in.

The file is fetched as a whole; when it is the same as the last time, nothing of it is offered. Rows with a
mistake fail one by one, for a harvest has nobody before it who could put them right and send the sheet again.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.web.imports import ImportRefused, RowError, as_text
from portal.web.imports.table import Cell, Row, read_content

from ...enums import Kind, Language
from ...licences import UNKNOWN, validate_licence
from ..fetching import Fetched, Fetcher
from ..limits import FIRST_YEAR, LAST_YEAR, MOST
from ..moments import stamp
from ..page import Cursor, Found, Page, Probe, SourceProblem, SourceSettings
from ..plain_values import addresses, as_list
from ..wild_json import is_web_page
from .headings import Columns, is_heading
from .rows import CHOICES, NUMBERS, REQUIRED, TEXTS, ReadRow, read_row

ACCEPT = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5"
PAGE, EXAMPLES = 500, 5
RANGES = {"year": (FIRST_YEAR, LAST_YEAR), "page_count": (0, MOST)}
DIGEST = 32  # hexadecimal digits
# Of what an empty cell leaves to the source: it says neither "no language" nor "no licence"
LEFT_OPEN = (*CHOICES, "licence")
LAST_GUESSES = (("kind", Kind.BOOK.value), ("language", Language.UNDETERMINED.value))


class SheetReader:
    """Cursor: {"row": how many rows were read, "digest": of the file they were read from}. What a server says of the day
    of a change is mostly the day of the download, so what the file holds is its date: `since` is a digest."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None):
        self._settings = settings
        self._fetcher = fetcher or Fetcher(pause=settings.pause)

    def probe(self) -> Probe:
        fetched = self._fetched()
        columns, rows = _table(fetched.content)
        understood = [f"{heading} → {name}" for heading, name in columns.understood(rows[0][1]) if name]
        left_out = [heading for heading, name in columns.understood(rows[0][1]) if not name]
        facts = [(_("Rows"), str(len(rows))), (_("Columns that are understood"), ", ".join(understood))]
        if left_out:
            facts.append((_("Columns that are left out"), ", ".join(left_out)))
        if changed := stamp(fetched.headers.get("last-modified", "")):
            facts.append((_("Changed last"), changed))
        return Probe(
            fetched.url.partition("?")[0].rstrip("/").rpartition("/")[2] or fetched.url,
            facts,
            examples=list(islice(_found(columns, rows), EXAMPLES)),
            keeps_deletions="no",
            notes=self._fetcher.take_notes(),
        )

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        fetched = self._fetched()
        digest, start = f"sha256:{sha256(fetched.content).hexdigest()[:DIGEST]}", 0
        if cursor is None and digest == since:
            yield Page((), None, digest, notes=[*self._fetcher.take_notes(), _("The sheet has not changed.")])
            return
        columns, rows = _table(fetched.content)
        if cursor and cursor["digest"] == digest:
            start = cursor["row"]
        elif cursor:
            self._fetcher.note(
                _("The sheet has changed while it was read; it is read again from its beginning.")
            )
        found = islice(_found(columns, rows), start, None)
        while start < len(rows):
            page = list(islice(found, PAGE))
            start += len(page)
            onward = {"row": start, "digest": digest} if start < len(rows) else None
            yield Page(page, onward, digest, len(rows), self._fetcher.take_notes())

    def _fetched(self) -> Fetched:
        fetched = self._fetcher.get(self._settings.url, accept=ACCEPT)
        if is_web_page(fetched.content):
            raise SourceProblem(
                _("The address leads to a web page and not to a sheet; perhaps one has to sign in.")
            )
        if not fetched.complete:
            raise SourceProblem(_("The sheet was cut off: its end is missing."))
        return fetched


def _table(content: bytes) -> tuple[Columns, list[Row]]:
    """Raises SourceProblem for what cannot be read as a table of resources."""
    try:
        rows = list(read_content(content, is_heading=is_heading))
    except ImportRefused as refused:
        raise SourceProblem(str(refused)) from refused
    if not rows:
        raise SourceProblem(_("The file holds no rows."))
    columns = Columns(rows[0][1])
    if any(name not in columns for name in REQUIRED):
        raise SourceProblem(_("No column of the sheet gives the title."))
    return columns, rows


def _found(columns: Columns, rows: list[Row]) -> Iterator[Found]:
    seen: dict[str, int] = {}
    for number, cells in rows:
        row = read_row(number, cells, columns)
        mistakes = [*row.sheet.errors, *_unknown(row)]
        if not row.values.get("title"):
            mistakes.append(RowError(number, "", _("It has no title.")))
        elif row.key in seen and "key" in columns:
            reason = _("This identifier stands in row %(row)s already.")
            mistakes.append(RowError(number, columns.headings["key"], reason % {"row": seen[row.key]}))
        elif row.key in seen:
            reason = _("The same title, creator and year stand in row %(row)s already.")
            mistakes.append(RowError(number, "", reason % {"row": seen[row.key]}))
        seen.setdefault(row.key, number)
        if mistakes:
            yield Found(row.key, raw=_raw(cells), format="sheet", problem="\n".join(map(str, mistakes)))
        else:
            yield Found(
                row.key, raw=_raw(cells), format="sheet", values=_said(row), subject_words=row.subject_words
            )


def _unknown(row: ReadRow) -> Iterator[RowError]:
    """What the catalogue has no code for."""
    for name, choices in CHOICES.items():
        value = row.values.get(name)
        if value and value not in choices.values:
            reason = _("“%(text)s” is not known here; use one of: %(known)s.")
            words = {"text": value, "known": ", ".join(choices.values)}
            yield RowError(row.sheet.number, row.sheet.heading(TEXTS[name]), reason % words)
    try:
        validate_licence(row.values.get("licence") or UNKNOWN)
    except ValidationError as error:
        yield RowError(row.sheet.number, row.sheet.heading("licence"), error.message)
    for name, (least, most) in RANGES.items():
        value = row.values.get(name)
        if value is not None and not least <= value <= most:
            reason = _("“%(text)s” is not a number between %(least)s and %(most)s.")
            words = {"text": value, "least": least, "most": most}
            yield RowError(row.sheet.number, row.sheet.heading(NUMBERS[name]), reason % words)
    for name, column in (("links", "url"), ("source_url", "source_url")):
        for url in filter(None, as_list(row.values.get(name))):
            if not addresses([url]):
                yield RowError(
                    row.sheet.number, row.sheet.heading(column), _("This is not an address of the web.")
                )


def _said(row: ReadRow) -> dict:
    """Without what was only guessed for want of anything better: the source may know better for all of its rows."""
    return {
        name: value
        for name, value in row.values.items()
        if (value not in ("", None) or name not in LEFT_OPEN)
        and (name in row.columns or (name, value) not in LAST_GUESSES)
    }


def _raw(cells: Mapping[str, Cell]) -> bytes:
    said = {
        heading: cell.isoformat() if isinstance(cell, date) else as_text(cell)
        for heading, cell in cells.items()
    }
    return json.dumps(said, ensure_ascii=False).encode()
