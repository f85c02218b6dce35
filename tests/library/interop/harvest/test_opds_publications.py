"""What the publications of catalogues (OPDS 1.2 and 2.0) say, and what cannot be read of them."""

import json

import pytest

from library.interop.opds.harvest import OpdsReader
from tests.library.samples import sample

from .sites import Site, harvested

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("opds/gutenberg_content_server.opds", 76),
        ("opds/nypl_facets.xml", 1),
        ("opds/spec_acquisition_opds1.opds", 2),
        ("opds/palace_opds2_feed.json", 3),
        ("opds/readium_opds2_feed.json", 5),
    ],
)
def test_every_publication_of_a_real_catalogue_is_offered(name, count):
    content = sample(name).replace(b'rel="next"', b'rel="later"')
    come = harvested(OpdsReader, Site({"/opds": content}), "/opds")
    assert len(come.found) == count
    assert not come.failed
    assert all(each.raw and each.identifier and each.values["title"] for each in come.found)
    assert come.pages[-1].next is None


def test_what_the_catalogue_of_the_specification_says_becomes_values():
    come = harvested(OpdsReader, Site({"/opds": sample("opds/spec_acquisition_opds1.opds")}), "/opds")
    first, second = come.found
    assert first.values["creators"] == [["Bob the Recursive", "author"]]
    assert (first.values["language"], first.values["year"], first.values["kind"]) == ("eng", 1917, "book")
    assert [each.rpartition("/")[2] for each in first.values["links"]] == ["4561.epub", "4561.mobi"]
    assert first.subject_words == ["FICTION / Men's Adventure"]
    # what is for sale is no copy to read: it is only where the book was found
    assert "links" not in second.values
    assert second.values["source_url"].endswith("/content/buy/11241.epub")
    assert second.rights_note == "Copyright (c) 2009, Stampy McGee"


def test_what_a_catalogue_in_json_says_becomes_values():
    come = harvested(OpdsReader, Site({"/opds": sample("opds/palace_opds2_feed.json")}), "/opds")
    heard, borrowed, signed = come.found
    assert heard.format == "opds2"
    assert (heard.values["kind"], heard.values["duration_minutes"]) == ("audio", 2)
    assert heard.values["identifiers"] == [["isbn", "9783161484100"]]
    assert [name for name, _role in borrowed.values["creators"]] == ["Mark Twain", "Samuel Langhorne Clemens"]
    assert "links" not in borrowed.values
    assert all("{" not in each for each in signed.values["links"])


def test_what_cannot_be_read_of_a_publication_is_offered_and_failed():
    site = Site(
        {
            "/opds": json.dumps(
                {
                    "publications": [
                        "một chuỗi",
                        {"metadata": {"identifier": "urn:1"}},
                        {"metadata": {"title": "Không số"}},
                        {"links": []},
                        {
                            "metadata": {
                                "title": ["sai"],
                                "identifier": {"x": 1},
                                "author": [None, 7, {"name": []}],
                            }
                        },
                        {
                            "metadata": {
                                "title": "Tốt",
                                "identifier": "urn:2",
                                "duration": "x",
                                "numberOfPages": "y",
                            }
                        },
                    ]
                }
            )
        }
    )
    come = harvested(OpdsReader, site, "/opds")
    assert len(come.found) == 6
    assert come.titles == ["Tốt"]
    assert all(each.raw for each in come.failed)
