"""Loading the register of official documents from a sheet: all rows or none."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from portal.web.imports import Counts, ImportRefused, RowError
from portal.web.imports.table import Cell, Row

from ..enums import DocumentStatus
from ..interop.sheets.cells import Cells
from ..models import OfficialDocument
from .model_rules import check

# Field of the model -> heading of the sheet.
TEXTS = {
    "number": "number",
    "kind": "kind",
    "issuer": "issuer",
    "subject": "subject_vi",
    "field": "field",
    "status": "status",
    "replaced_by": "replaced_by",
    "source_url": "source_url",
}
DAYS = {"issue_date": "issue_date", "effective_date": "effective_date"}
REQUIRED = ("number", "kind", "issuer", "subject_vi", "field")


@transaction.atomic
def import_documents(rows: Iterable[Row], *, only_new: bool = False) -> Counts:
    """Create and update documents. One with a number is known by number and issuer, one without by its subject
    line and issuer. A column that the sheet does not have is left as stored; `only_new` (the seed) never touches
    a document that is there already.
    Raises ImportRefused with every mistake of the sheet; then nothing has been written.
    """
    read = _without_mistakes(rows)
    stored = {_identity(document): document for document in OfficialDocument.objects.all()}
    counts, new = Counts(), []
    for document, fields in read:
        known = stored.get(_identity(document))
        if known is None:
            new.append(document)
        elif only_new or all(getattr(known, name) == getattr(document, name) for name in fields):
            counts.unchanged += 1
        else:
            for name in fields:
                setattr(known, name, getattr(document, name))
            known.save()
            counts.updated += 1
    OfficialDocument.objects.bulk_create(new)
    counts.created = len(new)
    return counts


def _identity(document: OfficialDocument) -> tuple[str, str]:
    return (document.number or document.subject, document.issuer)


def _without_mistakes(rows: Iterable[Row]) -> list[tuple[OfficialDocument, tuple[str, ...]]]:
    read, errors, seen = [], [], {}
    for number, cells in rows:
        document, fields, mistakes = _read(number, cells)
        errors += mistakes
        identity = _identity(document)
        if identity in seen:
            reason = _("This document stands in row %(row)s already.") % {"row": seen[identity]}
            errors.append(RowError(number, "number", reason))
        seen.setdefault(identity, number)
        read.append((document, fields))
    if errors:
        raise ImportRefused(errors)
    return read


def _read(number: int, cells: Mapping[str, Cell]) -> tuple[OfficialDocument, tuple[str, ...], list[RowError]]:
    sheet = Cells(number, cells)
    document = OfficialDocument()
    columns = {name: column for name, column in (TEXTS | DAYS).items() if column in sheet}
    for name, column in columns.items():
        value = sheet.day(column) if name in DAYS else sheet.text(column)
        if value == "":
            value = document._meta.get_field(name).get_default()
        setattr(document, name, value)
    check(sheet, document, columns)
    if document.status == DocumentStatus.REPLACED and not document.replaced_by:
        sheet.wrong("replaced_by", _("Write the number of the document that replaces this one."))
    return document, tuple(columns), sheet.errors
