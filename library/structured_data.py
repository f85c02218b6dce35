"""JSON-LD for search engines and other libraries: schema.org LearningResource (LRMI) and Legislation. Pure."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from .enums import (
    Audience,
    ContributorRole,
    DocumentStatus,
    Kind,
    Language,
    Level,
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


RECORDINGS = {Kind.VIDEO: RenditionForm.VIDEO, Kind.AUDIO: RenditionForm.AUDIO}
# What a reader needs to take it in. A PDF may hold text or pictures of it: we do not know.
ACCESS_MODES = {
    RenditionForm.EPUB: "textual",
    RenditionForm.HTML: "textual",
    RenditionForm.IMAGE: "visual",
    RenditionForm.VIDEO: "visual",
    RenditionForm.AUDIO: "auditory",
}


def _filled(data: dict) -> dict:
    return {name: value for name, value in data.items() if value not in ("", None, [])}


def _in_languages(label: str | Promise) -> list[str]:
    """A label of ours in every language of the portal."""
    said = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.append(str(label))
    return list(dict.fromkeys(said))


def learning_resource(
    resource: Resource,
    subjects: Sequence[Subject],
    tags: Sequence[Tag],
    address: str,
    collections: Sequence[str] = (),
) -> dict:
    """LRMI. `address`: the absolute, persistent address of the resource's page; `collections`: the names of those that it
    came with. Asks the database nothing when `description.RELATED` and the place have been read."""
    return _filled(
        {
            "@context": SCHEMA,
            **_work(resource, address),
            **_people(resource),
            **_learning(resource),
            "about": [{"@type": "DefinedTerm", "name": each.name} for each in subjects],
            "keywords": [each.name for each in tags],
            "isPartOf": [{"@type": "Collection", "name": each} for each in collections],
            **_ways_to_it(resource, address),
            "mainEntityOfPage": _page(resource, address),
            **_recording(resource, address),
        }
    )


def _work(resource: Resource, address: str) -> dict:
    more = MORE_TYPES.get(Kind(resource.kind))
    tags = [each.bcp47 for each in resource.languages]
    return {
        "@type": ["LearningResource", more] if more else "LearningResource",
        "@id": address,
        "url": address,
        "name": resource.title,
        "description": resource.abstract,
        "alternateName": resource.other_titles,
        "inLanguage": tags if len(tags) > 1 else tags[0],
        "license": explain(resource.licence).url,
        "spatialCoverage": {"@type": "Place", "name": str(resource.place)} if resource.place else None,
        "numberOfPages": resource.page_count,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": each.get_scheme_display(), "value": each.value}
            for each in resource.identifiers.all()
        ],
        "datePublished": str(resource.year) if resource.year else "",
        "dateModified": resource.updated_at.isoformat(),
        "expires": resource.valid_until.isoformat() if resource.valid_until else "",
    }


def _people(resource: Resource) -> dict:
    """Who made it, put it out and owns it. Whether a name is that of a person or a body is not known."""
    people = resource.contributions.all()
    made = {
        name: [_named("Thing", each.name) for each in people if each.role == role]
        for role, name in ROLE_PROPERTIES.items()
    }
    return {
        **made,
        "publisher": _named("Organization", resource.publisher),
        "copyrightHolder": _named("Thing", resource.rights_holder),
    }


def _named(kind: str, name: str) -> dict | None:
    return {"@type": kind, "name": name} if name else None


def _learning(resource: Resource) -> dict:
    return {
        "learningResourceType": _in_languages(Kind(resource.kind).label),
        "educationalLevel": _level(resource),
        "audience": {
            "@type": "EducationalAudience",
            "educationalRole": EDUCATIONAL_ROLES[Audience(resource.audience)],
        },
        "typicalAgeRange": _ages(resource),
        "timeRequired": f"PT{resource.duration_minutes}M" if resource.duration_minutes else "",
    }


def _ways_to_it(resource: Resource, address: str) -> dict:
    """Whether it is free, how it is taken in, and where its files are."""
    renditions = resource.renditions.all()
    return {
        "isAccessibleForFree": _is_free(resource),
        "accessMode": _access_modes(resource),
        "accessibilityFeature": _accessibility(resource),
        "sameAs": [each.url for each in (*renditions, *resource.identifiers.all()) if each.url],
        "encoding": [
            _encoding(each, address)
            for each in renditions
            if each.purpose != RenditionPurpose.COVER and each.form != RenditionForm.LINK
        ],
        "thumbnailUrl": [
            each.address_below(address) for each in renditions if each.purpose == RenditionPurpose.COVER
        ],
    }


def _level(resource: Resource) -> dict | None:
    if not resource.level:
        return None
    names = _in_languages(Level(resource.level).label)
    return {"@type": "DefinedTerm", "name": names, "termCode": resource.level}


def _access_modes(resource: Resource) -> list[str]:
    """Of the resource itself; a recording whose words have been written down is known to be heard, and may be read."""
    files = [each for each in resource.renditions.all() if each.purpose == RenditionPurpose.ORIGINAL]
    modes = [ACCESS_MODES.get(RenditionForm(each.form), "") for each in files]
    modes += ["auditory" for each in files if each.captions or each.transcript]
    modes += ["textual" for each in files if each.transcript]
    return list(dict.fromkeys(filter(None, modes)))


def _accessibility(resource: Resource) -> list[str]:
    """In the words of the vocabulary that schema.org names (w3.org/community/reports/a11y-discov-vocab)."""
    files = resource.renditions.all()
    captions = ["captions"] if any(each.captions for each in files) else []
    return captions + (["transcript"] if any(each.transcript for each in files) else [])


def _recording(resource: Resource, address: str) -> dict:
    """Of a film or a recording: how long it plays, and when the one that lies here was put here, and where."""
    form = RECORDINGS.get(Kind(resource.kind))
    if form is None:
        return {}
    minutes = resource.duration_minutes
    data = {"duration": f"PT{minutes}M" if minutes else ""}
    ours = (each for each in resource.renditions.all() if each.form == form and each.is_ours)
    if file := next((each for each in ours if each.purpose == RenditionPurpose.ORIGINAL), None):
        data |= {
            name: value
            for name, value in _encoding(file, address).items()
            if name.startswith(("content", "encoding"))
        }
        data |= {"uploadDate": resource.created_at.isoformat(), "transcript": file.transcript}
    return _filled(data)


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


def _encoding(rendition: Rendition, address: str) -> dict:
    return _filled(
        {
            "@type": "MediaObject",
            "name": rendition.label,
            "contentUrl": rendition.address_below(address),
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
