"""What a feed says: RSS 2.0, RSS 1.0 (RDF) or Atom, told by its elements. Pure.

An item is a resource of the web: the page it leads to is where it is read, its enclosures are its files.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from django.utils.translation import gettext as _

from ...enums import ContributorRole
from ...statements import year_of
from .. import plain_values as plain
from ..atom_parts import all_text, base_of, children, links_of, people_of, summary_of, text_of, whole_address
from ..limits import LONGEST_NAME
from ..moments import moment_of
from ..page import Found
from ..wild_xml import local

ONWARD = ("next", "prev-archive")  # RFC 5005
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
LICENCES = ("license", "licence")
LANGUAGE_OF_TEXT = "{http://www.w3.org/XML/1998/namespace}lang"


class NotAFeed(ValueError):
    """`str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Feed:
    """`following`: an older page of it."""

    title: str
    records: Sequence[Found]
    following: str = ""
    kind: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class _Common:
    """What the feed says of all of its items."""

    base: str
    publisher: str
    language: str
    rights: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Item:
    identifier: str
    title: str
    summary: str
    people: Sequence[tuple[str, ContributorRole]]
    published: str
    changed: str
    page: str
    files: Sequence[tuple[str, str]]  # (address, media type)
    words: Sequence[str]
    languages: Sequence[str]
    rights: Sequence[str]
    numbers: Sequence[str]


def read(root: etree._Element, url: str) -> Feed:
    """`url`: where the answer came from. Raises NotAFeed."""
    name = local(root.tag)
    if name == "feed":
        return _atom(root, url)
    channel = next(children(root, "channel"), None)
    if name not in ("rss", "RDF") or channel is None:
        raise NotAFeed(_("The answer is XML, but neither RSS nor Atom."))
    return _rss(root, channel, url)


def _atom(root: etree._Element, url: str) -> Feed:
    base = base_of(root, url)
    title = plain.line_of(text_of(root, "title"))
    common = _Common(base, title, root.get(LANGUAGE_OF_TEXT, ""), [text_of(root, "rights")])
    by_rel = {each.rel: each.href for each in links_of(root, base)}
    return Feed(
        title,
        [_found(entry, _entry(entry, common), common) for entry in children(root, "entry")],
        next((by_rel[rel] for rel in ONWARD if rel in by_rel), ""),
        "Atom",
        plain.line_of(next((text_of(each, "email") for each in children(root, "author")), "")),
    )


def _rss(root: etree._Element, channel: etree._Element, url: str) -> Feed:
    """In RSS 1.0 the items stand beside the channel."""
    base = base_of(root, url)
    title = plain.line_of(text_of(channel, "title"))
    rights = [text_of(channel, "copyright"), text_of(channel, "rights"), *_licences(channel)]
    publisher = plain.line_of(text_of(channel, "publisher")) or title
    common = _Common(base, publisher, text_of(channel, "language"), rights)
    by_rel = {each.rel: each.href for each in links_of(channel, base)}
    contact = text_of(channel, "managingEditor") or text_of(channel, "webMaster")
    return Feed(
        title,
        [
            _found(item, _rss_item(item, common), common)
            for item in (*children(channel, "item"), *children(root, "item"))
        ],
        next((by_rel[rel] for rel in ONWARD if rel in by_rel), ""),
        "RSS 1.0" if local(root.tag) == "RDF" else "RSS",
        plain.line_of(contact),
    )


def _entry(entry: etree._Element, common: _Common) -> _Item:
    links = list(links_of(entry, base_of(entry, common.base)))
    return _Item(
        identifier=plain.line_of(text_of(entry, "id")),
        title=plain.line_of(text_of(entry, "title")),
        summary=summary_of(entry),
        people=[
            *people_of(entry, "author", ContributorRole.AUTHOR),
            *people_of(entry, "contributor", ContributorRole.CONTRIBUTOR),
        ],
        published=text_of(entry, "published") or text_of(entry, "updated"),
        changed=(text_of(entry, "updated") or text_of(entry, "published")).strip(),
        page=next((each.href for each in links if each.rel == "alternate"), ""),
        files=[(each.href, each.type) for each in links if each.rel == "enclosure"],
        words=[each.get("label") or each.get("term") or "" for each in children(entry, "category")],
        languages=[*map(all_text, children(entry, "language")), entry.get(LANGUAGE_OF_TEXT, "")],
        rights=[
            *map(all_text, children(entry, "rights")),
            *(each.href for each in links if each.rel == "license"),
        ],
        numbers=[*map(all_text, children(entry, "identifier"))],
    )


def _rss_item(item: etree._Element, common: _Common) -> _Item:
    base = base_of(item, common.base)
    page = whole_address(base, next((each.text for each in children(item, "link") if each.text), ""))
    page = page or next((each.href for each in links_of(item, base) if each.rel == "alternate"), "")
    guid = next(children(item, "guid"), None)
    permanent = guid is not None and guid.get("isPermaLink", "true").strip().lower() != "false"
    named = plain.line_of(guid.text) if guid is not None else item.get(RDF_ABOUT, "")
    if not page and permanent:
        page = next(iter(plain.addresses([named])), "")
    changed = text_of(item, "pubDate") or text_of(item, "date") or text_of(item, "modified")
    return _Item(
        identifier=named or page,
        title=plain.line_of(text_of(item, "title")),
        summary=_rss_summary(item),
        people=[(name, ContributorRole.AUTHOR) for name in _authors(item)],
        published=changed,
        changed=changed.strip(),
        page=page,
        files=list(_files(item, base)),
        words=[*map(all_text, children(item, "category")), *map(all_text, children(item, "subject"))],
        languages=[*map(all_text, children(item, "language"))],
        rights=[*map(all_text, children(item, "rights")), *_licences(item)],
        numbers=[*map(all_text, children(item, "identifier"))],
    )


def _rss_summary(item: etree._Element) -> str:
    """`content:encoded` holds the whole text where there is one; the description is what is meant to be shown."""
    described = plain.text_of(text_of(item, "description"))
    return described or plain.text_of(text_of(item, "encoded")) or plain.text_of(text_of(item, "summary"))


def _authors(item: etree._Element) -> Iterator[str]:
    """RSS wants an e-mail address with the name behind it: "toasoan@example.vn (Nguyễn Văn Mẫu)"; bare addresses are
    nobody's name."""
    named = [plain.line_of(all_text(each)) for each in children(item, "creator")]
    for text in named or (plain.line_of(all_text(each)) for each in children(item, "author")):
        name = text.partition("(")[2].rstrip(") ") if "@" in text else text
        if name:
            yield name


def _files(item: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    """Enclosures, and what Media RSS calls content, pictures of the page left out."""
    for each in children(item, "enclosure"):
        yield whole_address(base, each.get("url") or each.get(RDF_RESOURCE) or ""), each.get("type") or ""
    groups = [item, *children(item, "group")]
    for each in (content for group in groups for content in children(group, "content")):
        media = each.get("type") or each.get("medium") or ""
        if not media.startswith("image"):
            yield whole_address(base, each.get("url") or ""), media


def _licences(element: etree._Element) -> list[str]:
    return [
        each.get(RDF_RESOURCE) or each.get("href") or all_text(each)
        for name in LICENCES
        for each in children(element, name)
    ]


def _found(element: etree._Element, item: _Item, common: _Common) -> Found:
    told = {
        "identifier": item.identifier,
        "raw": etree.tostring(element, encoding="UTF-8", with_tail=False),
        "format": "feed",
        "datestamp": item.changed,
    }
    if not item.identifier:
        return Found(**told, problem=_("It has neither an identifier nor an address."))
    if not item.title:
        return Found(**told, problem=_("It has no title."))
    licence, note = plain.rights(item.rights)
    if not licence and not note:
        licence, note = plain.rights(common.rights)
    return Found(
        **told, values=_values(item, common, licence), subject_words=plain.words(item.words), rights_note=note
    )


def _values(item: _Item, common: _Common, licence: str) -> dict[str, Any]:
    moment = moment_of(item.published)
    files = [address for address, _media in item.files]
    return plain.filled(
        {
            **plain.titles(item.title),
            **plain.languages([each for each in item.languages if each] or [common.language], item.title),
            "creators": plain.creators(item.people),
            "publisher": common.publisher[:LONGEST_NAME],
            "year": year_of(str(moment.year)) if moment else None,
            "kind": plain.kind_of_media(media for _address, media in item.files),
            "licence": licence,
            "abstract": item.summary,
            "identifiers": plain.numbers([*item.numbers, item.identifier]),
            "links": plain.addresses([item.page, *files]),
        }
    )
