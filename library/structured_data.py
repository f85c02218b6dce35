"""JSON-LD for search engines and other libraries: schema.org LearningResource (LRMI) and Legislation. Pure."""

from collections.abc import Sequence

from .enums import (
    Audience,
    ContributorRole,
    DocumentStatus,
    Kind,
    Language,
    RenditionForm,
    RenditionPurpose,
    Visibility,
)
from .licences import explain
from .models import OfficialDocument, Rendition, Resource, Subject, Tag

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
MEDIA_TYPES = {
    RenditionForm.PDF: "application/pdf",
    RenditionForm.EPUB: "application/epub+zip",
    RenditionForm.HTML: "text/html",
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
    """`address`: the absolute, persistent address of the resource's page. Asks the database nothing when
    `description.RELATED` and the place have been read."""
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
            "alternateName": resource.other_titles,
            "inLanguage": resource.lang
            if not resource.other_languages
            else [each.bcp47 for each in resource.languages],
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
            "copyrightHolder": {"@type": "Thing", "name": resource.rights_holder}
            if resource.rights_holder
            else None,
            "spatialCoverage": {"@type": "Place", "name": str(resource.place)} if resource.place else None,
            "typicalAgeRange": _ages(resource),
            "timeRequired": f"PT{resource.duration_minutes}M" if resource.duration_minutes else "",
            "numberOfPages": resource.page_count,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": each.get_scheme_display(), "value": each.value}
                for each in resource.identifiers.all()
            ],
            "isAccessibleForFree": _is_free(resource),
            "datePublished": str(resource.year) if resource.year else "",
            "dateModified": resource.updated_at.isoformat(),
            "mainEntityOfPage": _page(resource, address),
            "expires": resource.valid_until.isoformat() if resource.valid_until else "",
            "sameAs": [
                *(each.url for each in resource.renditions.all() if each.url),
                *(each.url for each in resource.identifiers.all() if each.url),
            ],
            "encoding": [
                _encoding(each, address)
                for each in resource.renditions.all()
                if each.purpose != RenditionPurpose.COVER and each.form != RenditionForm.LINK
            ],
            "thumbnailUrl": [
                _content_address(each, address)
                for each in resource.renditions.all()
                if each.purpose == RenditionPurpose.COVER
            ],
        }
        | named
    )


def _page(resource: Resource, address: str) -> dict | None:
    """The trust label: who checked the content, and when, are properties of a WebPage, not of what is on it. None while
    nobody has."""
    if not resource.reviewer:
        return None
    return {
        "@type": "WebPage",
        "url": address,
        "reviewedBy": {
            "@type": "Thing",
            "name": resource.reviewer,
        },  # a person or a body: we do not know which
        "lastReviewed": resource.reviewed_on.isoformat(),
    }


def _ages(resource: Resource) -> str:
    """ "6-11", "15-" and up, "0-5" when only the end is known (schema.org/typicalAgeRange)."""
    if resource.age_from is None and resource.age_to is None:
        return ""
    return f"{resource.age_from or 0}-{'' if resource.age_to is None else resource.age_to}"


def _is_free(resource: Resource) -> bool | None:
    """None: it lies with others, who have not granted anything, and may ask for a fee."""
    if resource.visibility != Visibility.PUBLIC:
        return False
    ours = any(each.is_ours for each in resource.renditions.all())
    return True if ours or not explain(resource.licence).link_only else None


def _content_address(rendition: Rendition, address: str) -> str:
    return rendition.url or f"{address}/tep/{rendition.pk}"


def _encoding(rendition: Rendition, address: str) -> dict:
    return _filled(
        {
            "@type": "MediaObject",
            "name": rendition.label,
            "contentUrl": _content_address(rendition, address),
            "contentSize": f"{-(-rendition.size // 1024)} KB" if rendition.size else "",
            "encodingFormat": rendition.media_type or MEDIA_TYPES.get(RenditionForm(rendition.form), ""),
            "inLanguage": Language(rendition.language).bcp47 if rendition.language else "",
        }
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
