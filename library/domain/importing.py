"""Loading resources from a sheet: all rows or none, and the same sheet twice changes nothing."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.web.imports import Counts, ImportRefused, RowError
from portal.web.imports.table import Row

from ..models import Subject
from .ingest import Incoming, ingest
from .resource_rows import read_resource


def import_resources(rows: Iterable[Row], *, source: str = "", only_new: bool = False) -> Counts:
    """Create and update the resources of one sheet.

    rows: (row number, {heading: cell}) with the headings of `data/resources.csv`; `key` names a resource within
    the collection `source`. A column that the sheet does not have is left as stored, and so is what a librarian
    has corrected. `only_new`: see `ingest`.
    Raises ImportRefused with every mistake of the sheet; then nothing has been written.
    """
    return ingest(_without_mistakes(rows), source=source, only_new=only_new)


def _without_mistakes(rows: Iterable[Row]) -> list[Incoming]:
    subjects = {subject.slug: subject for subject in Subject.objects.all()}
    read, errors, seen = [], [], {}
    for number, cells in rows:
        record, mistakes = read_resource(number, cells, subjects)
        errors += mistakes
        if record.key in seen:
            reason = _("This identifier stands in row %(row)s already.") % {"row": seen[record.key]}
            errors.append(RowError(number, "key", reason))
        seen.setdefault(record.key, number)
        read.append(record)
    if errors:
        raise ImportRefused(errors)
    return read
