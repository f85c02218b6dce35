"""From Dublin Core, simple (`oai_dc`) or with qualifiers, to what it says of a resource. Pure.

Elements are known by their names alone; what a source puts into them is as various as the people who fill them in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..enums import ContributorRole, Kind
from ..statements import pages_of, year_of
from . import plain_values as plain
from .kinds import kind_among
from .limits import FIRST_YEAR, LAST_YEAR, LONGEST_NAME
from .wild_xml import local

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
LANGUAGE_OF_TEXT = "{http://www.w3.org/XML/1998/namespace}lang"
# What DSpace writes of its own work into the description
ABOUT_THE_SYSTEM = (
    "Made available in DSpace",
    "Submitted by ",
    "Approved for entry into archive",
    "Item created via",
)
BLANK_LINE = re.compile(r"\n\s*\n")
HOUR = re.compile(r"\dT\d")
NO_HANDLE = "123456789/"
NOT_A_LANGUAGE = ("und", "mul", "zxx", "mis", "other")
# Names of dcterms for the fifteen elements
REFINED = {
    "alternative": "title",
    "abstract": "description",
    "tableOfContents": "contents",
    "issued": "date",
    "created": "date",
    "extent": "format",
    "license": "rights",
    "accessRights": "rights",
    "rightsHolder": "holder",
}


@dataclass(frozen=True, slots=True)
class Described:
    """`values` in the shape of `domain.description`; the others as `page.Found` has them."""

    values: Mapping[str, Any]
    subject_words: tuple[str, ...] = ()
    rights_note: str = ""


def read_dublin_core(element: etree._Element) -> Described:
    """`element`: the one that holds the fifteen, whatever its name."""
    said: dict[str, list[str]] = defaultdict(list)
    for child in element:
        name = local(child.tag)
        text = child.text if not len(child) else "".join(child.itertext())
        if not text or text.isspace():
            continue
        name = REFINED.get(name, name)
        if name == "title" and child.get(LANGUAGE_OF_TEXT, "")[:2] == "vi":
            said[name].insert(0, text)
        else:
            said[name].append(text)
    return describe(said)


def describe(said: Mapping[str, list[str]]) -> Described:
    """{"title": ["Trồng ngô"], "creator": ["Nguyễn, Văn Mẫu"]} -> values of ours."""
    title, *others = list(filter(None, map(plain.line_of, said["title"]))) or [""]
    kind = kind_among(said["type"])
    licence, note = plain.rights(said["rights"])
    creators = [(plain.person(each), ContributorRole.AUTHOR) for each in said["creator"]]
    creators += [(plain.person(each), ContributorRole.CONTRIBUTOR) for each in said["contributor"]]
    values = {
        **plain.titles(title, others),
        "creators": plain.creators(creators),
        "publisher": next(filter(None, map(plain.line_of, said["publisher"])), "")[:LONGEST_NAME].strip(),
        "year": year_among(said["date"]),
        **spoken_languages(said["language"], title),
        "kind": kind,
        "page_count": next(filter(None, map(pages_of, said["format"])), None),
        "licence": licence,
        "rights_holder": next(map(plain.line_of, said["holder"]), "")[:LONGEST_NAME].strip(),
        "abstract": abstract(said["description"]),
        "identifiers": numbers(said["identifier"], kind),
        "links": plain.links(said["identifier"]),
    }
    words = plain.words(part for text in said["subject"] for part in re.split(r"[;\n]", text))
    return Described(plain.filled(values), tuple(words), note)


def spoken_languages(tags: Iterable[str], title: str) -> dict[str, Any]:
    """As `plain_values.languages`; who says that there are several, or that it is not known, has said nothing."""
    return plain.languages([each for each in tags if each.strip().lower() not in NOT_A_LANGUAGE], title)


def abstract(texts: Iterable[str]) -> str:
    """Each text once. Lines that a program has wrapped are one paragraph; a blank line, or HTML, makes the next one."""
    found = (_paragraphs(each) for each in texts if not each.lstrip().startswith(ABOUT_THE_SYSTEM))
    return "\n".join(filter(None, dict.fromkeys(found)))


def _paragraphs(text: str) -> str:
    if "\n" not in text or "<" in text or "&lt;" in text:
        return plain.text_of(text)
    return "\n".join(filter(None, map(plain.line_of, BLANK_LINE.split(text))))


def year_among(texts: Iterable[str]) -> int | None:
    """Dates with an hour are those of a system (taken in, made available): they count only where there is no other."""
    dates = sorted((text.strip() for text in texts), key=lambda text: bool(HOUR.search(text)))
    return next((year for each in dates if (year := year_of(each)) and FIRST_YEAR <= year <= LAST_YEAR), None)


def numbers(texts: Iterable[str], kind: str) -> list[list[str]]:
    """The ISSN of an article is that of its journal, so it does not tell the article; and a Handle under the prefix with
    which DSpace is delivered is another thing in each house."""
    found = [each for each in plain.numbers(texts) if not each[1].startswith(NO_HANDLE)]
    return [each for each in found if kind != Kind.ARTICLE or each[0] != "issn"]
