"""The two writers, given plain values: no database, no site."""

import datetime
import json
from dataclasses import replace

from lxml import etree

from library.interop.opds import atom
from library.interop.opds import json as opds2
from library.interop.opds.catalogue import (
    Acquisition,
    Catalogue,
    Choice,
    Choices,
    Door,
    Feed,
    FeedKind,
    Paging,
    Person,
    Picture,
    Publication,
    Term,
)

from .conftest import NAMESPACES
from .schemas import assert_valid_atom, assert_valid_feed, assert_valid_publication

MOMENT = datetime.datetime(2026, 11, 26, 8, 30, 15, 999, datetime.timezone(datetime.timedelta(hours=7)))
CATALOGUE = Catalogue(
    title="Thư viện mẫu",
    start="https://mau.example/opds",
    author="Hội mẫu",
    site="https://mau.example/",
    search="https://mau.example/opds/tim",
    crawlable="https://mau.example/opds/crawlable",
    language="vi",
)
BOOK = Publication(
    id="https://mau.example/r/1",
    href="https://mau.example/opds/hoc-lieu/1",
    page="https://mau.example/r/1",
    title="Sách mẫu",
    updated=MOMENT,
    acquisitions=[
        Acquisition("https://mau.example/r/1/tep/2", "application/pdf", True, "Phần 1", 1024, "tyz")
    ],
)
LIST = Feed(
    id="https://mau.example/opds/hoc-lieu",
    title="Tất cả",
    updated=MOMENT,
    kind=FeedKind.ACQUISITION,
    href="https://mau.example/opds/hoc-lieu",
    publications=[BOOK],
)


def entry_of(publication):
    return assert_valid_atom(atom.write_entry(publication, CATALOGUE))


def test_the_least_that_is_known_makes_a_valid_entry_and_publication():
    entry_of(BOOK)
    alone = assert_valid_publication(opds2.write_publication(BOOK, CATALOGUE))
    assert set(alone["metadata"]) == {"identifier", "title", "modified"}
    assert "images" not in alone


def test_moments_are_told_in_utc_and_whole_seconds():
    assert entry_of(BOOK).findtext("{*}updated") == "2026-11-26T01:30:15Z"
    assert json.loads(opds2.write_feed(LIST, CATALOGUE))["metadata"]["modified"] == "2026-11-26T01:30:15Z"


def test_an_entry_alone_has_an_author_even_when_nobody_is_named():
    assert entry_of(BOOK).findtext("{*}author/{*}name") == "Hội mẫu"
    named = replace(BOOK, people=[Person("Lò Văn Mẫu"), Person("Nông Thị Mẫu", "translator")])
    entry = entry_of(named)
    assert [each.text for each in entry.findall("{*}author/{*}name")] == ["Lò Văn Mẫu"]
    assert [each.text for each in entry.findall("{*}contributor/{*}name")] == ["Nông Thị Mẫu"]
    metadata = json.loads(opds2.write_publication(named, CATALOGUE))["metadata"]
    assert metadata["translator"] == [{"name": "Nông Thị Mẫu"}]


def test_a_way_tells_its_weight_and_its_language():
    (link,) = entry_of(BOOK).xpath(
        "atom:link[starts-with(@rel, 'http://opds-spec.org/')]", namespaces=NAMESPACES
    )
    assert dict(link.attrib) == {
        "rel": "http://opds-spec.org/acquisition/open-access",
        "href": "https://mau.example/r/1/tep/2",
        "type": "application/pdf",
        "title": "Phần 1",
        "length": "1024",
        "hreflang": "tyz",
    }
    way = json.loads(opds2.write_publication(BOOK, CATALOGUE))["links"][1]
    assert (way["size"], way["language"]) == (1024, "tyz")


def test_a_picture_that_opds_1_does_not_know_is_left_out_of_it():
    webp, gif = (
        Picture("https://mau.example/a.webp", "image/webp"),
        Picture("https://mau.example/a.gif", "image/gif"),
    )
    for pictures, expected in (([webp], []), ([webp, gif], ["https://mau.example/a.gif"] * 2)):
        entry = entry_of(replace(BOOK, pictures=pictures))
        found = entry.xpath("atom:link[contains(@rel, 'image')]/@href", namespaces=NAMESPACES)
        assert found == expected
        images = json.loads(opds2.write_publication(replace(BOOK, pictures=pictures), CATALOGUE))["images"]
        assert len(images) == len(pictures)


def test_every_text_is_escaped_and_freed_of_what_xml_forbids():
    odd = 'Tên <b>&amp;</b> "lạ" \x00\x08\ufffe'
    wild = replace(
        BOOK,
        title=odd,
        summary=odd,
        details=[odd],
        publisher=odd,
        rights=odd,
        people=[Person(odd)],
        terms=[Term(odd, odd), Term(odd)],
    )
    feed = replace(
        LIST, title=odd, publications=[wild], facets=[Choices(odd, [Choice(odd, LIST.href, True, 3)])]
    )
    tree = assert_valid_atom(atom.write_feed(feed, CATALOGUE))
    assert tree.findtext("{*}title") == 'Tên <b>&amp;</b> "lạ" '
    assert assert_valid_feed(opds2.write_feed(feed, CATALOGUE))["metadata"]["title"] == odd


def test_the_first_of_several_pages_says_from_which_number_it_counts():
    paged = replace(
        LIST, paging=Paging(total=95, per_page=30, page=2, next="https://mau.example/opds/hoc-lieu?page=3")
    )
    tree = assert_valid_atom(atom.write_feed(paged, CATALOGUE))
    counts = [
        tree.findtext(f"{{{NAMESPACES['os']}}}{name}")
        for name in ("totalResults", "startIndex", "itemsPerPage")
    ]
    assert counts == ["95", "31", "30"]


def test_a_navigation_feed_of_each_version():
    doors = [
        Door(
            "Nông nghiệp",
            "https://mau.example/opds/chu-de/nong-nghiep",
            FeedKind.NAVIGATION,
            "Rộng",
            count=12,
        )
    ]
    feed = replace(LIST, kind=FeedKind.NAVIGATION, publications=[], doors=doors)
    tree = assert_valid_atom(atom.write_feed(feed, CATALOGUE))
    assert tree.findtext("{*}entry/{*}content") == "Rộng"
    (link,) = assert_valid_feed(opds2.write_feed(feed, CATALOGUE))["navigation"]
    assert link["properties"] == {"numberOfItems": 12}


def test_no_entity_and_no_document_type_is_written():
    content = atom.write_feed(LIST, CATALOGUE)
    assert b"<!DOCTYPE" not in content
    assert etree.fromstring(content).getroottree().docinfo.encoding == "utf-8"
