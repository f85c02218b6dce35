"""From MODS 3 (Library of Congress) to what it says of a resource. Pure.

Only what stands at the top is of the resource itself: a `relatedItem` is another thing.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from ..enums import ContributorRole
from ..statements import ROLE_OF_WORD, pages_of
from . import plain_values as plain
from .from_dublin_core import Described, abstract, numbers, spoken_languages, year_among
from .kinds import kind_among
from .limits import LONGEST_NAME
from .marc_codes import ROLE_OF_RELATOR
from .wild_xml import local

NAMESPACES = ("http://www.loc.gov/mods/v3", "http://www.loc.gov/mods/")
LINK = "{http://www.w3.org/1999/xlink}href"
DATES = ("dateIssued", "copyrightDate", "dateCreated", "dateOther")
PARTS_OF_TITLE = ("nonSort", "title", "subTitle", "partNumber", "partName")
SCHEMES = {"isbn": "urn:isbn:", "issn": "urn:issn:", "doi": "doi:", "hdl": "hdl:", "uri": "", "url": ""}
PREVIEW = "preview"  # a picture of it, not the thing


def read_mods(element: etree._Element) -> Described:
    """`element`: `mods`, or the collection around it."""
    if local(element.tag) == "modsCollection":
        element = next(_at(element, "mods"), element)
    title, *others = _titles(element) or [""]
    genres = [*_texts(element, "genre"), *_texts(element, "typeOfResource")]
    kind = kind_among(genres)
    conditions = list(_at(element, "accessCondition"))
    licence, note = plain.rights([*(each.get(LINK, "") for each in conditions), *map(_text, conditions)])
    given = [f"{SCHEMES.get(each.get('type', ''), '')}{_text(each)}" for each in _at(element, "identifier")]
    values = {
        **plain.titles(title, others),
        "creators": plain.creators(_people(element)),
        "publisher": next(iter(_texts(element, "originInfo", "publisher")), "")[:LONGEST_NAME],
        "year": year_among(text for name in DATES for text in _texts(element, "originInfo", name)),
        **spoken_languages(_languages(element), title),
        "kind": kind,
        "page_count": next(
            filter(None, map(pages_of, _texts(element, "physicalDescription", "extent"))), None
        ),
        "licence": licence,
        "abstract": abstract("".join(each.itertext()) for each in _at(element, "abstract")),
        "identifiers": numbers(given, kind),
        "links": plain.links([*_addresses(element), *given]),
    }
    return Described(plain.filled(values), tuple(plain.words(_topics(element))), note)


def _at(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    if not path:
        yield element
        return
    for child in element:
        if local(child.tag) == path[0]:
            yield from _at(child, *path[1:])


def _text(element: etree._Element) -> str:
    return plain.line_of("".join(element.itertext()))


def _texts(element: etree._Element, *path: str) -> list[str]:
    return list(filter(None, map(_text, _at(element, *path))))


def _titles(element: etree._Element) -> list[str]:
    """The one without a type first: others are alternative, translated, uniform, abbreviated."""
    found = sorted(_at(element, "titleInfo"), key=lambda each: bool(each.get("type")))
    return list(filter(None, map(_title, found)))


def _title(element: etree._Element) -> str:
    title = ""
    for part in element:
        name, text = local(part.tag), _text(part)
        if name not in PARTS_OF_TITLE or not text:
            continue
        joint = {"subTitle": ": ", "partNumber": ". ", "partName": ". "}.get(name, " ")
        title = f"{title.rstrip(' :')}{joint}{text}" if title else text
    return title


def _people(element: etree._Element) -> Iterator[tuple[str, ContributorRole]]:
    for each in _at(element, "name"):
        parts = {
            part.get("type", ""): _text(part) for part in _at(each, "namePart") if part.get("type") != "date"
        }
        name = parts.get("") or ", ".join(filter(None, [parts.get("family", ""), parts.get("given", "")]))
        name = name if each.get("type") in ("corporate", "conference") else plain.person(name)
        roles = [word.lower().strip(" .") for word in _texts(each, "role", "roleTerm")]
        known = [ROLE_OF_RELATOR.get(word) or ROLE_OF_WORD.get(word) for word in roles]
        role = next(filter(None, known), None)
        if role is None:
            role = ContributorRole.CONTRIBUTOR if roles and "creator" not in roles else ContributorRole.AUTHOR
        if name:
            yield name, role


def _languages(element: etree._Element) -> Iterable[str]:
    """Codes before names."""
    terms = sorted(_at(element, "language", "languageTerm"), key=lambda each: each.get("type") != "code")
    coded = [_text(each) for each in terms if each.get("type") == "code"]
    return coded or [_text(each) for each in terms]


def _addresses(element: etree._Element) -> list[str]:
    """The page about it first, then the thing itself; previews are left out."""
    found = [each for each in _at(element, "location", "url") if each.get("access") != PREVIEW]
    found.sort(key=lambda each: each.get("usage") != "primary" and each.get("usage") != "primary display")
    return list(filter(None, map(_text, found)))


def _topics(element: etree._Element) -> Iterator[str]:
    for subject in _at(element, "subject"):
        for part in subject:
            if local(part.tag) in ("topic", "geographic", "name", "temporal"):
                yield ", ".join(_texts(part, "namePart")) if len(part) else _text(part)
