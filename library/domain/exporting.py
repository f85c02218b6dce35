"""Rows of a sheet as `import_resources` and `import_documents` read them: what is taken out can be put back."""

from ..enums import ContributorRole
from ..interop.sheets.rows import NUMBERS, TEXTS
from ..models import OfficialDocument, Resource
from . import document_import

ROLE_NOTES = {
    ContributorRole.TRANSLATOR: "dịch",
    ContributorRole.EDITOR: "biên tập",
    ContributorRole.ILLUSTRATOR: "minh họa",
    ContributorRole.CONTRIBUTOR: "tham gia",
}  # as `statements.listed_people` reads them
RESOURCE_COLUMNS = (
    "key",
    "title",
    "creators",
    "publisher",
    "year",
    "language",
    "kind",
    "subject",
    "level",
    "audience",
    "licence",
    "url",
    "abstract_vi",
    "source_url",
    "tags",
    "visibility",
)
DOCUMENT_COLUMNS = (
    "number",
    "kind",
    "issuer",
    "issue_date",
    "effective_date",
    "subject_vi",
    "field",
    "status",
    "replaced_by",
    "source_url",
)


def resource_row(resource: Resource) -> dict:
    """{column: value} for one resource whose records and what stands below it (`description.RELATED`) have been read."""
    columns = TEXTS | NUMBERS
    row = {column: getattr(resource, name) for name, column in columns.items()}
    row["key"] = next((each.key for each in resource.records.all() if each.leading), "")
    row["url"] = next((each.url for each in resource.renditions.all() if each.url), "")
    row["creators"] = "; ".join(_name_with_note(each) for each in resource.contributions.all())
    row["subject"] = ";".join(each.subject.slug for each in resource.classifications.all())
    row["tags"] = ";".join(each.tag.name for each in resource.tagged_items.all())
    return {column: row[column] for column in RESOURCE_COLUMNS}


def _name_with_note(contribution) -> str:
    if contribution.role == ContributorRole.AUTHOR:
        return contribution.name
    return f"{contribution.name} ({ROLE_NOTES[contribution.role]})"


def document_row(document: OfficialDocument) -> dict:
    """{column: value} for one official document."""
    columns = document_import.TEXTS | document_import.DAYS
    row = {column: getattr(document, name) for name, column in columns.items()}
    return {column: row[column] for column in DOCUMENT_COLUMNS}
