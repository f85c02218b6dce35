"""Websites by their sitemaps, read over loopback."""

import gzip
import json

import pytest

from library.interop.page import SourceProblem
from library.interop.websites import harvest as harvesting
from library.interop.websites.harvest import SitemapReader

from .described_sites import book, index, page, urlset
from .oai_server import Reply
from .sites import DATE, LOGIN, Site, harvested, online, reader_of

pytestmark = pytest.mark.usefixtures("in_english")


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
    at_first = iter([urlset(*paths)])
    site = Site(
        {
            "/sitemap.xml": lambda _path: next(at_first, Reply("", 503)),
            **{path: Reply("", 503) for path in paths},
        }
    )
    with online(site), pytest.raises(SourceProblem):
        list(reader_of(SitemapReader, site, "/sitemap.xml").pages())
    assert "/9" not in site.asked


def test_a_part_of_a_site_that_is_broken_does_not_keep_the_rest_from_being_read():
    broken = {f"/{number}": Reply("", 500) for number in range(5)}
    site = Site({"/sitemap.xml": urlset(*broken, "/tot"), **broken, "/tot": book()})
    come = harvested(SitemapReader, site, "/sitemap.xml")
    assert [bool(each.problem) for each in come.found] == [True] * 5 + [False]


def test_a_site_of_which_no_page_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(harvesting, "MOST_SILENT", 5)
    paths = [f"/{number}" for number in range(10)]
    site = Site({"/sitemap.xml": urlset(*paths), **{path: Reply("", 500) for path in paths}})
    with online(site), pytest.raises(SourceProblem, match="500"):
        list(reader_of(SitemapReader, site, "/sitemap.xml").pages())
    assert "/5" not in site.asked


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
