"""What sources write in their own words, as plain values of a description. Pure.

For every crosswalk: text out of HTML, names, languages, rights, numbers and addresses, none longer than the models take.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from unicodedata import normalize
from urllib.parse import urljoin, urlsplit

import nh3

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from portal.text import fold, nfc

from ..codes import language_named, licence_named
from ..enums import ContributorRole, IdentifierScheme, Kind, Language
from ..identifiers import normal_identifier
from ..licences import UNKNOWN, licence_of_address
from ..statements import language_of, natural_order
from .limits import LONGEST_ADDRESS, LONGEST_NAME, LONGEST_TITLE

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w*);", re.IGNORECASE)
BREAK = re.compile(r"(?i)<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|blockquote))\b[^<>]*>")
PARAGRAPH = re.compile(r"\n\s*\n")
NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
WEB_ADDRESS = URLValidator(schemes=["http", "https"])
# Addresses that need no closer look: a part of those that the validator lets pass, told twenty times as fast
PLAIN_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.){1,5}[a-z]{2,10}(?::[0-9]{2,4})?(?:[/?#][!-~]*)?",
    re.IGNORECASE,
)
LIFE = re.compile(r",?\s*\(?\b\d{4}\s*-\s*(?:\d{4})?\)?\.?$")
ENDS_OF_LIFE = tuple("0123456789-).")
# Family names that come first although a comma follows them: "Nguyen, Van A" is Nguyen Van A
FAMILY_NAMES_OF_VIETNAM = frozenset(
    [
        "nguyen",
        "tran",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "duong",
        "truong",
        "dinh",
        "trinh",
        "luong",
        "nong",
        "trieu",
        "mac",
        "hua",
        "ngo",
        "doan",
    ]
)
URN = re.compile(r"^(?:urn:)?(isbn|issn|doi|hdl)[:\s]\s*", re.IGNORECASE)
SCHEMES = {
    "isbn": IdentifierScheme.ISBN,
    "issn": IdentifierScheme.ISSN,
    "doi": IdentifierScheme.DOI,
    "hdl": IdentifierScheme.HANDLE,
}
RESOLVERS = {
    "doi.org": IdentifierScheme.DOI,
    "dx.doi.org": IdentifierScheme.DOI,
    "hdl.handle.net": IdentifierScheme.HANDLE,
}
RESOLVER = re.compile("|".join(map(re.escape, RESOLVERS)))
RESOLVER_OF = {IdentifierScheme.DOI.value: "doi.org", IdentifierScheme.HANDLE.value: "hdl.handle.net"}
KIND_OF_MEDIA = {"audio": Kind.AUDIO, "video": Kind.VIDEO, "image": Kind.PICTURE}


def text_of(content: Any) -> str:
    """Plain text, a line a paragraph, out of text or HTML that may be escaped once too often. "" for what is no text."""
    if not isinstance(content, str):
        return ""
    if content.isprintable() and "&" not in content and "<" not in content:  # as nearly all of it is
        return " ".join(normalize("NFC", content).split())
    text = NOT_PRINTED.sub("", nfc(content))
    for _turn in range(2):
        if ENTITY.search(text) and not MARKUP.search(text):
            text = html.unescape(text)
    if MARKUP.search(text):
        text = html.unescape(nh3.clean(BREAK.sub("\n\n", text), tags=set()))
    return nfc(_without_blanks(text))


def line_of(content: Any) -> str:
    """As `text_of`, in one line."""
    return " ".join(text_of(content).split())


@lru_cache(maxsize=10_000)
def person(text: str) -> str:
    """ "Santos, Mílton, 1926-2001" -> "Mílton Santos"; "Nguyễn, Văn A" -> "Nguyễn Văn A"; a body stays as it is."""
    name = line_of(text)
    name = (LIFE.sub("", name) if name[-1:] in ENDS_OF_LIFE else name).strip(" ;,")
    family, comma, given = name.partition(", ")
    if comma and "," not in given and len(family.split()) <= 2 and len(given.split()) <= 4:
        vietnamese = fold(family) in FAMILY_NAMES_OF_VIETNAM or language_of(name) == Language.VIETNAMESE
        return f"{family} {given}" if vietnamese else natural_order(name)
    return name


def titles(title: str, others: Iterable[str] = ()) -> dict[str, str]:
    """`title` and `alternative_titles`; a title that is too long is cut between two words, the whole is an alternative."""
    more = [each for each in dict.fromkeys(others) if each and each != title]
    if len(title) > LONGEST_TITLE:
        more.insert(0, title)
        title = title[: LONGEST_TITLE - 2].rpartition(" ")[0].rstrip(" ,;:.-") + " …"
    return filled({"title": title, "alternative_titles": "\n".join(more)})


def creators(names: Iterable[tuple[str, ContributorRole]]) -> list[list[str]]:
    """[[name, role]], each once."""
    found = ((name[:LONGEST_NAME].strip(), role.value) for name, role in names if name.strip())
    return [list(each) for each in dict.fromkeys(found)]


def languages(tags: Iterable[str], title: str) -> dict[str, Any]:
    """`language` and `other_languages` by tags or names. A language that the library has no name for is "und"; where
    nothing is said the letters of the title may tell Vietnamese, else nothing is said here either."""
    said = [each for each in tags if each.strip()]
    known = list(dict.fromkeys(found.value for each in said if (found := language_named(each))))
    known = [code for code in known if code != Language.UNDETERMINED] or known
    if known:
        return filled({"language": known[0], "other_languages": known[1:]})
    by_letters = language_of(title)
    if said or by_letters != Language.UNDETERMINED:
        return {"language": by_letters.value}
    return {}


def rights(said: Iterable[str]) -> tuple[str, str]:
    """The licence that is named, by its address or its usual name, "" when none is; and what else is said of rights."""
    licence, notes = "", []
    for text in filter(None, map(line_of, said)):
        code = _licence_in(text)
        if code and code != UNKNOWN and licence in ("", code):
            licence = code
            if text.count(" ") == 0 or licence_named(text):
                continue
        notes.append(text)
    return licence, " · ".join(dict.fromkeys(notes))


@lru_cache(maxsize=1000)
def _licence_in(text: str) -> str:
    addresses = [licence_of_address(word.strip("()<>,;.")) for word in text.split() if "://" in word]
    return next(filter(None, addresses), "") or licence_named(text) or ""


def numbers(texts: Iterable[str]) -> list[list[str]]:
    """ISBN, ISSN, DOI and Handle among identifiers of any kind: "urn:isbn:...", "ISBN 978...", "https://doi.org/10...".
    What is none of them identifies nothing in the world, and is left out."""
    found = []
    for text in texts:
        text = text.strip()
        prefix = URN.match(text)
        scheme = SCHEMES[prefix[1].lower()] if prefix else RESOLVERS.get(_host(text))
        bare = URN.sub("", text)
        guesses = [scheme] if scheme else [IdentifierScheme.ISBN] if _may_be_isbn(bare) else []
        if bare.startswith("10."):
            guesses.append(IdentifierScheme.DOI)
        for guess in guesses:
            try:
                found.append((guess.value, normal_identifier(guess, bare)))
                break
            except ValueError:
                continue
    return [list(each) for each in dict.fromkeys(found)]


def links(texts: Iterable[str]) -> list[str]:
    """The addresses among identifiers of any kind; where there is none, those that resolve the numbers among them."""
    texts = [each.strip() for each in texts]
    found = addresses(each for each in texts if each[:4].lower() == "http")
    if found:
        return found
    resolved = ((RESOLVER_OF.get(scheme), number) for scheme, number in numbers(texts))
    return addresses(f"https://{host}/{number}" for host, number in resolved if host)


def addresses(urls: Iterable[str], base: str = "") -> list[str]:
    """Addresses of the web, whole and each once; what is none is left out."""
    found = []
    for url in urls:
        try:
            whole = urljoin(base, url.strip()) if base else url.strip()
            if not PLAIN_ADDRESS.fullmatch(whole):
                WEB_ADDRESS(whole)
        except (ValidationError, ValueError):
            continue
        if len(whole) <= LONGEST_ADDRESS:
            found.append(whole)
    return list(dict.fromkeys(found))


def kind_of_media(types: Iterable[str]) -> str:
    """By media types, the first that tells: "audio/mpeg" -> "audio"."""
    mains = (each.strip().lower().partition("/")[0] for each in types)
    return next((KIND_OF_MEDIA[each].value for each in mains if each in KIND_OF_MEDIA), "")


def words(texts: Iterable[str]) -> list[str]:
    """What something is about, in the words of the source, each once whatever its case."""
    found: dict[str, str] = {}
    for text in map(line_of, texts):
        if text:
            found.setdefault(text.casefold(), text)
    return list(found.values())


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not said."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def as_list(value: Any) -> Sequence[Any]:
    """JSON of the wild has one value where a list is meant."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _without_blanks(text: str) -> str:
    """A line a paragraph: where a file only breaks its lines none ends."""
    if "\n" not in text:
        return " ".join(text.split())
    return "\n".join(filter(None, (" ".join(each.split()) for each in PARAGRAPH.split(text))))


def _host(text: str) -> str:
    try:
        return (urlsplit(text).hostname or "") if RESOLVER.search(text) else ""
    except ValueError:
        return ""


def _may_be_isbn(text: str) -> bool:
    digits = text.replace("-", "").replace(" ", "")
    return (
        len(digits) in (10, 13) and digits[:-1].isdigit() and (len(digits) == 10 or digits.startswith("97"))
    )
