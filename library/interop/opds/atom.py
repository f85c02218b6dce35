"""A catalogue as OPDS 1.2: Atom (RFC 4287) with the links of https://specs.opds.io/opds-1.2. Pure."""

import datetime
from collections.abc import Iterable, Mapping

from lxml import etree

from ..moments import utc
from ..xml_text import fit_for_xml
from .catalogue import Acquisition, Catalogue, Choices, Door, Feed, FeedKind, Publication, Term
from .media_types import ENTRY, HTML, OPDS2, SEARCH, atom_of
from .relations import ACQUISITION, CRAWLABLE, OPEN_ACCESS

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/terms/"
OPDS = "http://opds-spec.org/2010/catalog"
THREADS = "http://purl.org/syndication/thread/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {None: ATOM, "dc": DC, "opds": OPDS, "thr": THREADS, "fh": HISTORY, "opensearch": OPENSEARCH}

IMAGE = "http://opds-spec.org/image"
FACET = "http://opds-spec.org/facet"
PICTURE_TYPES = ("image/jpeg", "image/png", "image/gif")  # no others may stand here (OPDS 1.2, 5.2.2)
LONGEST_SHORT_NAME, LONGEST_NAME = 16, 48  # OpenSearch 1.1


def write_feed(feed: Feed, catalogue: Catalogue) -> bytes:
    """An OPDS Catalog Feed Document. Its publications are written partly, but those of a `whole` feed (OPDS 1.2, 2.4)."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=NAMESPACES)
    root.set(f"{{{XML}}}lang", catalogue.language)
    _head(root, feed, catalogue)
    _feed_links(root, feed, catalogue)
    _facets(root, feed.facets)
    for door in feed.doors:
        _door(root, door, feed.updated)
    for publication in feed.publications:
        _entry(etree.SubElement(root, f"{{{ATOM}}}entry"), publication, whole=feed.whole)
    return _bytes(root)


def write_entry(publication: Publication, catalogue: Catalogue) -> bytes:
    """An OPDS Catalog Entry Document, complete."""
    root = etree.Element(f"{{{ATOM}}}entry", nsmap=NAMESPACES)
    root.set(f"{{{XML}}}lang", catalogue.language)
    _entry(root, publication, whole=True)
    if not any(person.role == "author" for person in publication.people):
        _person(root, "author", catalogue.author, catalogue.site)  # RFC 4287, 4.1.2: an entry alone has one
    _link(root, "start", catalogue.start, atom_of(FeedKind.NAVIGATION))
    return _bytes(root)


def write_search_description(
    catalogue: Catalogue, name: str, templates: Mapping[str, str], description: str
) -> bytes:
    """OpenSearch 1.1. `name`: at most 16 letters; `templates`: {media type: address with {searchTerms}}."""
    root = etree.Element(f"{{{OPENSEARCH}}}OpenSearchDescription", nsmap={None: OPENSEARCH})
    for element, text in (
        ("ShortName", name[:LONGEST_SHORT_NAME].strip()),
        ("LongName", catalogue.title[:LONGEST_NAME].strip()),
        ("Description", description),
    ):
        _text(root, OPENSEARCH, element, text)
    for media_type, template in templates.items():
        etree.SubElement(root, f"{{{OPENSEARCH}}}Url", type=media_type, template=template)
    for name, text in (
        ("Language", catalogue.language),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
    ):
        _text(root, OPENSEARCH, name, text)
    return _bytes(root)


def _head(root, feed: Feed, catalogue: Catalogue) -> None:
    _atom(root, "id", feed.id)
    _atom(root, "title", feed.title)
    _atom(root, "updated", utc(feed.updated))
    if feed.summary:
        _atom(root, "subtitle", feed.summary)
    _person(root, "author", catalogue.author, catalogue.site)
    if feed.complete:
        etree.SubElement(root, f"{{{HISTORY}}}complete")
    paging = feed.paging
    first = (paging.page - 1) * paging.per_page + 1 if paging.page and paging.per_page else None
    for name, number in (
        ("totalResults", paging.total),
        ("startIndex", first),
        ("itemsPerPage", paging.per_page),
    ):
        if number is not None:
            _text(root, OPENSEARCH, name, str(number))


def _feed_links(root, feed: Feed, catalogue: Catalogue) -> None:
    navigation, own = atom_of(FeedKind.NAVIGATION), atom_of(feed.kind)
    paging = feed.paging
    links = [
        ("self", feed.href, own),
        ("start", catalogue.start, navigation),
        ("up", feed.up, navigation),
        ("search", catalogue.search, SEARCH),
        (CRAWLABLE, catalogue.crawlable, atom_of(FeedKind.ACQUISITION)),
        ("alternate", feed.other, OPDS2),
        *(
            (name, address, own)
            for name, address in (
                ("first", paging.first),
                ("previous", paging.previous),
                ("next", paging.next),
                ("last", paging.last),
            )
        ),
    ]
    for relation, address, media_type in links:
        if address:
            _link(root, relation, address, media_type)


def _facets(root, groups: Iterable[Choices]) -> None:
    for group in groups:
        for choice in group.choices:
            link = _link(root, FACET, choice.href, atom_of(FeedKind.ACQUISITION), choice.title)
            link.set(f"{{{OPDS}}}facetGroup", fit_for_xml(group.title))
            if choice.active:
                link.set(f"{{{OPDS}}}activeFacet", "true")
            if choice.count is not None:
                link.set(f"{{{THREADS}}}count", str(choice.count))


def _door(root, door: Door, updated: datetime.datetime) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    _atom(entry, "id", door.href)
    _atom(entry, "title", door.title)
    _atom(entry, "updated", utc(updated))
    if door.summary:
        _atom(entry, "content", door.summary, type="text")
    link = _link(entry, door.relation, door.href, atom_of(door.kind), door.title)
    if door.count is not None:
        link.set(f"{{{THREADS}}}count", str(door.count))


def _entry(entry, publication: Publication, *, whole: bool) -> None:
    """Into the element `entry`. What is not `whole` leaves out the long text (OPDS 1.2, 5.1.3)."""
    _atom(entry, "id", publication.id)
    title = _atom(entry, "title", publication.title)
    if publication.languages:
        title.set(f"{{{XML}}}lang", publication.languages[0])
    _atom(entry, "updated", utc(publication.updated))
    if publication.published:
        _atom(entry, "published", utc(publication.published))
    for person in publication.people:
        _person(entry, "author" if person.role == "author" else "contributor", person.name)
    _dublin_core(entry, publication)
    for term in publication.terms:
        _category(entry, term)
    if publication.rights:
        _atom(entry, "rights", publication.rights)
    if summary := publication.summary or " · ".join(publication.details):
        _atom(entry, "summary", summary, type="text")
    if whole and publication.summary and publication.details:
        _atom(entry, "content", "\n\n".join([publication.summary, *publication.details]), type="text")
    _entry_links(entry, publication, whole=whole)


def _dublin_core(entry, publication: Publication) -> None:
    values = [
        *(("language", tag) for tag in publication.languages),
        ("publisher", publication.publisher),
        ("issued", f"{publication.year:04d}" if publication.year else ""),
        *(("identifier", urn) for urn in publication.identifiers),
        ("extent", str(publication.page_count) if publication.page_count else ""),
    ]
    for name, value in values:
        if value:
            _text(entry, DC, name, value)


def _category(entry, term: Term) -> None:
    category = etree.SubElement(entry, f"{{{ATOM}}}category", term=fit_for_xml(term.code or term.label))
    if term.scheme:
        category.set("scheme", term.scheme)
    category.set("label", fit_for_xml(term.label))


def _entry_links(entry, publication: Publication, *, whole: bool) -> None:
    for way in publication.acquisitions:
        _acquisition(entry, way)
    if picture := next((one for one in publication.pictures if one.media_type in PICTURE_TYPES), None):
        _link(entry, IMAGE, picture.href, picture.media_type)
        _link(entry, f"{IMAGE}/thumbnail", picture.href, picture.media_type)
    # No links `collection` to its subjects: reading apps (Thorium) then tear a list into groups by them.
    # RFC 4287, 4.1.2: of alternate links with the same type and language there is one
    _link(entry, "self" if whole else "alternate", publication.href, ENTRY)
    _link(entry, "alternate", publication.page, HTML)
    if publication.licence:
        _link(entry, "license", publication.licence)


def _acquisition(entry, way: Acquisition) -> None:
    relation = OPEN_ACCESS if way.open_access else ACQUISITION
    link = _link(entry, relation, way.href, way.media_type, way.title)
    if way.length:
        link.set("length", str(way.length))
    if way.language:
        link.set("hreflang", way.language)


def _link(parent, relation: str, address: str, media_type: str = "", title: str = ""):
    link = etree.SubElement(parent, f"{{{ATOM}}}link", rel=str(relation), href=address)
    if media_type:
        link.set("type", media_type)
    if title:
        link.set("title", fit_for_xml(title))
    return link


def _person(parent, element: str, name: str, address: str = "") -> None:
    person = etree.SubElement(parent, f"{{{ATOM}}}{element}")
    _atom(person, "name", name)
    if address:
        _atom(person, "uri", address)


def _atom(parent, name: str, text: str, **attributes: str):
    element = _text(parent, ATOM, name, text)
    for attribute, value in attributes.items():
        element.set(attribute, value)
    return element


def _text(parent, namespace: str, name: str, text: str):
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = fit_for_xml(text)
    return element


def _bytes(root) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
