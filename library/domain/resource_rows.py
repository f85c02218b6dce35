"""One row of a sheet as what can be stored of a resource: the rules of the models, and subjects of ours.

`interop.sheets` reads the row; in our own format what it says must be right, a ledger's words that are no subject here
become tags.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.web.imports import RowError
from portal.web.imports.table import Cell

from ..interop.limits import LONGEST_TAG
from ..interop.sheets.cells import Cells
from ..interop.sheets.headings import Columns
from ..interop.sheets.rows import ReadRow, read_row
from ..models import Rendition, Resource
from .ingest import Incoming
from .model_rules import check
from .subjects import Subjects


def read_resource(
    number: int, cells: Mapping[str, Cell], columns: Columns, subjects: Subjects
) -> tuple[Incoming, list[RowError]]:
    """Read and check one row; what it holds is only fit to be stored when there are no mistakes."""
    row = read_row(number, cells, columns)
    values = row.values | _checked(row)
    for url in values.get("links", ()):
        check(row.sheet, Rendition(url=url), {"url": "url"})
    slugs, others = _filed(row.sheet, row.subject_words, subjects, strict=columns.own)
    if "subject" in row.sheet:
        values["subjects"] = slugs
    if not columns.own and ("tags" in values or others):
        values["tags"] = _tags(row.sheet, [*others, *values.get("tags", ())])
    return Incoming(row.key, values), row.sheet.errors


def _checked(row: ReadRow) -> dict[str, Any]:
    """The fields as the model has them: its default where the cell is empty."""
    resource = Resource()
    for name in row.columns:
        value = row.values[name]
        empty = value in ("", None)
        setattr(resource, name, Resource._meta.get_field(name).get_default() if empty else value)
    check(row.sheet, resource, row.columns)
    return {name: getattr(resource, name) for name in row.columns}


def _filed(sheet: Cells, words, known: Subjects, *, strict: bool) -> tuple[list[str], list[str]]:
    """Slugs of subjects, and the words of a ledger that are no subject of ours."""
    slugs, others = [], []
    for text in words:
        if slug := known.slug_of(text):
            slugs.append(slug)
        elif strict:
            reason = _("“%(text)s” is not a subject of the library; use one of: %(known)s.")
            sheet.wrong("subject", reason % {"text": text, "known": ", ".join(sorted(known.by_slug))})
        else:
            others.append(text)
    return list(dict.fromkeys(slugs)), others


def _tags(sheet: Cells, words: list[str]) -> list[str]:
    tags = list(dict.fromkeys(words))
    for tag in tags:
        if len(tag) > LONGEST_TAG:
            reason = _("“%(text)s…” is longer than %(longest)s characters; separate names by semicolons.")
            sheet.wrong("tags", reason % {"text": tag[:30], "longest": LONGEST_TAG})
    return tags
