"""One row of a sheet as what it says of a resource."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.web.imports import RowError
from portal.web.imports.table import Cell

from ..enums import ContributorRole
from ..models import Contribution, Rendition, Resource, SourceRecord, Subject, Tag
from .cells import Cells
from .ingest import Incoming

# Field of the model -> heading of the sheet.
TEXTS = {
    "title": "title",
    "publisher": "publisher",
    "language": "language",
    "kind": "kind",
    "level": "level",
    "audience": "audience",
    "licence": "licence",
    "abstract": "abstract_vi",
    "source_url": "source_url",
    "visibility": "visibility",
}
NUMBERS = {"year": "year"}
LONGEST_KEY = SourceRecord._meta.get_field("key").max_length
LONGEST_NAME = Contribution._meta.get_field("name").max_length
LONGEST_TAG = Tag._meta.get_field("name").max_length
REQUIRED = ("key", "title", "kind", "subject", "level", "url")

ROLE_NOTES = {
    "dịch": ContributorRole.TRANSLATOR,
    "biên tập": ContributorRole.EDITOR,
    "minh họa": ContributorRole.ILLUSTRATOR,
    "minh hoạ": ContributorRole.ILLUSTRATOR,
}
NAME_WITH_NOTE = re.compile(rf"(?P<name>.+?)\s*\((?P<note>{'|'.join(ROLE_NOTES)})\)", re.IGNORECASE)


def read_resource(
    number: int, cells: Mapping[str, Cell], known_subjects: Mapping[str, Subject]
) -> tuple[Incoming, list[RowError]]:
    """Read and check one row; what it holds is only fit to be stored when there are no mistakes."""
    sheet = Cells(number, cells)
    values = _fields(sheet)
    values["subjects"] = _subjects(sheet, known_subjects)
    if "creators" in sheet:
        values["creators"] = _creators(sheet)
    if "tags" in sheet:
        values["tags"] = sheet.items("tags", LONGEST_TAG)
    if "url" in sheet:
        values["links"] = _links(sheet)
    return Incoming(_key(sheet), values), sheet.errors


def _key(sheet: Cells) -> str:
    key = sheet.text("key")
    if not key:
        sheet.wrong("key", _("Give each row an identifier of its own; it finds the resource the next time."))
    elif len(key) > LONGEST_KEY:
        reason = _("An identifier has at most %(longest)s characters.")
        sheet.wrong("key", reason % {"longest": LONGEST_KEY})
    return key


def _fields(sheet: Cells) -> dict[str, Any]:
    resource = Resource()
    columns = {name: column for name, column in (TEXTS | NUMBERS).items() if column in sheet}
    for name, column in columns.items():
        value = sheet.number_or_none(column) if name in NUMBERS else sheet.text(column)
        empty = value in ("", None)
        setattr(resource, name, Resource._meta.get_field(name).get_default() if empty else value)
    sheet.check(resource, columns)
    return {name: getattr(resource, name) for name in columns}


def _links(sheet: Cells) -> list[str]:
    link = Rendition(url=sheet.text("url"))
    if not link.url:
        sheet.wrong("url", _("Give the address where the resource can be opened."))
        return []
    sheet.check(link, {"url": "url"})
    return [link.url]


def _subjects(sheet: Cells, known: Mapping[str, Subject]) -> list[str]:
    slugs = sheet.items("subject", LONGEST_NAME)
    if not slugs:
        sheet.wrong("subject", _("Name at least one subject."))
    for slug in slugs:
        if slug not in known:
            reason = _("“%(text)s” is not a subject of the library; use one of: %(known)s.")
            sheet.wrong("subject", reason % {"text": slug, "known": ", ".join(sorted(known))})
    return slugs


def _creators(sheet: Cells) -> list[list[str]]:
    """ "Clare Verbeek; Nana Trang (dịch)" -> [["Clare Verbeek", "author"], ["Nana Trang", "translator"]]."""
    people = []
    for text in sheet.items("creators", LONGEST_NAME):
        match = NAME_WITH_NOTE.fullmatch(text)
        role = ROLE_NOTES[match["note"].lower()] if match else ContributorRole.AUTHOR
        people.append((match["name"] if match else text, role.value))
    return [list(person) for person in dict.fromkeys(people)]
