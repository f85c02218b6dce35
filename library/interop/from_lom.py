"""From Learning Object Metadata (IEEE 1484.12.1) to what it says of a resource. Pure.

Elements are known by their names alone, whatever their capitals: the bindings (IEEE, IMS, national profiles) differ in
namespaces, in `string` and `langstring`, and in how a word of a vocabulary is given.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..codes import code_of
from ..enums import Audience, ContributorRole, Level
from . import plain_values as plain
from .from_dublin_core import Described, abstract, numbers, spoken_languages, year_among
from .kinds import kind_among
from .limits import LONGEST_NAME
from .wild_xml import local

NAMESPACES = (
    "http://ltsc.ieee.org/xsd/LOM",
    "http://ltsc.ieee.org/xsd/LOMv1p0",
    "http://www.imsglobal.org/xsd/imsmd_v1p2",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "https://www.oerbw.de/hsoerlom",
)
SCHEMES = {"isbn": "urn:isbn:", "issn": "urn:issn:", "doi": "doi:", "hdl": "hdl:", "handle": "hdl:"}
ROLES = {
    "author": ContributorRole.AUTHOR,
    "creator": ContributorRole.AUTHOR,
    "editor": ContributorRole.EDITOR,
    "translator": ContributorRole.TRANSLATOR,
    "graphical designer": ContributorRole.ILLUSTRATOR,
    "illustrator": ContributorRole.ILLUSTRATOR,
}
PUBLISHER = "publisher"
NO_HAND = (PUBLISHER, "initiator", "terminator", "validator", "technical validator", "educational validator")
LEVELS = {
    "higher education": Level.HIGHER,
    "university first cycle": Level.HIGHER,
    "university second cycle": Level.HIGHER,
    "university postgraduate": Level.HIGHER,
    "higher_education": Level.HIGHER,
    "primary education": Level.PRIMARY,
    "primary school": Level.PRIMARY,
    "secondary education": Level.UPPER_SECONDARY,
    "lower secondary": Level.LOWER_SECONDARY,
    "upper secondary": Level.UPPER_SECONDARY,
    "vocational training": Level.VOCATIONAL,
    "professional formation": Level.VOCATIONAL,
}
AGES = re.compile(r"(\d{1,3})?\s*-\s*(\d{1,3}|U)?", re.IGNORECASE)
OLDEST = 120
PERIOD = re.compile(
    r"P(?:\d+Y)?(?:\d+M)?(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.IGNORECASE
)
CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
CARD = re.compile(r"^\s*(FN|ORG|N)(?:;[^:\n]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)


def read_lom(element: etree._Element) -> Described:
    """`element`: `lom`, or what stands around it."""
    lom = element if _name(element) == "lom" else next(_inside(element, "lom"), element)
    general = list(_at(lom, "general"))
    titles = [text for part in general for text in _texts(part, "title", vietnamese_first=True)]
    title, *others = list(filter(None, map(plain.line_of, titles))) or [""]
    kind = kind_among(_words(lom, "educational", "learningresourcetype"))
    people = list(_contributions(lom))
    licence, note = plain.rights(_texts_at(lom, "rights", "description"))
    given = list(_identifiers(lom))
    values = {
        **plain.titles(title, others),
        "creators": plain.creators(
            (name, ROLES.get(role, ContributorRole.CONTRIBUTOR))
            for role, name, _date in people
            if name and role not in NO_HAND
        ),
        "publisher": next((name for role, name, _date in people if role == PUBLISHER and name), "")[
            :LONGEST_NAME
        ],
        "year": year_among(date for role, _name, date in people if date),
        **spoken_languages(_texts_at(lom, "general", "language"), title),
        "kind": kind or plain.kind_of_media(_texts_at(lom, "technical", "format")),
        "level": _level(_words(lom, "educational", "context")),
        "audience": _audience(_words(lom, "educational", "intendedenduserrole")),
        **_ages(_texts_at(lom, "educational", "typicalagerange")),
        "duration_minutes": _minutes(_durations(lom)),
        "licence": licence,
        "abstract": abstract(_texts_at(lom, "general", "description")),
        "identifiers": numbers(given, kind),
        "links": plain.links([*_texts_at(lom, "technical", "location"), *given]),
    }
    return Described(plain.filled(values), tuple(plain.words(_topics(lom))), note)


def _name(element: etree._Element) -> str:
    return local(element.tag).lower()


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in element.iter() if _name(each) == name)


def _at(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    if not path:
        yield element
        return
    for child in element:
        if _name(child) == path[0]:
            yield from _at(child, *path[1:])


def _strings(element: etree._Element) -> list[tuple[str, str]]:
    """(language, text) of an element that holds strings, or text alone."""
    found = []
    for each in element.iter():
        if _name(each) in ("string", "langstring"):
            language = next(
                (value for name, value in each.attrib.items() if local(name) in ("lang", "language")), ""
            )
            found.append((language, "".join(each.itertext())))
    return found or [("", "".join(element.itertext()))]


def _texts(element: etree._Element, *path: str, vietnamese_first: bool = False) -> list[str]:
    found = [each for part in _at(element, *path) for each in _strings(part)]
    if vietnamese_first:
        found.sort(key=lambda each: each[0][:2] != "vi")
    return [text.strip() for _language, text in found if text.strip()]


def _texts_at(element: etree._Element, *path: str) -> list[str]:
    return _texts(element, *path)


def _words(lom: etree._Element, *path: str) -> list[str]:
    """Words of a vocabulary: beside `source` they are in `value`, or in `entry` with their address in `id`."""
    found = []
    for part in _at(lom, *path):
        named = [text for name in ("value", "entry", "id") for text in _texts(part, name)]
        found += named or ["".join(part.itertext()).strip()]
    return found


def _identifiers(lom: etree._Element) -> Iterator[str]:
    """With the catalogue before the number, where it is one of the world."""
    for part in _at(lom, "general", "identifier"):
        catalogue = next(iter(_texts(part, "catalog")), "").lower()
        for entry in _texts(part, "entry") or ([] if len(part) else ["".join(part.itertext())]):
            yield f"{'' if '://' in entry else SCHEMES.get(catalogue, '')}{entry}"


def _contributions(lom: etree._Element) -> Iterator[tuple[str, str, str]]:
    """(role, name, date) of the life cycle."""
    for part in _at(lom, "lifecycle", "contribute"):
        role = next(iter(_words(part, "role")), "").lower()
        date = next(iter([*_texts(part, "date", "datetime"), *_texts(part, "date")]), "")
        cards = [*_texts(part, "entity"), *_texts(part, "centity")]
        for card in cards or [""]:
            yield role, _name_on(card), date


def _name_on(card: str) -> str:
    """Of a vCard (RFC 2426): FN, else the body, else N; what is no card is a name."""
    if "BEGIN:VCARD" not in card.upper():
        return plain.person(card)
    lines: dict[str, str] = {}
    for kind, text in CARD.findall(card):
        lines.setdefault(kind.upper(), re.sub(r"\\(.)", r"\1", text.strip()))
    if name := lines.get("FN") or lines.get("ORG", "").rstrip(";"):
        return plain.line_of(name)
    family, *given = lines.get("N", "").split(";")
    return plain.person(", ".join(filter(None, [family, *given[:1]])))


def _topics(lom: etree._Element) -> Iterator[str]:
    """Keywords, and of each path of a discipline its last, most exact word."""
    yield from _texts_at(lom, "general", "keyword")
    for part in _at(lom, "classification"):
        purpose = " ".join(_words(part, "purpose")).lower()
        if purpose and "discipline" not in purpose and "idea" not in purpose:
            continue
        for path in _at(part, "taxonpath"):
            yield from [text for taxon in _at(path, "taxon") for text in _texts(taxon, "entry")][-1:]
        yield from _texts(part, "keyword")


def _level(words: list[str]) -> str:
    for word in words:
        if code := LEVELS.get(word.lower()) or code_of(Level, word):
            return str(code)
    return ""


def _audience(words: list[str]) -> str:
    found = {word.lower() for word in words}
    if "manager" in found:
        return Audience.BOTH.value if found & {"learner", "teacher", "author"} else Audience.OFFICER.value
    return Audience.CITIZEN.value if "learner" in found else ""


def _ages(texts: list[str]) -> dict[str, Any]:
    match = next(filter(None, map(AGES.fullmatch, texts)), None)
    if not match:
        return {}
    first = int(match[1]) if match[1] else None
    last = int(match[2]) if match[2] and match[2].isdigit() else None
    if (first or 0) > (OLDEST if last is None else last) or (last or 0) > OLDEST:
        return {}
    return {"age_from": first, "age_to": last}


def _durations(lom: etree._Element) -> list[str]:
    """How long it plays before how long one learns; beside the time there may be words on it."""
    parts = [*_at(lom, "technical", "duration"), *_at(lom, "educational", "typicallearningtime")]
    return [
        text
        for part in parts
        for text in (*_texts(part, "duration"), *_texts(part, "datetime"), *_strings(part)[0][1:])
    ]


def _minutes(texts: list[str]) -> int | None:
    """ISO 8601 ("PT1H5M"), or a clock ("00:31:33"); a minute at least."""
    for text in texts:
        if match := CLOCK.fullmatch(text.strip().partition("\n")[0].strip()):
            hours, minutes, seconds = (int(each or 0) for each in match.groups())
            days = 0
        elif (match := PERIOD.fullmatch(text.strip())) and any(match.groups()):
            days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
        else:
            continue
        total = (days * 24 + hours) * 60 + minutes + (seconds >= 30)
        if 0 < total < 1_000_000:
            return total
    return None
