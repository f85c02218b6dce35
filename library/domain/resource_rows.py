"""One row of a sheet as a resource that has not been stored yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.web.imports import RowError
from portal.web.imports.table import Cell

from ..enums import ContributorRole
from ..models import Contribution, Resource, Subject, Tag
from .cells import Cells

# Field of the model -> heading of the sheet.
TEXTS = {
    "key": "key",
    "title": "title",
    "publisher": "publisher",
    "language": "language",
    "kind": "kind",
    "level": "level",
    "audience": "audience",
    "licence": "licence",
    "url": "url",
    "abstract": "abstract_vi",
    "source_url": "source_url",
    "visibility": "visibility",
}
NUMBERS = {"year": "year"}
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


@dataclass
class ResourceRow:
    """`fields`: the fields that the sheet speaks of. None for creators, subjects or tags: it has no such column."""

    resource: Resource
    fields: tuple[str, ...]
    subjects: list[Subject] = field(default_factory=list)
    creators: list[tuple[str, str]] | None = None
    tags: list[str] | None = None

    @property
    def key(self) -> str:
        return self.resource.key

    def write_to(self, stored: Resource) -> None:
        for name in self.fields:
            setattr(stored, name, getattr(self.resource, name))

    # The comparisons below need `stored` with its creators, subjects and tags read.

    def differs_from(self, stored: Resource) -> bool:
        return (
            any(getattr(stored, name) != getattr(self.resource, name) for name in self.fields)
            or self.other_subjects(stored)
            or self.other_creators(stored)
            or self.other_tags(stored)
        )

    def other_subjects(self, stored: Resource) -> bool:
        return self.subjects != [each.subject for each in stored.classifications.all()]

    def other_creators(self, stored: Resource) -> bool:
        if self.creators is None:
            return False
        return self.creators != [(each.name, each.role) for each in stored.contributions.all()]

    def other_tags(self, stored: Resource) -> bool:
        if self.tags is None:
            return False
        kept = {each.tag.name.casefold() for each in stored.tagged_items.all()}
        return kept != {name.casefold() for name in self.tags}


def read_resource(
    number: int, cells: Mapping[str, Cell], known_subjects: Mapping[str, Subject]
) -> tuple[ResourceRow, list[RowError]]:
    """Read and check one row; the row is only fit to be stored when there are no mistakes."""
    sheet = Cells(number, cells)
    resource = Resource()
    columns = {name: column for name, column in (TEXTS | NUMBERS).items() if column in sheet}
    for name, column in columns.items():
        value = sheet.number_or_none(column) if name in NUMBERS else sheet.text(column)
        empty = value in ("", None)
        setattr(resource, name, Resource._meta.get_field(name).get_default() if empty else value)
    sheet.check(resource, columns)
    if not resource.key:
        sheet.wrong("key", _("Give each row an identifier of its own; it finds the resource the next time."))
    row = ResourceRow(
        resource,
        fields=tuple(columns),
        subjects=_subjects(sheet, known_subjects),
        creators=_creators(sheet) if "creators" in sheet else None,
        tags=sheet.items("tags", LONGEST_TAG) if "tags" in sheet else None,
    )
    return row, sheet.errors


def _subjects(sheet: Cells, known: Mapping[str, Subject]) -> list[Subject]:
    slugs = sheet.items("subject", LONGEST_NAME)
    if not slugs:
        sheet.wrong("subject", _("Name at least one subject."))
    for slug in slugs:
        if slug not in known:
            reason = _("“%(text)s” is not a subject of the library; use one of: %(known)s.")
            sheet.wrong("subject", reason % {"text": slug, "known": ", ".join(sorted(known))})
    return [known[slug] for slug in slugs if slug in known]


def _creators(sheet: Cells) -> list[tuple[str, str]]:
    """ "Clare Verbeek; Nana Trang (dịch)" -> [("Clare Verbeek", "author"), ("Nana Trang", "translator")]."""
    people = []
    for text in sheet.items("creators", LONGEST_NAME):
        match = NAME_WITH_NOTE.fullmatch(text)
        role = ROLE_NOTES[match["note"].lower()] if match else ContributorRole.AUTHOR
        people.append((match["name"] if match else text, role.value))
    return list(dict.fromkeys(people))
