"""What our own doors offer, read by our own readers: nothing is lost on the way out and in again."""

import pytest

from library.enums import Kind, Visibility
from library.interop.opds.harvest import OpdsReader
from library.interop.page import SourceSettings
from library.interop.sru.harvest import SruReader
from library.interop.websites.harvest import SitemapReader
from tests.factories.library import ResourceFactory, SubjectFactory

from ..own_site import BASE, OwnSite
from .conftest import Harvested

pytestmark = pytest.mark.django_db


@pytest.fixture
def resources(indexed):
    """Seven that everybody sees, and one that is for officers."""
    subject = SubjectFactory(name="Trồng trọt")
    made = [
        ResourceFactory(
            title=f"Trồng ngô {number} & đậu",
            subjects=[subject],
            creators=["Nguyễn Văn Mẫu"],
            kind=Kind.VIDEO if number == 3 else Kind.BOOK,
            link=f"https://vi-du.example/tep/{number}.epub",
            licence="CC-BY-4.0",
            year=2019,
        )
        for number in range(7)
    ]
    ResourceFactory(title="Chỉ cho cán bộ", visibility=Visibility.OFFICERS)
    indexed()
    return made


@pytest.mark.parametrize("path", ["/opds", "/opds/v2"])
def test_our_catalogue_comes_back_whole(resources, path):
    fetcher = OwnSite()
    come = Harvested(OpdsReader(SourceSettings(BASE + path), fetcher).pages())
    assert not come.failed
    assert sorted(come.titles) == sorted(each.title for each in resources)
    assert len({each.identifier for each in come.found}) == len(resources)
    for each in come.found:
        assert each.values["creators"] == [["Nguyễn Văn Mẫu", "author"]]
        assert (each.values["language"], each.values["year"]) == ("vie", 2019)
        assert each.values["licence"] == "CC-BY-4.0"
        assert any(url.startswith("https://vi-du.example/tep/") for url in each.values["links"])
        assert "Trồng trọt" in each.subject_words
    assert any("crawlable" in each for each in fetcher.asked)


def test_our_website_comes_back_by_its_sitemap(resources):
    come = Harvested(SitemapReader(SourceSettings(f"{BASE}/sitemap.xml"), OwnSite()).pages())
    assert sorted(come.titles) == sorted(each.title for each in resources)
    for each in (each for each in come.found if each.values):
        assert each.values["creators"] == [["Nguyễn Văn Mẫu", "author"]]
        assert (each.values["language"], each.values["year"], each.values["licence"]) == (
            "vie",
            2019,
            "CC-BY-4.0",
        )
        assert each.values["kind"] == ("video" if " 3 " in each.values["title"] else "book")
        assert "Trồng trọt" in each.subject_words
    assert all("does not describe" in each.problem or "không mô tả" in each.problem for each in come.failed)


@pytest.mark.parametrize("prefix", ["", "dc"])
def test_our_catalogue_comes_back_by_sru(resources, prefix):
    """By its richest format, and by the poorest."""
    reader = SruReader(SourceSettings(f"{BASE}/sru", prefix=prefix), OwnSite())
    assert len(reader.probe().examples) == 5
    come = Harvested(reader.pages())
    assert not come.failed
    assert sorted(come.titles) == sorted(each.title for each in resources)
    assert len({each.identifier for each in come.found}) == len(resources)
    assert {each.format for each in come.found} == {"oai_dc" if prefix else "marc21"}
    for each in come.found:
        assert each.values["creators"] == [["Nguyễn Văn Mẫu", "author"]]
        assert (each.values["language"], each.values["year"]) == ("vie", 2019)
        assert each.values["licence"] == "CC-BY-4.0"
        assert "Trồng trọt" in each.subject_words
