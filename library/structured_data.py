"""JSON-LD for search engines and other libraries: schema.org LearningResource (LRMI) and Legislation. Pure."""

from collections.abc import Sequence

from .enums import Audience, ContributorRole, DocumentStatus, Kind
from .licences import explain
from .models import OfficialDocument, Resource, Subject, Tag

SCHEMA = "https://schema.org"
MORE_TYPES = {
    Kind.BOOK: "Book",
    Kind.ARTICLE: "Article",
    Kind.COURSE: "Course",
    Kind.VIDEO: "VideoObject",
    Kind.AUDIO: "AudioObject",
    Kind.WEBSITE: "WebSite",
    Kind.DATASET: "Dataset",
}
ROLE_PROPERTIES = {
    ContributorRole.AUTHOR: "author",
    ContributorRole.TRANSLATOR: "translator",
    ContributorRole.EDITOR: "editor",
    ContributorRole.ILLUSTRATOR: "illustrator",
    ContributorRole.CONTRIBUTOR: "contributor",
}
EDUCATIONAL_ROLES = {
    Audience.CITIZEN: ["learner"],
    Audience.OFFICER: ["professional"],
    Audience.BOTH: ["learner", "professional"],
}


def _filled(data: dict) -> dict:
    return {name: value for name, value in data.items() if value not in ("", None, [])}


def learning_resource(
    resource: Resource, subjects: Sequence[Subject], tags: Sequence[Tag], address: str
) -> dict:
    """`address`: the absolute, persistent address of the resource's page."""
    people = resource.contributions.all()
    named = {
        name: [{"@type": "Thing", "name": each.name} for each in people if each.role == role]
        for role, name in ROLE_PROPERTIES.items()
    }
    more = MORE_TYPES.get(Kind(resource.kind))
    return _filled(
        {
            "@context": SCHEMA,
            "@type": ["LearningResource", more] if more else "LearningResource",
            "@id": address,
            "url": address,
            "name": resource.title,
            "description": resource.abstract,
            "inLanguage": resource.lang,
            "license": explain(resource.licence).url,
            "learningResourceType": resource.get_kind_display(),
            "educationalLevel": resource.get_level_display(),
            "audience": {
                "@type": "EducationalAudience",
                "educationalRole": EDUCATIONAL_ROLES[Audience(resource.audience)],
            },
            "about": [{"@type": "DefinedTerm", "name": each.name} for each in subjects],
            "keywords": [each.name for each in tags],
            "publisher": {"@type": "Organization", "name": resource.publisher}
            if resource.publisher
            else None,
            "datePublished": str(resource.year) if resource.year else "",
            "dateModified": resource.updated_at.isoformat(),
            "sameAs": [each.url for each in resource.renditions.all() if each.url],
        }
        | named
    )


LEGAL_FORCE = {
    DocumentStatus.IN_FORCE: "InForce",
    DocumentStatus.REPLACED: "NotInForce",
    DocumentStatus.EXPIRED: "NotInForce",
}


def legislation(document: OfficialDocument, address: str) -> dict:
    """`address`: the absolute address of the document's page."""
    force = LEGAL_FORCE.get(DocumentStatus(document.status))
    return _filled(
        {
            "@context": SCHEMA,
            "@type": "Legislation",
            "@id": address,
            "url": address,
            "name": document.subject,
            "legislationIdentifier": document.number,
            "legislationType": document.get_kind_display(),
            "legislationPassedBy": [{"@type": "Organization", "name": each} for each in document.issuers],
            "legislationDate": document.issue_date.isoformat() if document.issue_date else "",
            "legislationDateOfApplicability": (
                document.effective_date.isoformat() if document.effective_date else ""
            ),
            "legislationLegalForce": f"{SCHEMA}/{force}" if force else "",
            "inLanguage": "vi",
            "sameAs": document.source_url,
        }
    )
