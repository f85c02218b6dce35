"""From JSON-LD in schema.org's words (LRMI) to what it says of a resource. Pure.

Only the JSON is looked at: no context is ever fetched, and names count with or without the address of schema.org.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.text import nfc

from ..codes import code_of
from ..enums import ContributorRole, Kind, Level
from ..statements import year_of
from . import plain_values as plain
from .from_dublin_core import Described
from .kinds import kind_among
from .limits import LONGEST_NAME, MOST, OLDEST

Node = Mapping[str, Any]

# What may be a resource of the library, the type that says most first; each with our kind, "" when it does not tell.
TYPES = {
    "Course": Kind.COURSE,
    "Quiz": Kind.COURSE,
    "LearningResource": "",
    "Audiobook": Kind.AUDIO,
    "Book": Kind.BOOK,
    "Thesis": Kind.BOOK,
    "Chapter": Kind.BOOK,
    "ScholarlyArticle": Kind.ARTICLE,
    "TechArticle": Kind.ARTICLE,
    "Report": Kind.ARTICLE,
    "HowTo": Kind.GUIDE,
    "VideoObject": Kind.VIDEO,
    "Movie": Kind.VIDEO,
    "AudioObject": Kind.AUDIO,
    "PodcastEpisode": Kind.AUDIO,
    "Map": Kind.PICTURE,
    "Dataset": Kind.DATASET,
    "DigitalDocument": "",
    "TextDigitalDocument": "",
    "PresentationDigitalDocument": Kind.COURSE,
    "Article": Kind.ARTICLE,
    "NewsArticle": Kind.ARTICLE,
    "BlogPosting": Kind.ARTICLE,
    "MediaObject": "",
    "CreativeWork": "",
}
MORE_KINDS = {"WebSite": Kind.WEBSITE, "ImageObject": Kind.PICTURE, "Photograph": Kind.PICTURE}
RANK = {name: place for place, name in enumerate(TYPES)}
ROLES = {
    "author": ContributorRole.AUTHOR,
    "creator": ContributorRole.AUTHOR,
    "translator": ContributorRole.TRANSLATOR,
    "editor": ContributorRole.EDITOR,
    "illustrator": ContributorRole.ILLUSTRATOR,
    "contributor": ContributorRole.CONTRIBUTOR,
}
DEEPEST = 6
MOST_NODES = 1_000
DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?")  # ISO 8601
AGES = re.compile(r"(\d{1,3})?\s*+[-–]?\s*+(\d{1,3})?")
WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*)?\]\]>|/\*\s*\]\]>\s*\*/)\s*+;?$"
)
TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def parsed(text: str) -> Any:
    """The JSON of a script element, with the slips that browsers and search engines put up with. Raises ValueError."""
    text = WRAPPED.sub("", text.strip()).strip().rstrip(";")
    problem: ValueError | None = None
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except ValueError as error:
            problem = problem or error
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
    raise problem or ValueError("empty")


def best_of(documents: Iterable[Any], address: str) -> Node | None:
    """Of all that is described, what is a resource and the main thing of the page at `address`: nodes that say they are
    another page's come last."""
    nodes = [each for document in documents for each in _nodes(document, DEEPEST)][:MOST_NODES]
    candidates = [each for each in nodes if _rank(each) is not None and _title(each)]
    return min(candidates, key=lambda node: (_is_elsewhere(node, address), _rank(node)), default=None)


def read_json_ld(node: Node, address: str, *, language: str = "") -> Described:
    """`address` of the page that holds it; `language` that page's own, when the node has none."""
    title = _title(node)
    licence, note = plain.rights(_names(node.get("license")) + _names(node.get("copyrightNotice")))
    first, last = _ages(node.get("typicalAgeRange"))
    values = {
        **plain.titles(title, _names(node.get("alternateName")) + _names(node.get("alternativeHeadline"))),
        **plain.languages(_languages(node) or [language], title),
        "creators": plain.creators(
            (name, role) for key, role in ROLES.items() for name in _names(node.get(key))
        ),
        "publisher": next(iter(_names(node.get("publisher")) or _names(node.get("provider"))), "")[
            :LONGEST_NAME
        ],
        "year": next(
            filter(
                None,
                (
                    year_of(each)
                    for key in ("datePublished", "copyrightYear", "dateCreated", "uploadDate")
                    for each in _texts(node.get(key))
                ),
            ),
            None,
        ),
        "kind": _kind(node),
        "level": next(
            filter(None, (code_of(Level, each) for each in _names(node.get("educationalLevel")))), ""
        ),
        "age_from": first,
        "age_to": last,
        "page_count": _whole_number(node.get("numberOfPages")),
        "duration_minutes": _minutes(node.get("duration")) or _minutes(node.get("timeRequired")),
        "licence": licence,
        "rights_holder": next(iter(_names(node.get("copyrightHolder"))), "")[:LONGEST_NAME],
        "abstract": next(
            filter(
                None,
                (
                    plain.text_of(text)
                    for key in ("description", "abstract")
                    for text in plain.as_list(node.get(key))
                ),
            ),
            "",
        ),
        "identifiers": plain.numbers(_identifiers(node)),
        "links": plain.addresses(_addresses(node, address), address),
    }
    return Described(plain.filled(values), tuple(plain.words(_words(node))), note)


def changed(node: Node) -> str:
    """When it says it changed last, "" when it does not."""
    return next(iter(_texts(node.get("dateModified")) or _texts(node.get("datePublished"))), "")


