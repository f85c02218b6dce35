"""What the portal gives away of its catalogue, as plain data: the answers of the API and the files of open data alike.

Texts that are not known are "", everything else is None. Only for what everybody may see.
"""

from typing import Any

from ...enums import Language
from ...licences import explain
from ...models import OfficialDocument, Rendition, Resource, Subject
from ..description import RELATED

READ_WITH = (*RELATED, "place")  # what `resource_data` needs, for prefetch_related
TEXTS = ("title", "kind", "audience", "publisher", "abstract", "licence", "rights_holder", "source_url")
NUMBERS = ("year", "age_from", "age_to", "page_count", "duration_minutes")


def resource_data(resource: Resource, root: str) -> dict[str, Any]:
    """`root`: the address of the site without a slash at its end. Costs no query when `READ_WITH` has been read."""
    address = f"{root}{resource.get_absolute_url()}"
    return {
        "id": resource.pk,
        "url": address,
        **{name: getattr(resource, name) for name in TEXTS},
        **{name: getattr(resource, name) for name in NUMBERS},
        "other_titles": resource.other_titles,
        "level": resource.level or None,
        "languages": [str(each) for each in resource.languages],
        "creators": [{"name": each.name, "role": each.role} for each in resource.contributions.all()],
        "subjects": [
            {"slug": each.subject.slug, "name": each.subject.name} for each in resource.classifications.all()
        ],
        "tags": [each.tag.name for each in resource.tagged_items.all()],
        "identifiers": [{"scheme": each.scheme, "value": each.value} for each in resource.identifiers.all()],
        "licence_url": explain(resource.licence).url,
        "place": str(resource.place or ""),
        "files": [_file(each, address) for each in resource.renditions.all()],
        "reviewer": resource.reviewer,
        "reviewed_on": resource.reviewed_on,
        "valid_until": resource.valid_until,
        "created_at": resource.created_at,
        "updated_at": resource.updated_at,
    }


def _file(rendition: Rendition, address: str) -> dict[str, Any]:
    return {
        "url": rendition.address_below(address),
        "form": rendition.form,
        "purpose": rendition.purpose,
        "label": rendition.label,
        "language": Language(rendition.language) if rendition.language else None,
        "media_type": rendition.media_type,
        "size": rendition.size,
    }


def subject_data(subject: Subject, root: str) -> dict[str, Any]:
    return {
        "slug": subject.slug,
        "name": subject.name,
        "parent": subject.lineage[-2] if subject.depth else None,
        "url": f"{root}/thu-vien/?subject={subject.slug}",
    }


def subject_tree(subjects: list[Subject], root: str) -> list[dict[str, Any]]:
    """`subjects` in the order of their paths -> those of the top floor, each with its `children`."""
    top: list[dict[str, Any]] = []
    nodes: dict[str, dict[str, Any]] = {}
    for subject in subjects:
        nodes[subject.slug] = subject_data(subject, root) | {"children": []}
        above = nodes.get(subject.lineage[-2]) if subject.depth else None
        (above["children"] if above else top).append(nodes[subject.slug])
    return top


DOCUMENT_FIELDS = (
    "number",
    "kind",
    "issuers",
    "issue_date",
    "effective_date",
    "subject",
    "field",
    "status",
    "replaced_by",
    "source_url",
    "created_at",
    "updated_at",
)


def document_data(document: OfficialDocument, root: str) -> dict[str, Any]:
    return {
        "id": document.pk,
        "url": f"{root}{document.get_absolute_url()}",
        **{name: getattr(document, name) for name in DOCUMENT_FIELDS},
    }
