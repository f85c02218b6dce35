"""Feeds (RSS 2.0, RSS 1.0, Atom) of the wild, read over loopback."""

import pytest

from library.interop.feeds import harvest as harvesting
from library.interop.feeds.harvest import FeedReader
from library.interop.page import SourceProblem
from tests.library.samples import sample

from .news import item, rss
from .oai_server import Reply
from .sites import DATE, LOGIN, Site, harvested, online, reader_of

pytestmark = pytest.mark.usefixtures("in_english")


def test_an_item_of_rss_becomes_a_resource_of_the_web():
    extra = (
        "<description>&lt;p&gt;Cách &lt;b&gt;ủ phân&lt;/b&gt;&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
        "<author>toasoan@example.vn (Nguyễn Văn Mẫu)</author><category>Nông nghiệp</category><category>nông nghiệp</category>"
        '<enclosure url="/tep/1.mp3" type="audio/mpeg" length="9"/>'
        '<media:content url="/tep/bia.jpg" type="image/jpeg"/>'
        "<cc:license>https://creativecommons.org/licenses/by/4.0/</cc:license>"
    )
    site = Site({"/rss": Reply(rss(item(1, extra=extra)), headers=DATE)})
    come = harvested(FeedReader, site, "/rss")
    [found] = come.found
    assert found.identifier == "bai-1"
    assert found.datestamp == "Wed, 25 Nov 2026 08:00:00 +0700"
    assert found.values == {
        "title": "Bài 1",
        "language": "vie",
        "creators": [["Nguyễn Văn Mẫu", "author"]],
        "publisher": "Đài phát thanh",
        "year": 2026,
        "kind": "audio",
        "licence": "CC-BY-4.0",
        "abstract": "Cách ủ phân",
        "links": [f"{site.base}/bai/1", f"{site.base}/tep/1.mp3"],
    }
    assert found.subject_words == ["Nông nghiệp"]
    assert come.pages[0].response_date == "2026-11-26T01:00:00Z"


def test_rss_1_has_its_items_beside_the_channel():
    content = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="BASE"><title>Tạp chí</title>'
        "<dc:rights>Mọi quyền được bảo lưu</dc:rights></channel>"
        '<item rdf:about="BASE/1"><title>Một</title><link>BASE/1</link><dc:creator>Trần Thị Mẫu</dc:creator>'
        "<dc:date>2026-11-01</dc:date><dc:subject>Y tế</dc:subject></item></rdf:RDF>"
    )
    site = Site({"/rss": content})
    [found] = harvested(FeedReader, site, "/rss").found
    assert found.identifier == f"{site.base}/1"
    assert found.values["creators"] == [["Trần Thị Mẫu", "author"]]
    assert found.values["year"] == 2026
    assert found.subject_words == ["Y tế"]
    assert found.rights_note == "Mọi quyền được bảo lưu"


def test_an_entry_of_atom_becomes_a_resource_of_the_web():
    content = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi" xml:base="BASE/tin/"><id>f</id><title>Trang tin</title>'
        "<author><name>Tòa soạn</name></author><entry><id>tag:x,2026:1</id><title type='html'>Hai &amp;amp; Ba</title>"
        "<updated>2026-11-20T00:00:00Z</updated><published>2025-01-02T00:00:00Z</published>"
        '<link href="1.html"/><link rel="enclosure" href="1.mp4" type="video/mp4"/><category term="x" label="Văn hóa"/>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Đoạn một</p><p>Đoạn hai</p></div></content>'
        "</entry></feed>"
    )
    site = Site({"/atom": content})
    [found] = harvested(FeedReader, site, "/atom").found
    assert found.values == {
        "title": "Hai & Ba",
        "language": "vie",
        "publisher": "Trang tin",
        "year": 2025,
        "kind": "video",
        "abstract": "Đoạn một\nĐoạn hai",
        "links": [f"{site.base}/tin/1.html", f"{site.base}/tin/1.mp4"],
    }
    assert found.subject_words == ["Văn hóa"]
    assert found.datestamp == "2026-11-20T00:00:00Z"


