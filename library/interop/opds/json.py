"""A catalogue as OPDS 2.0 (https://specs.opds.io/opds-2.0): JSON in the model of the Readium Web Publication Manifest. Pure."""

import json
from typing import Any

from ..moments import utc
from .catalogue import Acquisition, Catalogue, Choices, Door, Feed, Group, Publication, Term
from .media_types import ATOM, HTML, OPDS2, PUBLICATION
from .relations import ACQUISITION, CRAWLABLE, OPEN_ACCESS

SCHEMA = "http://schema.org/"
BLANK = (None, "", [], {})


def write_feed(feed: Feed, catalogue: Catalogue) -> bytes:
    """An OPDS 2.0 feed. One in which nothing is found leads back to the start: a feed without any collection is none."""
    doors, groups = list(map(_door, feed.doors)), list(map(_group, feed.groups))
    publications = list(map(_publication, feed.publications))
    if not (doors or groups or publications):
        doors = [_link(catalogue.start, OPDS2, "start", catalogue.title)]
    return _bytes(
        {
            "metadata": _feed_metadata(feed),
            "links": _feed_links(feed, catalogue),
            "facets": list(map(_facet, feed.facets)),
            "navigation": doors,
            "publications": publications,
            "groups": groups,
        }
    )


def write_publication(publication: Publication, catalogue: Catalogue) -> bytes:
    """An OPDS Publication by itself."""
    written = _publication(publication)
    written["links"].append(_link(catalogue.start, OPDS2, "start", catalogue.title))
    return _bytes(written)


def _feed_metadata(feed: Feed) -> dict[str, Any]:
    return {
        "identifier": feed.id,
        "title": feed.title,
        "subtitle": feed.summary,
        "modified": utc(feed.updated),
        "numberOfItems": feed.paging.total,
        "itemsPerPage": feed.paging.per_page,
        "currentPage": feed.paging.page,
    }


def _feed_links(feed: Feed, catalogue: Catalogue) -> list[dict[str, Any]]:
    paging = feed.paging
    links = [
        (feed.href, OPDS2, "self"),
        (catalogue.start, OPDS2, "start"),
        (feed.up, OPDS2, "up"),
        (paging.first, OPDS2, "first"),
        (paging.previous, OPDS2, "previous"),
        (paging.next, OPDS2, "next"),
        (paging.last, OPDS2, "last"),
        (catalogue.crawlable, OPDS2, CRAWLABLE),
        (feed.other, f"{ATOM};kind={feed.kind}", "alternate"),
    ]
    search = _link(catalogue.search, OPDS2, "search") | {"templated": True}
    return [*(_link(*each) for each in links if each[0]), search]


def _door(door: Door) -> dict[str, Any]:
    return _link(door.href, OPDS2, str(door.relation), door.title) | _number(door.count)


def _facet(group: Choices) -> dict[str, Any]:
    links = [
        _link(each.href, OPDS2, "self" if each.active else "", each.title) | _number(each.count)
        for each in group.choices
    ]
    return {"metadata": {"title": group.title}, "links": links}


def _number(count: int | None) -> dict[str, Any]:
    return {"properties": {"numberOfItems": count}}


def _group(group: Group) -> dict[str, Any]:
    return {
        "metadata": {"title": group.title, "numberOfItems": group.total},
        "links": [_link(group.href, OPDS2, "self")],
        "publications": list(map(_publication, group.publications)),
    }


def _publication(publication: Publication) -> dict[str, Any]:
    links = [
        _link(publication.href, PUBLICATION, "self"),
        *map(_acquisition, publication.acquisitions),
        _link(publication.page, HTML, "alternate"),
        *([_link(publication.licence, "", "license")] if publication.licence else []),
    ]
    return {
        "metadata": _metadata(publication),
        "links": links,
        "images": [_link(each.href, each.media_type) for each in publication.pictures],
    }


def _metadata(publication: Publication) -> dict[str, Any]:
    return {
        "@type": f"{SCHEMA}{publication.type}" if publication.type else "",
        "identifier": publication.id,
        "altIdentifier": list(publication.identifiers),
        "title": publication.title,
        "modified": utc(publication.updated),
        # The schema asks for a whole date; of a book the year is known.
        "published": f"{publication.year:04d}-01-01" if publication.year else "",
        "language": list(publication.languages),
        **_people(publication),
        "publisher": {"name": publication.publisher} if publication.publisher else None,
        "description": "\n\n".join(filter(None, [publication.summary, *publication.details])),
        "rights": publication.rights,
        "subject": list(map(_subject, publication.terms)),
        "numberOfPages": publication.page_count,
        "duration": publication.seconds,
    }


def _people(publication: Publication) -> dict[str, list[dict[str, str]]]:
    named: dict[str, list[dict[str, str]]] = {}
    for person in publication.people:
        named.setdefault(person.role, []).append({"name": person.name})
    return named


def _subject(term: Term) -> dict[str, Any]:
    links = [_link(term.href, OPDS2)] if term.href else []
    return {"name": term.label, "code": term.code, "scheme": term.scheme, "links": links}


def _acquisition(way: Acquisition) -> dict[str, Any]:
    relation = OPEN_ACCESS if way.open_access else ACQUISITION
    return _link(way.href, way.media_type, relation, way.title) | {
        "language": way.language,
        "size": way.length,
    }


def _link(href: str, media_type: str, relation: str = "", title: str = "") -> dict[str, Any]:
    return {"rel": relation, "href": href, "type": media_type, "title": title}


def _bytes(data: dict[str, Any]) -> bytes:
    return json.dumps(_filled(data), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _filled(data: Any) -> Any:
    """Without blank values (OPDS 2.0, 5.2)."""
    if isinstance(data, dict):
        named = ((name, _filled(value)) for name, value in data.items())
        return {name: value for name, value in named if value not in BLANK}
    if isinstance(data, list):
        return [value for value in map(_filled, data) if value not in BLANK]
    return data
