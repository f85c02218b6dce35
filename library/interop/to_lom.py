"""From a description to Learning Object Metadata (`oai_lom`), for learning systems. Pure.

IEEE 1484.12.1 in the loose XML binding of IEEE 1484.12.3. Where the standard has a word for it the vocabulary is LOMv1.0; kinds
of resources are those of HCRT, whose words are addresses.
"""

from collections.abc import Mapping
from typing import Any

from ..enums import Audience, ContributorRole, IdentifierScheme, Kind, Language, Level
from ..licences import NO_KNOWN_COPYRIGHT, explain
from .holding import Holding
from .to_dublin_core import OURS, language_tag
from .xml_text import element, wrapped

NAMESPACE = "http://ltsc.ieee.org/xsd/LOM"
SCHEMA = "http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd"
VOCABULARY = "LOMv1.0"
KINDS_OF_RESOURCES = "https://w3id.org/kim/hcrt/"
KINDS = {
    Kind.COURSE: "course",
    Kind.VIDEO: "video",
    Kind.AUDIO: "audio",
    Kind.PICTURE: "image",
    Kind.WEBSITE: "web_page",
    Kind.DATASET: "data",
}
ROLES = {ContributorRole.AUTHOR: "author", ContributorRole.EDITOR: "editor"}
CATALOGUES = {
    IdentifierScheme.ISBN: "ISBN",
    IdentifierScheme.ISSN: "ISSN",
    IdentifierScheme.DOI: "DOI",
    IdentifierScheme.HANDLE: "hdl",
}
CONTEXTS = {
    Level.PRIMARY: "school",
    Level.LOWER_SECONDARY: "school",
    Level.UPPER_SECONDARY: "school",
    Level.VOCATIONAL: "training",
    Level.HIGHER: "higher education",
    Level.OFFICER: "training",
    Level.LITERACY: "other",
    Level.ADULT: "other",
}
USERS = {
    Audience.CITIZEN: ("learner",),
    Audience.OFFICER: ("manager",),
    Audience.BOTH: ("learner", "manager"),
}
PLAYED = (Kind.VIDEO, Kind.AUDIO)
FREE = ("CC0-1.0", NO_KNOWN_COPYRIGHT)


def write_description(values: Mapping[str, Any], holding: Holding) -> str:
    """`values` in the shape of `domain.description.describe`: every name is there."""
    parts = (_general, _life_cycle, _meta_metadata, _technical, _educational, _rights, _classification)
    return wrapped(
        "lom",
        *(part(values, holding) for part in parts),
        xmlns=NAMESPACE,
        **{
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )


def _general(values: Mapping[str, Any], holding: Holding) -> str:
    codes = dict.fromkeys([values["language"], *values["other_languages"]])
    titles = [element("string", values["title"], language=language_tag(values["language"]))]
    titles += [element("string", title.strip()) for title in values["alternative_titles"].splitlines()]
    return wrapped(
        "general",
        _identifier("URI", holding.address),
        *(
            _identifier(CATALOGUES[IdentifierScheme(scheme)], value)
            for scheme, value in values["identifiers"]
        ),
        wrapped("title", *titles),
        *(element("language", language_tag(code)) for code in codes),
        wrapped("description", element("string", values["abstract"])),
        *(wrapped("keyword", element("string", tag)) for tag in values["tags"]),
        wrapped("coverage", element("string", holding.place, language=OURS)),
    )


def _life_cycle(values: Mapping[str, Any], holding: Holding) -> str:
    year = values["year"]
    date = wrapped("date", element("dateTime", f"{year:04d}")) if year else ""
    people = [
        wrapped("contribute", _term("role", _role(role)), element("entity", _card(name)))
        for name, role in values["creators"]
    ]
    publisher = element("entity", _card(values["publisher"])) if values["publisher"] else ""
    if publisher or date:
        people.append(wrapped("contribute", _term("role", "publisher"), publisher, date))
    return wrapped("lifeCycle", *people)


def _role(role: str) -> str:
    """LOMv1.0 has no word for who translates or draws."""
    return ROLES.get(ContributorRole(role), "unknown")


def _meta_metadata(values: Mapping[str, Any], holding: Holding) -> str:
    return wrapped(
        "metaMetadata",
        _identifier("URI", holding.address),
        element("metadataSchema", VOCABULARY),
        element("language", OURS),
    )


def _technical(values: Mapping[str, Any], holding: Holding) -> str:
    """The size of the first file, for one resource has one; how long it plays."""
    minutes = values["duration_minutes"] if Kind(values["kind"]) in PLAYED else None
    size = next((size for _media_type, size in holding.files if size), None)
    return wrapped(
        "technical",
        *(element("format", each) for each in dict.fromkeys(media_type for media_type, _ in holding.files)),
        element("size", size),
        *(element("location", url) for url in (holding.address, *values["links"])),
        _minutes("duration", minutes),
    )


def _educational(values: Mapping[str, Any], holding: Holding) -> str:
    kind = Kind(values["kind"])
    minutes = None if kind in PLAYED else values["duration_minutes"]
    context = CONTEXTS[Level(values["level"])] if values["level"] else ""
    return wrapped(
        "educational",
        _term(
            "learningResourceType",
            KINDS_OF_RESOURCES + KINDS.get(kind, "text"),
            f"{KINDS_OF_RESOURCES}scheme",
        ),
        *(_term("intendedEndUserRole", user) for user in USERS[Audience(values["audience"])]),
        _term("context", context),
        wrapped("typicalAgeRange", element("string", _ages(values))),
        _minutes("typicalLearningTime", minutes),
        element("language", language_tag(values["language"])),
    )


def _ages(values: Mapping[str, Any]) -> str:
    """ "6-10", "18-U": up to any age, "0-5" (IEEE 1484.12.1, 5.7)."""
    first, last = values["age_from"], values["age_to"]
    if first is None and last is None:
        return ""
    return f"{first or 0}-{'U' if last is None else last}"


def _rights(values: Mapping[str, Any], holding: Holding) -> str:
    url, holder = explain(values["licence"]).url, values["rights_holder"]
    return wrapped(
        "rights",
        _term("copyrightAndOtherRestrictions", ("no" if values["licence"] in FREE else "yes") if url else ""),
        wrapped("description", element("string", url), element("string", holder)),
    )


def _classification(values: Mapping[str, Any], holding: Holding) -> str:
    names = zip(values["subjects"], holding.subjects, strict=True)
    paths = [
        wrapped(
            "taxonPath",
            wrapped("source", element("string", holding.address.partition("/r/")[0])),
            wrapped(
                "taxon",
                element("id", slug),
                wrapped("entry", element("string", name, language=Language.VIETNAMESE.bcp47)),
            ),
        )
        for slug, name in names
    ]
    return wrapped("classification", _term("purpose", "discipline"), *paths) if paths else ""


def _identifier(catalogue: str, entry: str) -> str:
    return wrapped("identifier", element("catalog", catalogue), element("entry", entry))


def _term(name: str, value: str, source: str = VOCABULARY) -> str:
    return wrapped(name, element("source", source), element("value", value)) if value else ""


def _minutes(name: str, minutes: int | None) -> str:
    return wrapped(name, element("duration", f"PT{minutes}M")) if minutes else ""


def _card(name: str) -> str:
    """vCard 3.0 (RFC 2426)."""
    written = name.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
    return f"BEGIN:VCARD\nVERSION:3.0\nN:{written}\nFN:{written}\nEND:VCARD"
