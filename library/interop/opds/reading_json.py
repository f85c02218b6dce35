"""OPDS 2.0: a catalogue as JSON. Pure."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ...enums import ContributorRole
from .. import plain_values as plain
from ..atom_parts import Link, whole_address
from ..page import Found
from .publication import Publication, found
from .reading import CRAWLABLE, LISTS, NEXT, Catalogue, NotACatalogue

ROLES = {
    "author": ContributorRole.AUTHOR,
    "translator": ContributorRole.TRANSLATOR,
    "editor": ContributorRole.EDITOR,
    "illustrator": ContributorRole.ILLUSTRATOR,
    "artist": ContributorRole.ILLUSTRATOR,
    "penciler": ContributorRole.ILLUSTRATOR,
    "inker": ContributorRole.ILLUSTRATOR,
    "narrator": ContributorRole.CONTRIBUTOR,
    "contributor": ContributorRole.CONTRIBUTOR,
}
PARTS = ("publications", "navigation", "groups", "catalogs")
AUDIENCE = "http://schema.org/audience"


def read(document: Any, url: str) -> Catalogue:
    """`url`: where the answer came from. Raises NotACatalogue."""
    if not isinstance(document, Mapping) or not any(part in document for part in PARTS):
        raise NotACatalogue(_("The answer is JSON, but not a catalogue (OPDS)."))
    metadata = _mapping(document.get("metadata"))
    by_rel: dict[str, str] = {}
    for link in _links(document, url):
        by_rel.setdefault(link.rel, link.href)
    records, lists = list(_records(document, url)), list(_lists(document, url))
    for group in plain.as_list(document.get("groups")):
        group = _mapping(group)
        records += _records(group, url)
        lists += _lists(group, url)
        lists += [each.href for each in _links(group, url) if each.rel == "self"]
    if not records and not lists:
        lists = [by_rel[rel] for rel in LISTS if rel in by_rel]
    total = metadata.get("numberOfItems")
    return Catalogue(
        _words(metadata.get("title")),
        records,
        by_rel.get(NEXT, ""),
        list(dict.fromkeys(lists)),
        by_rel.get(CRAWLABLE, ""),
        total if isinstance(total, int) else None,
    )


def _records(holder: Mapping[str, Any], url: str) -> Iterator[Found]:
    for each in plain.as_list(holder.get("publications")):
        raw = json.dumps(each, ensure_ascii=False).encode("utf-8", "surrogatepass")
        if not isinstance(each, Mapping) or not isinstance(each.get("metadata"), Mapping):
            yield Found("", raw=raw, format="opds2", problem=_("It has no description (metadata)."))
            continue
        yield found(_publication(each, raw, url))


def _lists(holder: Mapping[str, Any], url: str) -> Iterator[str]:
    for each in plain.as_list(holder.get("navigation")):
        yield from (link.href for link in _links({"links": [each]}, url))
    for each in plain.as_list(holder.get("catalogs")):
        yield from (link.href for link in _links(_mapping(each), url) if link.rel in LISTS)


def _publication(publication: Mapping[str, Any], raw: bytes, url: str) -> Publication:
    metadata, links = publication["metadata"], list(_links(publication, url))
    seconds = metadata.get("duration")
    pages = metadata.get("numberOfPages")
    subjects = [each for each in plain.as_list(metadata.get("subject")) if not _is_audience(each)]
    return Publication(
        identifier=_words(metadata.get("identifier")),
        title=_words(metadata.get("title")),
        subtitle=_words(metadata.get("subtitle")),
        raw=raw,
        format="opds2",
        updated=_words(metadata.get("modified")),
        people=[
            (_name(person), _role(person, role))
            for name, role in ROLES.items()
            for person in plain.as_list(metadata.get(name))
        ],
        publisher=next(filter(None, map(_name, plain.as_list(metadata.get("publisher")))), ""),
        published=_words(metadata.get("published")),
        languages=[each for each in plain.as_list(metadata.get("language")) if isinstance(each, str)],
        summary=plain.text_of(_in_one_language(metadata.get("description"))),
        subjects=[_name(each) for each in subjects],
        numbers=[
            _words(each.get("value") if isinstance(each, Mapping) else each)
            for each in plain.as_list(metadata.get("altIdentifier"))
        ],
        rights=[
            *(_words(each) for each in plain.as_list(metadata.get("rights"))),
            *(_words(each) for each in plain.as_list(metadata.get("license"))),
            *(each.href for each in links if each.rel == "license" and "lcp" not in each.type),
        ],
        kind=next((each for each in plain.as_list(metadata.get("@type")) if isinstance(each, str)), ""),
        pages=pages if isinstance(pages, int) else None,
        minutes=round(seconds / 60) if isinstance(seconds, int | float) and 0 < seconds < 10**9 else None,
        links=links,
    )


def _links(holder: Mapping[str, Any], base: str) -> Iterator[Link]:
    """A link may have several relations."""
    for each in plain.as_list(holder.get("links")):
        each = _mapping(each)
        href = each.get("href")
        whole = whole_address(base, href) if isinstance(href, str) else ""
        if not whole:
            continue
        rels = [rel for rel in plain.as_list(each.get("rel")) if isinstance(rel, str)] or [""]
        media = each.get("type")
        yield from (Link(rel, whole, media if isinstance(media, str) else "") for rel in rels)


def _is_audience(subject: Any) -> bool:
    return isinstance(subject, Mapping) and subject.get("scheme") == AUDIENCE


def _name(value: Any) -> str:
    """A person, body or subject: a string, or an object with a name in one or several languages."""
    return _words(value.get("name", value) if isinstance(value, Mapping) else value)


def _role(person: Any, role: ContributorRole) -> ContributorRole:
    said = {_words(each) for each in plain.as_list(_mapping(person).get("role"))}
    return next((ROLES[each] for each in ROLES if each in said), role)


def _words(value: Any) -> str:
    return plain.line_of(_in_one_language(value))


def _in_one_language(value: Any) -> Any:
    """{"vi": "...", "en": "..."} -> the Vietnamese, else the first."""
    if not isinstance(value, Mapping):
        return value
    return next((value[each] for each in ("vi", "vie") if each in value), next(iter(value.values()), ""))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
