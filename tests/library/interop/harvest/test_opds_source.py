"""Catalogues (OPDS 1.2 and 2.0) of the wild, read over loopback to the last of their lists."""

import gzip
import itertools
import json

import pytest

from library.interop.opds import harvest as harvesting
from library.interop.opds.harvest import OpdsReader
from library.interop.page import SourceProblem

from .catalogues import ATOM, book, feed, following, shelf
from .oai_server import Reply
from .sites import DATE, LOGIN, Site, harvested, online, reader_of

pytestmark = pytest.mark.usefixtures("in_english")


def identifiers(*numbers: int) -> list[str]:
    return [f"urn:book:{number}" for number in numbers]


def test_pages_and_lists_are_followed_each_once():
    site = Site(
        {
            "/opds": feed(shelf("/ke/1"), shelf("/ke/2"), shelf("/opds")),
            "/ke/1": feed(book(1), links=following("/ke/1/2")),
            "/ke/1/2": feed(book(2), links='<link rel="up" href="/opds"/>'),
            "/ke/2": feed(book(2), book(3), shelf("/ke/1")),
        }
    )
    come = harvested(OpdsReader, site, "/opds")
    assert come.identifiers == identifiers(1, 2, 3)
    assert site.asked == ["/opds", "/ke/1", "/ke/1/2", "/ke/2"]


def test_groups_and_navigation_of_json_are_followed():
    made = {"metadata": {"title": "Trồng ngô", "identifier": "urn:book:1"}, "links": []}
    other = {"metadata": {"title": {"vi": "Nuôi ong", "en": "Bees"}, "identifier": "urn:book:2"}, "links": []}
    site = Site(
        {
            "/opds": json.dumps(
                {
                    "metadata": {"title": "Kho"},
                    "links": [{"rel": "self", "href": "/opds"}],
                    "navigation": [{"href": "/moi", "title": "Mới"}],
                    "groups": [
                        {
                            "metadata": {"title": "Nông nghiệp"},
                            "links": [{"rel": ["self", "collection"], "href": "/nong"}],
                            "publications": [made],
                        }
                    ],
                }
            ),
            "/moi": json.dumps({"publications": [other]}),
            "/nong": json.dumps({"publications": [made, other]}),
        }
    )
    come = harvested(OpdsReader, site, "/opds")
    assert come.titles == ["Trồng ngô", "Nuôi ong"]
    assert len(come.found) == 2


def test_where_everything_stands_in_one_list_only_that_is_read():
    crawlable = '<link rel="http://opds-spec.org/crawlable" href="/tat-ca"/>'
    site = Site({"/opds": feed(shelf("/ke/1"), links=crawlable), "/tat-ca": feed(book(1), book(2))})
    assert harvested(OpdsReader, site, "/opds").identifiers == identifiers(1, 2)
    assert site.asked == ["/opds", "/tat-ca"]


def test_a_page_that_leads_back_ends_the_run_with_a_reason_and_not_never():
    site = Site(
        {"/opds": feed(book(1), links=following("/2")), "/2": feed(book(2), links=following("/opds"))}
    )
    with online(site), pytest.raises(SourceProblem, match="leads back"):
        list(reader_of(OpdsReader, site, "/opds").pages())
    assert site.asked == ["/opds", "/2"]


def test_more_lists_than_anybody_has_end_the_run_with_a_reason(monkeypatch):
    monkeypatch.setattr(harvesting, "MOST_LISTS", 3)
    shelves = [shelf(f"/ke/{number}") for number in range(5)]
    site = Site({"/opds": feed(*shelves), "/ke/0": feed(book(1)), "/ke/1": feed(book(2))})
    with online(site), pytest.raises(SourceProblem, match="more than 3 lists"):
        list(reader_of(OpdsReader, site, "/opds").pages())


def test_what_was_not_read_whole_is_not_forgotten_between_two_sittings():
    """Else the second would call it read to its end, and what it was not offered would be hidden."""
    loop = {"/ke/1": feed(book(1), links=following("/ke/1")), "/ke/2": feed(book(2))}
    site = Site({"/opds": feed(shelf("/ke/1"), shelf("/ke/2"))} | loop)
    with online(site):
        first, second = itertools.islice(reader_of(OpdsReader, site, "/opds").pages(), 2)
        with pytest.raises(SourceProblem, match="leads back"):
            list(reader_of(OpdsReader, site, "/opds").pages(json.loads(json.dumps(second.next))))
    assert first.next["reasons"] == []


def test_a_catalogue_that_was_not_read_whole_is_read_anew_when_nothing_of_it_is_left():
    site = Site(
        {"/opds": feed(book(1), links=following("/2")), "/2": feed(book(2), links=following("/opds"))}
    )
    with online(site):
        _first, last = itertools.islice(reader_of(OpdsReader, site, "/opds").pages(), 2)
    site.paths["/2"] = feed(book(2))
    again = harvested(OpdsReader, site, "/opds", cursor=last.next)
    assert again.identifiers == identifiers(1, 2)
    assert again.pages[-1].next is None