def test_a_real_catalogue_is_a_feed_as_well():
    content = sample("opds/gutenberg_content_server.opds").replace(b'rel="next"', b'rel="later"')
    come = harvested(FeedReader, Site({"/atom": content}), "/atom")
    assert len(come.found) == 76
    assert not come.failed


def test_only_what_was_published_since_is_offered_and_older_pages_are_left_alone():
    old = "Wed, 01 Jan 2020 08:00:00 +0700"
    first = rss(
        item(1),
        item(2, date=old),
        item(3, date="hôm qua"),
        channel='<title>x</title><atom:link rel="next" href="/2"/>',
    )
    second = rss(item(4, date=old), channel='<title>x</title><atom:link rel="next" href="/3"/>')
    site = Site({"/rss": first, "/2": second})
    come = harvested(FeedReader, site, "/rss", since="2026-11-01T00:00:00Z")
    assert come.identifiers == ["bai-1", "bai-3"]
    assert site.asked == ["/rss", "/2"]


def test_pages_are_followed_and_a_loop_is_left():
    link = '<title>x</title><atom:link rel="next" href="{}"/>'
    site = Site(
        {"/rss": rss(item(1), channel=link.format("/2")), "/2": rss(item(2), channel=link.format("/rss"))}
    )
    with online(site):
        pages = list(reader_of(FeedReader, site, "/rss").pages())
        again = list(reader_of(FeedReader, site, "/rss").pages(pages[0].next))
    assert [each.identifier for page in pages for each in page.records] == ["bai-1", "bai-2"]
    assert [each.identifier for page in again for each in page.records] == ["bai-2"]
    assert pages[-1].next is None
    assert "leads back" in pages[-1].notes[0]


def test_more_pages_than_anybody_has_end_the_run_with_a_reason(monkeypatch):
    monkeypatch.setattr(harvesting, "MOST_PAGES", 3)
    link = '<title>x</title><atom:link rel="next" href="/rss?trang={}"/>'
    site = Site({"/rss": lambda path: rss(item(1), channel=link.format(path.count("x") + len(site.asked)))})
    with online(site), pytest.raises(SourceProblem, match="more than 3 pages"):
        list(reader_of(FeedReader, site, "/rss").pages())
    assert len(site.asked) == 3


def test_an_item_without_title_or_identifier_is_offered_and_failed():
    come = harvested(
        FeedReader,
        Site(
            {
                "/rss": rss(
                    "<item><description>Chỉ có lời</description></item>",
                    "<item><link>/2</link></item>",
                    item(3),
                )
            }
        ),
        "/rss",
    )
    assert come.identifiers == ["bai-3"]
    assert [bool(each.raw) for each in come.failed] == [True, True]


@pytest.mark.parametrize(
    "content",
    [
        LOGIN,
        rss(item(1))[:-30],
        '{"version": "https://jsonfeed.org/version/1.1"}',
        "<urlset/>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        "",
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence(content):
    site = Site({"/rss": content})
    with online(site), pytest.raises(SourceProblem, match=r"not a feed .*\."):
        list(reader_of(FeedReader, site, "/rss").pages())


def test_a_wrong_charset_and_bare_ampersands_are_borne_and_told():
    content = rss(item(1)).replace("Bài", "Hỏi & đáp").replace('"1.0"?', '"1.0" encoding="windows-1252"?')
    come = harvested(FeedReader, Site({"/rss": "\n\n" + content}), "/rss")
    assert come.titles == ["Hỏi & đáp 1"]
    assert "UTF-8" in come.notes


def test_a_probe_shows_five_items():
    site = Site({"/rss": rss(*map(item, range(9)))})
    with online(site):
        probe = reader_of(FeedReader, site, "/rss").probe()
    assert probe.name == "Đài phát thanh"
    assert len(probe.examples) == 5
    assert ("Items in it", "9") in probe.facts


def test_a_web_page_tells_the_address_of_its_feed():
    site = Site(
        {
            "/": '<!DOCTYPE html><html><head><link rel="alternate" type="text/css" href="/x">'
            '<link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
        }
    )
    with online(site), pytest.raises(SourceProblem, match=r"/rss; write"):
        reader_of(FeedReader, site, "/").probe()
