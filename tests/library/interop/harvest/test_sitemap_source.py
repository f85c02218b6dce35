"""Websites by their sitemaps and the JSON-LD of their pages, read over loopback."""

import gzip
import json

import pytest

from library.interop.page import SourceProblem
from library.interop.websites import harvest as harvesting
from library.interop.websites.harvest import SitemapReader

from .oai_server import Reply
from .sites import DATE, LOGIN, Site, harvested, online, reader_of

pytestmark = pytest.mark.usefixtures("in_english")

BOOK = {"@context": "https://schema.org", "@type": "Book", "name": "Trồng ngô"}


def page(*described, lang: str = "vi", body: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{each}</script>' for each in described)
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>Trang</title>{scripts}</head><body>{body}</body></html>'


def book(name: str = "Trồng ngô", **more) -> str:
    return page(json.dumps(BOOK | {"name": name} | more))


def urlset(*paths: str, **changed: str) -> str:
    listed = [(path, "") for path in paths] + [(f"/{name}", day) for name, day in changed.items()]
    urls = "".join(
        f"<url><loc>BASE{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in listed
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def index(*paths: str, **changed: str) -> str:
    return urlset(*paths, **changed).replace("urlset", "sitemapindex").replace("url>", "sitemap>")


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


def test_every_listed_page_is_offered_and_what_became_of_it_is_told():
    site = Site(
        {
            "/robots.txt": "User-agent: *\nDisallow: /rieng",
            "/sitemap.xml": urlset(
                "/tot", "/gioi-thieu", "/hong", "/404", "/410", "/rieng/1", "/login", "/ten", "/trong"
            ),
            "/tot": book(),
            "/gioi-thieu": page(),
            "/hong": page('{"@type": "Book", "name": '),
            "/410": Reply("", 410),
            "/rieng/1": book(),
            "/login": LOGIN,
            "/ten": page(json.dumps({"@type": "Book"})),
            "/trong": "",
        }
    )
    come = harvested(SitemapReader, site, "/sitemap.xml")
    assert len(come.found) == 9
    assert come.titles == ["Trồng ngô"]
    assert [each.identifier for each in come.found if each.deleted] == [f"{site.base}/410"]
    reasons = {each.identifier.removeprefix(site.base): each.problem for each in come.failed}
    assert "does not describe" in reasons["/gioi-thieu"]
    assert "broken" in reasons["/hong"]
    assert "404" in reasons["/404"]
    assert "does not want" in reasons["/rieng/1"]
    assert set(reasons) == {"/gioi-thieu", "/hong", "/404", "/rieng/1", "/login", "/ten", "/trong"}
    assert "/rieng/1" not in site.asked


def test_the_pause_that_robots_txt_asks_for_is_kept(monkeypatch):
    rested = []
    monkeypatch.setattr(harvesting, "rest", rested.append)
    site = Site(
        {
            "/robots.txt": "User-agent: *\nCrawl-delay: 7",
            "/sitemap.xml": urlset("/1", "/2"),
            "/1": book(),
            "/2": book(),
        }
    )
    harvested(SitemapReader, site, "/sitemap.xml", pause=2)
    assert rested == [5, 5]


def test_an_index_leads_to_sitemaps_packed_or_not_each_once():
    site = Site(
        {
            "/sitemap.xml": index("/a.xml.gz", "/b.xml", "/sitemap.xml", "/b.xml"),
            "/a.xml.gz": lambda _path: gzip.compress(urlset("/1").replace("BASE", site.base).encode()),
            "/b.xml": urlset("/2", "/3"),
            "/1": book("Một"),
            "/2": book("Hai"),
            "/3": book("Ba"),
        }
    )
    come = harvested(SitemapReader, site, "/sitemap.xml")
    assert come.titles == ["Một", "Hai", "Ba"]
    assert come.pages[-1].next is None
    assert site.asked.count("/b.xml") == 1


def test_a_text_with_an_address_a_line_is_a_sitemap():
    site = Site({"/sitemap.txt": "BASE/1\nBASE/2\n", "/1": book("Một"), "/2": book("Hai")})
    assert harvested(SitemapReader, site, "/sitemap.txt").titles == ["Một", "Hai"]


def test_only_pages_that_changed_since_are_asked_for_and_those_of_which_it_is_not_said():
    site = Site(
        {
            "/sitemap.xml": Reply(
                urlset("/khong-ngay", cu="2020-01-01", moi="2026-11-20T08:00:00+07:00"), headers=DATE
            ),
            "/khong-ngay": book("Không ngày"),
            "/cu": book("Cũ"),
            "/moi": book("Mới"),
        }
    )
    come = harvested(SitemapReader, site, "/sitemap.xml", since="2026-11-01T00:00:00Z")
    assert come.titles == ["Không ngày", "Mới"]
    assert "/cu" not in site.asked
    assert come.pages[0].response_date == "2026-11-26T01:00:00Z"


def test_sitemaps_that_have_not_changed_since_are_not_asked_for():
    site = Site({"/sitemap.xml": index(cu="2020-01-01"), "/cu": urlset("/1"), "/1": book()})
    come = harvested(SitemapReader, site, "/sitemap.xml", since="2026-11-01")
    assert come.found == []
    assert come.pages[-1].next is None
    assert site.asked == ["/sitemap.xml"]


def test_a_run_goes_on_behind_any_of_its_pages(monkeypatch):
    monkeypatch.setattr(harvesting, "BATCH", 2)
    site = Site(
        {
            "/sitemap.xml": index("/a.xml", "/b.xml"),
            "/a.xml": urlset("/1", "/2", "/3"),
            "/b.xml": urlset("/4"),
            **{f"/{number}": book(str(number)) for number in range(1, 5)},
        }
    )
    with online(site):
        whole = list(reader_of(SitemapReader, site, "/sitemap.xml").pages())
        for place, each in enumerate(whole[:-1]):
            rest = reader_of(SitemapReader, site, "/sitemap.xml").pages(json.loads(json.dumps(each.next)))
            expected = [found.values["title"] for later in whole[place + 1 :] for found in later.records]
            assert [found.values["title"] for later in rest for found in later.records] == expected
    assert [len(each.records) for each in whole] == [0, 2, 1, 1]


def test_a_slow_site_has_more_checkpoints(monkeypatch):
    monkeypatch.setattr(harvesting, "LONGEST_BATCH", 0.0)
    site = Site({"/sitemap.xml": urlset("/1", "/2"), "/1": book("Một"), "/2": book("Hai")})
    come = harvested(SitemapReader, site, "/sitemap.xml")
    assert [len(each.records) for each in come.pages] == [1, 1]
    assert [each.next for each in come.pages][-1] is None


def test_a_site_that_does_not_answer_any_more_ends_the_run():
    paths = [f"/{number}" for number in range(10)]
    site = Site({"/sitemap.xml": urlset(*paths), **{path: Reply("", 503) for path in paths}})
    with online(site), pytest.raises(SourceProblem):
        list(reader_of(SitemapReader, site, "/sitemap.xml").pages())
    assert "/9" not in site.asked


def test_pages_of_other_sites_are_left_out_and_told():
    listed = urlset("/1").replace("</urlset>", "<url><loc>https://khac.example/2</loc></url></urlset>")
    come = harvested(SitemapReader, Site({"/sitemap.xml": listed, "/1": book()}), "/sitemap.xml")
    assert len(come.found) == 1
    assert "other sites" in come.notes


@pytest.mark.parametrize(
    "content", [LOGIN, "", "<rss/>", urlset("/1")[:-20], "{}", "<!DOCTYPE urlset><urlset/>"]
)
def test_what_is_no_sitemap_is_refused_with_a_sentence(content):
    site = Site({"/sitemap.xml": content})
    with online(site), pytest.raises(SourceProblem, match=r"not a sitemap .*\."):
        list(reader_of(SitemapReader, site, "/sitemap.xml").pages())


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


def test_a_probe_shows_pages_with_a_description_first():
    site = Site({"/sitemap.xml": urlset("/", "/1"), "/": page(), "/1": book()})
    with online(site):
        probe = reader_of(SitemapReader, site, "/sitemap.xml").probe()
    assert probe.examples[0].values["title"] == "Trồng ngô"
    assert probe.examples[1].problem
    assert dict(probe.facts)["Of the first pages, with a description"] == "1/2"


def test_a_probe_does_not_wait_out_long_pauses(monkeypatch):
    rested = []
    monkeypatch.setattr(harvesting, "rest", rested.append)
    paths = [f"/{number}" for number in range(8)]
    rules = {"/robots.txt": "User-agent: *\nCrawl-delay: 4", "/sitemap.xml": urlset(*paths)}
    with online(Site(rules | {path: book() for path in paths})) as site:
        probe = reader_of(SitemapReader, site, "/sitemap.xml").probe()
    assert rested == [4, 4]
    assert len(probe.examples) == 2


def test_a_web_page_tells_the_address_of_its_sitemap():
    site = Site({"/": LOGIN, "/robots.txt": "User-agent: *\nSitemap: BASE/map.xml"})
    with online(site), pytest.raises(SourceProblem, match=r"/map.xml; write"):
        reader_of(SitemapReader, site, "/").probe()