def test_a_list_that_cannot_be_read_stops_only_itself_and_is_read_when_the_run_goes_on():
    site = Site({"/opds": feed(shelf("/ke/1"), shelf("/ke/2")), "/ke/2": feed(book(2))})
    pages = []
    with online(site):
        reader = reader_of(OpdsReader, site, "/opds")
        with pytest.raises(SourceProblem, match="/ke/1"):
            pages.extend(reader.pages())
        site.paths["/ke/1"] = feed(book(1))
        rest = list(reader_of(OpdsReader, site, "/opds").pages(pages[-1].next))
    assert [each.identifier for page in pages for each in page.records] == identifiers(2)
    assert [each.identifier for page in rest for each in page.records] == identifiers(1)
    assert rest[-1].next is None


def test_a_run_goes_on_from_any_of_its_pages():
    site = Site(
        {
            "/opds": feed(shelf("/ke/1"), shelf("/ke/2")),
            "/ke/1": feed(book(1), links=following("/ke/1/2")),
            "/ke/1/2": feed(book(2)),
            "/ke/2": feed(book(3)),
        }
    )
    with online(site):
        whole = list(reader_of(OpdsReader, site, "/opds").pages())
        for place, page in enumerate(whole[:-1]):
            cursor = json.loads(json.dumps(page.next))
            rest = list(reader_of(OpdsReader, site, "/opds").pages(cursor))
            expected = [each.identifier for later in whole[place + 1 :] for each in later.records]
            assert [each.identifier for later in rest for each in later.records] == expected


def test_lists_of_other_sites_are_not_followed_but_told():
    site = Site({"/opds": feed(shelf("http://other.example/opds"), shelf("/ke/1")), "/ke/1": feed(book(1))})
    come = harvested(OpdsReader, site, "/opds")
    assert come.identifiers == identifiers(1)
    assert "other.example" in come.notes


def test_only_what_changed_since_is_offered_and_what_does_not_say_when():
    old, new = "2020-01-01T00:00:00Z", "2026-11-20T00:00:00Z"
    undated = '<entry><id>urn:book:3</id><title>Không ngày</title><link rel="http://opds-spec.org/acquisition" href="/3"/></entry>'
    site = Site({"/opds": Reply(feed(book(1, updated=old), book(2, updated=new), undated), headers=DATE)})
    come = harvested(OpdsReader, site, "/opds", since="2026-11-01T00:00:00Z")
    assert come.identifiers == identifiers(2, 3)
    assert come.pages[0].response_date == "2026-11-26T01:00:00Z"


@pytest.mark.parametrize(
    "content",
    [
        LOGIN,
        "<html><body>Đăng nhập</body></html>",
        '{"publications": [{"metadata": {"title": "Trồ',
        f"<feed {ATOM}><entry><id>1</id><title>Cắt ng",
        '{"error": "not found"}',
        "[" * 100_000,
        "<rss><channel/></rss>",
        '<!DOCTYPE feed [<!ENTITY a "b">]><feed><title>&a;</title></feed>',
        "",
        b"\x00\x01\x02",
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_sentence(content):
    site = Site({"/opds": content})
    with online(site), pytest.raises(SourceProblem) as refused:
        list(reader_of(OpdsReader, site, "/opds").pages())
    assert str(refused.value).endswith(".")


def test_an_answer_cut_off_is_asked_for_again():
    whole = feed(book(1), book(2))
    answers = iter([Reply(whole, cut=150), Reply(whole)])
    site = Site({"/opds": lambda _path: next(answers)})
    assert harvested(OpdsReader, site, "/opds").identifiers == identifiers(1, 2)


def test_wrong_charsets_bare_ampersands_and_gzip_are_borne():
    latin = Reply(
        gzip.compress(feed(book(1).replace("Trồng ngô", "R&D caf&eacute; Trồng")).encode()),
        headers={"Content-Type": "application/atom+xml; charset=iso-8859-1", "Content-Encoding": "gzip"},
    )
    come = harvested(OpdsReader, Site({"/opds": latin}), "/opds")
    assert come.titles == ["R&D café Trồng 1"]
    assert come.notes


def test_a_bomb_is_not_unpacked():
    bomb = Reply(gzip.compress(b" " * (60 * 1024 * 1024)), headers={"Content-Encoding": "gzip"})
    site = Site({"/opds": bomb})
    with online(site), pytest.raises(SourceProblem, match="MB"):
        list(reader_of(OpdsReader, site, "/opds").pages())


def test_a_probe_shows_five_publications_also_from_behind_a_list_of_lists():
    site = Site({"/opds": feed(shelf("/ke/1")), "/ke/1": feed(*map(book, range(8)))})
    with online(site):
        probe = reader_of(OpdsReader, site, "/opds").probe()
    assert probe.name == "Kho sách"
    assert [each.identifier for each in probe.examples] == identifiers(0, 1, 2, 3, 4)


def test_a_web_page_tells_the_address_of_its_catalogue():
    site = Site(
        {
            "/": '<!DOCTYPE html><html><head><link rel="alternate" type="application/atom+xml" href="/tin">'
            '<link rel="alternate" type="application/atom+xml; profile=opds-catalog" href="/opds"></head></html>'
        }
    )
    with online(site), pytest.raises(SourceProblem, match=r"/opds; write"):
        reader_of(OpdsReader, site, "/").probe()
