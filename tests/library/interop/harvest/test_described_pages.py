"""Pages of websites that describe themselves (JSON-LD), read over loopback."""

import json

import pytest

from library.interop.websites.harvest import SitemapReader

from .described_sites import BOOK, book, page, urlset
from .oai_server import Reply
from .sites import Site, harvested

pytestmark = pytest.mark.usefixtures("in_english")


def described(*documents, **settings):
    """What comes of one page with these descriptions."""
    site = Site({"/sitemap.xml": urlset("/1"), "/1": page(*map(json.dumps, documents), **settings)})
    [found] = harvested(SitemapReader, site, "/sitemap.xml").found
    return found, site.base


def test_a_description_becomes_values():
    found, base = described(
        {
            "@context": "https://schema.org",
            "@type": ["LearningResource", "Book"],
            "name": "Trồng ngô",
            "alternateName": ["Maize", "Ngô"],
            "description": "<p>Cách trồng &amp; chăm</p>",
            "inLanguage": ["vi", "tyz"],
            "author": [{"@type": "Person", "name": "Nguyễn Văn Mẫu"}, "Trần Thị Mẫu"],
            "translator": {"familyName": "Nông", "givenName": "Văn Mẫu"},
            "publisher": {"@type": "Organization", "name": "Nhà xuất bản Mẫu"},
            "datePublished": "2019-03-01",
            "dateModified": "2026-01-02",
            "license": {"@type": "CreativeWork", "url": "https://creativecommons.org/licenses/by/4.0/"},
            "educationalLevel": {"@type": "DefinedTerm", "name": "Tiểu học"},
            "typicalAgeRange": "7-11",
            "timeRequired": "PT1H30M",
            "numberOfPages": 24,
            "isbn": "978-0-306-40615-7",
            "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/abc"},
            "about": [{"@type": "DefinedTerm", "name": "Trồng trọt"}],
            "keywords": "ngô, thời vụ",
            "url": "/1",
            "encoding": [{"contentUrl": "/tep/1.pdf", "encodingFormat": "application/pdf"}],
            "copyrightHolder": {"name": "Hội Mẫu"},
        }
    )
    assert found.identifier == f"{base}/1"
    assert found.datestamp == "2026-01-02"
    assert found.values == {
        "title": "Trồng ngô",
        "alternative_titles": "Maize\nNgô",
        "language": "vie",
        "other_languages": ["tyz"],
        "creators": [
            ["Nguyễn Văn Mẫu", "author"],
            ["Trần Thị Mẫu", "author"],
            ["Nông Văn Mẫu", "translator"],
        ],
        "publisher": "Nhà xuất bản Mẫu",
        "year": 2019,
        "kind": "book",
        "level": "tieu-hoc",
        "age_from": 7,
        "age_to": 11,
        "page_count": 24,
        "duration_minutes": 90,
        "licence": "CC-BY-4.0",
        "rights_holder": "Hội Mẫu",
        "abstract": "Cách trồng & chăm",
        "identifiers": [["isbn", "9780306406157"], ["doi", "10.1000/abc"]],
        "links": [f"{base}/1", f"{base}/tep/1.pdf"],
    }
    assert found.subject_words == ("Trồng trọt", "ngô", "thời vụ")
    assert json.loads(found.raw)["name"] == "Trồng ngô"


def test_the_main_thing_of_a_graph_is_taken_and_not_its_surroundings():
    found, _base = described(
        {
            "@graph": [
                {"@type": "WebPage", "name": "Trang"},
                {"@type": "Organization", "name": "Hội"},
                {"@type": "ImageObject", "name": "Ảnh"},
                {"@type": "Article", "headline": "Bài khác", "url": "https://kho.example/khac"},
                {"@type": "VideoObject", "name": "Phim", "duration": "PT90S"},
                {"@type": "BreadcrumbList", "name": "Đường"},
            ]
        }
    )
    assert found.values["title"] == "Phim"
    assert (found.values["kind"], found.values["duration_minutes"]) == ("video", 2)
    assert found.values["language"] == "vie"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("Article", "article"),
        ("http://schema.org/Course", "course"),
        (["LearningResource", "WebSite"], "website"),
        ("schema:AudioObject", "audio"),
        ("Dataset", "dataset"),
        ("CreativeWork", None),
    ],
)
def test_the_type_tells_the_kind(types, kind):
    found, _base = described({"@type": types, "name": "Tên"})
    assert found.values.get("kind") == kind


def test_an_array_and_the_main_entity_of_a_page_are_looked_into():
    found, _base = described([{"@type": "Thing"}, {"@type": "WebPage", "mainEntity": BOOK}])
    assert found.values["title"] == "Trồng ngô"


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type":"Book","name":"Trồng ngô"} -->',
        '//<![CDATA[\n{"@type":"Book","name":"Trồng ngô"}\n//]]>',
        '{"@type":"Book","name":"Trồng ngô",}',
        '{"@type":"Book","name":"Trồng\nngô"};',
        "{&quot;@type&quot;:&quot;Book&quot;,&quot;name&quot;:&quot;Trồng ngô&quot;}",
    ],
)
def test_slips_in_json_that_search_engines_put_up_with_are_borne(script):
    site = Site({"/sitemap.xml": urlset("/1"), "/1": page(script)})
    [found] = harvested(SitemapReader, site, "/sitemap.xml").found
    assert found.values["title"] == "Trồng ngô"


def test_letters_are_read_whatever_the_header_says_and_old_ones_too():
    raw = page('{"@type":"Book","name":"Trồng ngô"}')
    site = Site(
        {
            "/sitemap.xml": urlset("/1", "/2"),
            "/1": Reply(raw, headers={"Content-Type": "text/html; charset=iso-8859-1"}),
            "/2": Reply(
                page('{"@type":"Book","name":"Năm"}').encode("cp1258"),
                headers={"Content-Type": "text/html; charset=windows-1258"},
            ),
        }
    )
    assert harvested(SitemapReader, site, "/sitemap.xml").titles == ["Trồng ngô", "Năm"]


def test_a_page_without_end_or_measure_is_offered_and_failed(monkeypatch):
    monkeypatch.setattr("library.interop.websites.page.LARGEST", 1_000)
    site = Site(
        {
            "/sitemap.xml": urlset("/lon", "/cut", "/sau", "/tot"),
            "/lon": page(json.dumps(BOOK), body="x" * 1_000),
            "/cut": Reply(page(json.dumps(BOOK)), cut=60),
            "/sau": page("[" * 500),
            "/tot": book(),
        }
    )
    come = harvested(SitemapReader, site, "/sitemap.xml")
    assert [bool(each.problem) for each in come.found] == [True, True, True, False]
