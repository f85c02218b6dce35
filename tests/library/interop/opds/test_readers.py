"""Programs that read catalogues find in ours what is there: our own harvester, and the parser of many readers of feeds."""

import io

import feedparser
import pytest

from library.interop.opds.harvest import OpdsReader
from library.interop.page import SourceSettings
from library.models import Resource
from tests.factories.library import ResourceFactory

from ..own_site import OwnSite

pytestmark = pytest.mark.django_db

HOST = "thu-vien.example"
TITLES = {"Kỹ thuật trồng ngô", "Nuôi bò mùa rét", "Ăn uống đủ chất", "Taol Hmôngz"}


@pytest.fixture
def harvest(settings):
    """harvest("/opds") -> (records, what was asked); nothing was odd in what was read."""
    settings.ALLOWED_HOSTS = [HOST]

    def read(path):
        fetcher = OwnSite()
        pages = list(OpdsReader(SourceSettings(f"http://{HOST}{path}"), fetcher).pages())
        assert fetcher.notes == []
        assert [note for page in pages for note in page.notes] == []
        return [record for page in pages for record in page.records], fetcher.asked

    return read


@pytest.mark.parametrize("path", ["/opds", "/opds/v2"])
def test_our_own_harvester_reads_every_publication_once_by_the_complete_feed(
    harvest, library, monkeypatch, path
):
    monkeypatch.setattr("library.domain.opds.crawling.PER_PAGE", 3)
    records, asked = harvest(path)
    assert [record.problem for record in records] == [""] * 4
    assert {record.values["title"] for record in records} == TITLES
    assert len({record.identifier for record in records}) == 4
    assert [address.partition("?")[0] for address in asked] == [
        f"http://{HOST}{each}" for each in (path, f"{path}/crawlable", f"{path}/crawlable")
    ]


@pytest.mark.parametrize("path", ["/opds", "/opds/v2"])
def test_what_we_say_of_a_publication_comes_back_as_it_was(harvest, library, path):
    records, _asked = harvest(path)
    found = next(each for each in records if each.values["title"] == "Kỹ thuật trồng ngô")
    number = Resource.objects.get(title="Kỹ thuật trồng ngô").pk
    assert found.identifier == f"http://localhost:8000/r/{number}"
    said = {
        name: found.values[name]
        for name in (
            "creators",
            "publisher",
            "year",
            "language",
            "kind",
            "licence",
            "identifiers",
            "source_url",
        )
    }
    assert said == {
        "creators": [["Lò Văn Mẫu", "author"], ["Nông Thị Mẫu", "author"]],
        "publisher": "Nhà xuất bản Mẫu",
        "year": 2019,
        "language": "vie",
        "kind": "book",
        "licence": "CC-BY-4.0",
        "identifiers": [["isbn", "9780306406157"]],
        "source_url": f"http://{HOST}/r/{number}",
    }
    assert "Nông nghiệp" in found.subject_words
    assert found.values["links"][0].startswith(f"http://{HOST}/r/{number}/tep/")


def test_a_hundred_publications_are_harvested_over_several_pages(harvest, db):
    ResourceFactory.create_batch(103, subjects=[])
    records, asked = harvest("/opds")
    assert len({record.identifier for record in records}) == 103
    assert len(asked) == 3


def test_a_parser_of_feeds_opens_it(client, library):
    for path in ("/opds", "/opds/hoc-lieu", "/opds/crawlable"):
        response = client.get(path)
        headers = {name.lower(): value for name, value in response.headers.items()}
        feed = feedparser.parse(io.BytesIO(response.content), response_headers=headers)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert all(entry.id and entry.title and entry.updated_parsed for entry in feed.entries)
    maize = next(entry for entry in feed.entries if entry.title == "Kỹ thuật trồng ngô")
    assert [each.name for each in maize.authors] == ["Lò Văn Mẫu", "Nông Thị Mẫu"]
    ways = [link for link in maize.links if link.rel == "http://opds-spec.org/acquisition/open-access"]
    assert [link.type for link in ways] == ["application/epub+zip"]
