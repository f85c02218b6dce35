"""Loading resources from a file, told by its content: a sheet all rows or none, MARC the good records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from django.utils.translation import gettext as _

from portal.web.imports import Counts, ImportRefused, RowError
from portal.web.imports.table import Row, read_content

from ..codes import code_of
from ..enums import Audience, ImportFormat, Kind, Level
from ..interop import marc
from ..interop.from_marc import key_of, read_description
from ..interop.sheets.headings import Columns, is_heading
from ..interop.sheets.rows import REQUIRED, made_key
from ..models import ImportBatch
from .ingest import Incoming, Progress, ingest
from .model_rules import mistakes_in
from .resource_rows import read_resource
from .subjects import Subjects


class RecordError(RowError):
    """One thing wrong with one record of MARC: `row` is its number, `column` its control number."""

    def __str__(self) -> str:
        if self.row and self.column:
            return _("Record %(row)s (%(column)s): %(reason)s") % vars(self)
        if self.row:
            return _("Record %(row)s: %(reason)s") % vars(self)
        return str(self.reason)


@dataclass
class Material:
    """What a file holds: what can be loaded, and what cannot and why. The errors of a sheet refuse all of it."""

    format: ImportFormat
    records: list[Incoming] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)  # of a sheet, see `Columns.understood`

    @property
    def failed(self) -> int:
        """Rows or records with a mistake."""
        return len({error.row for error in self.errors})

    @property
    def is_refused(self) -> bool:
        return bool(self.errors) and (self.format == ImportFormat.SHEET or not self.records)


def read_material(content: bytes) -> Material:
    """Read and check a file: XLSX, CSV, MARC21 or MARCXML. Writes nothing. Raises ImportRefused for a file that cannot be
    read as any of them."""
    if marc.is_marcxml(content):
        return _read_marc(ImportFormat.MARCXML, marc.read_xml(content))
    if marc.is_marc(content):
        return _read_marc(ImportFormat.MARC, marc.read(content))
    return _read_rows(read_content(content, is_heading=is_heading))


def load(
    material: Material,
    *,
    source: str = "",
    journal: ImportBatch | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Create and update the resources of a file; see `ingest`. Raises ImportRefused with every mistake of a sheet."""
    if material.is_refused:
        raise ImportRefused(material.errors)
    counts = ingest(material.records, source=source, journal=journal, progress=progress)
    counts.failed = material.failed
    return counts


def import_resources(rows: Iterable[Row], *, source: str = "", only_new: bool = False) -> Counts:
    """Create and update the resources of one sheet.

    rows: (row number, {heading: cell}), headings as in `data/resources.csv` or as Vietnamese ledgers have them; `key`
    names a resource within the collection `source`. A column that the sheet does not have is left as stored, and so is
    what a librarian has corrected. `only_new`: see `ingest`.
    Raises ImportRefused with every mistake of the sheet; then nothing has been written.
    """
    material = _read_rows(iter(rows))
    if material.errors:
        raise ImportRefused(material.errors)
    return ingest(material.records, source=source, only_new=only_new)


def _read_rows(rows: Iterator[Row]) -> Material:
    material, seen, subjects = Material(ImportFormat.SHEET), {}, Subjects()
    first = next(rows, None)
    if first is None:
        return material
    columns = Columns(first[1])
    material.columns = columns.understood(first[1])
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        material.errors = [
            RowError(0, name, _("No column of the sheet gives the title.")) for name in missing
        ]
        return material
    for number, cells in chain([first], rows):
        record, mistakes = read_resource(number, cells, columns, subjects)
        material.errors += mistakes
        if record.key in seen:
            if "key" in columns:
                reason = _("This identifier stands in row %(row)s already.")
            else:
                reason = _("The same title, creator and year stand in row %(row)s already.")
            column = columns.headings.get("key", columns.headings["title"])
            material.errors.append(RowError(number, column, reason % {"row": seen[record.key]}))
        seen.setdefault(record.key, number)
        material.records.append(record)
    return material


def _read_marc(format_of_file: ImportFormat, readings: Iterable[marc.Reading]) -> Material:
    material, seen, subjects = Material(format_of_file), {}, Subjects()
    for reading in readings:
        reasons = [reading.reason] if reading.reason else []
        if reading.record is not None:
            values = read_description(
                reading.record,
                subject=subjects.slug_of,
                kind=lambda text: code_of(Kind, text),
                level=lambda text: code_of(Level, text),
                audience=lambda text: code_of(Audience, text),
            )
            key = key_of(reading.record) or made_key(values)
            reasons = mistakes_in(values)
            if key in seen:
                reasons.append(
                    _("The same record stands there as number %(number)s.") % {"number": seen[key]}
                )
        if reasons:
            material.errors += [RecordError(reading.number, reading.control_number, each) for each in reasons]
            continue
        seen[key] = reading.number
        material.records.append(Incoming(key, values))
    return material
