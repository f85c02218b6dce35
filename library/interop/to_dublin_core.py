"""From a description to simple Dublin Core (`oai_dc`), which every harvester can read. Pure.

The words of our own lists are Vietnamese and say so; what a title page says is in the language of the resource.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..enums import ContributorRole, IdentifierScheme, Kind, Language
from ..licences import explain
from .holding import Holding
from .xml_text import element

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
ELEMENTS = "http://purl.org/dc/elements/1.1/"
START = (
    f'<oai_dc:dc xmlns:oai_dc="{NAMESPACE}" xmlns:dc="{ELEMENTS}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)
END = "</oai_dc:dc>"
OURS = Language.VIETNAMESE.bcp47

TYPES = {  # DCMI Type Vocabulary
    Kind.COURSE: "InteractiveResource",
    Kind.WEBSITE: "InteractiveResource",
    Kind.VIDEO: "MovingImage",
    Kind.AUDIO: "Sound",
    Kind.PICTURE: "StillImage",
    Kind.DATASET: "Dataset",
}
NUMBERS = {
    IdentifierScheme.ISBN: "urn:isbn:",
    IdentifierScheme.ISSN: "urn:issn:",
    IdentifierScheme.DOI: "https://doi.org/",
    IdentifierScheme.HANDLE: "https://hdl.handle.net/",
}


def write_description(values: Mapping[str, Any], holding: Holding) -> str:
    """`values` in the shape of `domain.description.describe`: every name is there. The first identifier is the address of the
    page at which a reader begins."""
    return f"{START}{''.join(_elements(values, holding))}{END}"


def language_tag(code: str) -> str:
    """BCP 47; "" when the language is not known."""
    return "" if code == Language.UNDETERMINED else Language(code).bcp47


def _elements(values: Mapping[str, Any], holding: Holding) -> Iterator[str]:
    yield element("dc:title", values["title"], lang=language_tag(values["language"]))
    for title in values["alternative_titles"].splitlines():
        yield element("dc:title", title.strip())
    for name, role in values["creators"]:
        kind = "creator" if role == ContributorRole.AUTHOR else "contributor"
        yield element(f"dc:{kind}", name)
    for subject in holding.subjects:
        yield element("dc:subject", subject, lang=OURS)
    for tag in values["tags"]:
        yield element("dc:subject", tag)
    yield element("dc:description", values["abstract"])
    yield element("dc:publisher", values["publisher"])
    if values["year"]:
        yield element("dc:date", f"{values['year']:04d}")
    yield element("dc:type", TYPES.get(Kind(values["kind"]), "Text"))
    yield element("dc:type", holding.kind, lang=OURS)
    for media_type, _size in holding.files:
        yield element("dc:format", media_type)
    yield from _identifiers(values, holding)
    yield element("dc:source", values["source_url"])
    for code in dict.fromkeys([values["language"], *values["other_languages"]]):
        yield element("dc:language", code)
    for address in holding.parts_of:
        yield element("dc:relation", address)
    yield element("dc:coverage", holding.place, lang=OURS)
    yield element("dc:rights", explain(values["licence"]).url)
    yield element("dc:rights", values["rights_holder"])


def _identifiers(values: Mapping[str, Any], holding: Holding) -> Iterator[str]:
    yield element("dc:identifier", holding.address)
    for scheme, number in values["identifiers"]:
        yield element("dc:identifier", f"{NUMBERS[IdentifierScheme(scheme)]}{number}")
    for url in values["links"]:
        yield element("dc:identifier", url)