def _nodes(document: Any, depth: int) -> Iterator[Node]:
    """The nodes a page speaks of by itself: in lists, graphs and lists of things; what hangs on a node is no page."""
    if depth and isinstance(document, list):
        for each in document:
            yield from _nodes(each, depth - 1)
    elif depth and isinstance(document, Mapping):
        yield document
        for key in ("@graph", "mainEntity"):
            yield from _nodes(document.get(key), depth - 1)


def _types(node: Node) -> list[str]:
    return [
        re.split(r"[/#:]", each)[-1] for each in plain.as_list(node.get("@type")) if isinstance(each, str)
    ]


def _rank(node: Node) -> int | None:
    return min((RANK[each] for each in _types(node) if each in RANK), default=None)


def _is_elsewhere(node: Node, address: str) -> bool:
    said = [each for key in ("url", "mainEntityOfPage", "@id") for each in _addresses_in(node.get(key))]
    whole = plain.addresses(said, address)
    return bool(whole) and all(_plain(each) != _plain(address) for each in whole)


def _plain(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _title(node: Node) -> str:
    return next((text for key in ("name", "headline", "title") for text in _names(node.get(key))), "")


def _kind(node: Node) -> str:
    """What people call it before what machines do."""
    told = kind_among(_names(node.get("learningResourceType")) + _names(node.get("genre")))
    kinds = [
        TYPES.get(each) or MORE_KINDS.get(each)
        for each in sorted(_types(node), key=lambda each: RANK.get(each, -1))
    ]
    by_type = next(filter(None, kinds), None)
    return told or (by_type.value if by_type else "")


def _names(value: Any) -> list[str]:
    """Strings, and the names of things: Person, Organization, DefinedTerm, Language, a licence by its address."""
    found = []
    for each in plain.as_list(value):
        if isinstance(each, Mapping):
            parts = " ".join(_texts(each.get("familyName")) + _texts(each.get("givenName")))
            inside = _texts(each.get("name")) or _texts(each.get("@value")) or ([parts] if parts else [])
            found += inside or _texts(each.get("url")) or _texts(each.get("@id"))
        else:
            found += _texts(each)
    return found


def _texts(value: Any) -> list[str]:
    """Each in one line; {"@value": "..."} is a text too."""
    found = []
    for each in plain.as_list(value):
        each = each.get("@value") if isinstance(each, Mapping) else each
        if isinstance(each, int | float) and not isinstance(each, bool):
            each = str(each)
        if text := plain.line_of(each):
            found.append(text)
    return found


def _languages(node: Node) -> list[str]:
    found = []
    for each in plain.as_list(node.get("inLanguage")):
        codes = _texts(each.get("alternateName")) if isinstance(each, Mapping) else []
        found += codes or _names(each)
    return found


def _words(node: Node) -> list[str]:
    """`keywords` in one string are parted by commas."""
    found = [*_names(node.get("about")), *_names(node.get("teaches"))]
    for each in plain.as_list(node.get("keywords")):
        found += re.split(r"[,;]", each) if isinstance(each, str) else _names(each)
    return [each for each in found if "://" not in each]


def _identifiers(node: Node) -> list[str]:
    found = [f"isbn:{each}" for each in _texts(node.get("isbn"))] + [
        f"issn:{each}" for each in _texts(node.get("issn"))
    ]
    for each in plain.as_list(node.get("identifier")):
        if isinstance(each, Mapping):
            scheme = " ".join(_texts(each.get("propertyID"))).rpartition("/")[2]
            found += [f"{scheme}:{value}" if scheme else value for value in _texts(each.get("value"))]
            found += _texts(each.get("@id"))
        else:
            found += _texts(each)
    return [*found, *_texts(node.get("sameAs"))]


def _addresses(node: Node, page: str) -> list[str]:
    """The page first, then the files."""
    files = [*_addresses_in(node.get("contentUrl"))]
    for key in ("encoding", "associatedMedia"):
        for each in plain.as_list(node.get(key)):
            if isinstance(each, Mapping):
                files += _addresses_in(each.get("contentUrl")) or _addresses_in(each.get("url"))
    return [*(_addresses_in(node.get("url"))[:1] or [page]), *files]


def _addresses_in(value: Any) -> list[str]:
    found = []
    for each in plain.as_list(value):
        if isinstance(each, Mapping):
            each = each.get("@id") or each.get("url")
        if isinstance(each, str) and each.strip():
            found.append(nfc(each.strip()))
    return found


def _ages(value: Any) -> tuple[int | None, int | None]:
    """ "7-12", "7-", "18+"."""
    text = next(iter(_texts(value)), "").rstrip("+")
    match = AGES.fullmatch(text.strip())
    first, last = (int(each) if each else None for each in match.groups()) if match else (None, None)
    if max(first or 0, last or 0) > OLDEST or (first is not None and last is not None and last < first):
        return None, None
    return first, last


def _minutes(value: Any) -> int | None:
    for text in _texts(value):
        match = DURATION.fullmatch(text)
        if match:
            days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
            total = round(days * 1440 + hours * 60 + minutes + seconds / 60)
            return total if 0 < total <= MOST else None
    return None


def _whole_number(value: Any) -> int | None:
    text = next(iter(_texts(value)), "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST else None


def as_bytes(node: Node) -> bytes:
    return json.dumps(node, ensure_ascii=False).encode("utf-8", "surrogatepass")
