"""The list of news, its filters and feeds, and the article."""

import datetime
import json
import re
from xml.etree import ElementTree

import pytest

from wagtail.models import PageViewRestriction

from campaigns.domain import latest
from portal.places.models import Place
from tests.campaigns.queries import statements
from tests.factories.campaigns import NewsIndexPageFactory, NewsPageFactory
from tests.factories.cms import ImageFactory
from tests.factories.home import HomePageFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def index():
    HomePageFactory()
    return NewsIndexPageFactory()


def titles(response):
    return [item.title for item in response.context["news"]]


def test_the_list_is_ordered_by_the_date_people_read_and_not_by_the_order_of_the_tree(client):
    NewsPageFactory(title="Giữa", date=datetime.date(2026, 2, 5))
    NewsPageFactory(title="Mới", date=datetime.date(2026, 3, 1))
    NewsPageFactory(title="Cũ", date=datetime.date(2025, 12, 31))

    assert titles(client.get("/tin-tuc/")) == ["Mới", "Giữa", "Cũ"]


def test_dates_are_vietnamese(client):
    page = NewsPageFactory(date=datetime.date(2026, 2, 5))

    assert "05/02/2026" in client.get("/tin-tuc/").text
    assert "Thứ Năm, ngày 05 tháng 02 năm 2026" in client.get(page.url).text


def test_drafts_and_private_news_are_not_listed(client, rf):
    NewsPageFactory(title="Còn nháp", live=False)
    private = NewsPageFactory(title="Riêng")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    assert titles(client.get("/tin-tuc/")) == []
    assert latest.news(rf.get("/"), 5) == []


def test_topic_and_commune_narrow_the_list(client):
    commune = CommuneFactory()
    NewsPageFactory(title="Một", topics=["Đọc sách"])
    NewsPageFactory(title="Hai", topics=["Kinh nghiệm"], commune=commune)
    NewsPageFactory(title="Ba", topics=["Đọc sách", "Kinh nghiệm"], commune=CommuneFactory())

    assert titles(client.get("/tin-tuc/?chu_de=doc-sach")) == ["Ba", "Một"]
    assert titles(client.get("/tin-tuc/", {"xa": commune.pk})) == ["Hai"]
    assert titles(client.get("/tin-tuc/", {"xa": commune.pk, "chu_de": "kinh-nghiem"})) == ["Hai"]
    assert titles(client.get("/tin-tuc/?chu_de=&xa=")) == ["Ba", "Hai", "Một"]


def test_only_topics_and_communes_that_have_news_are_offered(client):
    commune, other = CommuneFactory(name="Có tin"), CommuneFactory(name="Không tin")
    NewsPageFactory(topics=["Đọc sách"], commune=commune)
    NewsPageFactory(topics=["Chưa đăng"], commune=other, live=False)

    html = client.get("/tin-tuc/").text

    assert "Có tin" in html
    assert "Không tin" not in html


def test_a_topic_and_a_commune_without_news_in_common_say_so(client):
    commune = CommuneFactory()
    NewsPageFactory(topics=["Đọc sách"])
    NewsPageFactory(commune=commune)

    html = client.get("/tin-tuc/", {"xa": commune.pk, "chu_de": "doc-sach"}).text

    assert 'class="empty__title"' in html


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=2", "page=x", "page=-1", "chu_de=khong-co", "xa=x", "xa=0", "xa=99999999999999999999"],
)
def test_a_page_or_a_filter_that_cannot_be_is_a_404(client, query):
    NewsPageFactory()

    assert client.get(f"/tin-tuc/?{query}").status_code == 404


def test_a_long_list_has_pages_that_keep_the_filter(client):
    for _item in range(13):
        NewsPageFactory(topics=["Đọc sách"])

    first = client.get("/tin-tuc/?chu_de=doc-sach")

    assert len(titles(first)) == 12
    assert 'href="/tin-tuc/?chu_de=doc-sach&amp;page=2"' in first.text
    assert len(titles(client.get("/tin-tuc/?chu_de=doc-sach&page=2"))) == 1


def test_the_list_may_be_kept_for_a_minute(client):
    assert "public, max-age=60" in client.get("/tin-tuc/")["Cache-Control"]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_feeds_are_xml_with_absolute_addresses_newest_first(client, name):
    NewsPageFactory(title="Cũ & mới", slug="cu", date=datetime.date(2026, 1, 1))
    NewsPageFactory(title="Mới", slug="moi", date=datetime.date(2026, 2, 1))
    NewsPageFactory(title="Còn nháp", live=False)

    feed = ElementTree.fromstring(client.get(f"/tin-tuc/{name}").content)

    if name == "rss.xml":
        items = [(item.findtext("title"), item.findtext("link")) for item in feed.iter("item")]
    else:
        items = [
            (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"))
            for entry in feed.iter(f"{ATOM}entry")
        ]
    assert items == [
        ("Mới", "http://localhost/tin-tuc/moi/"),
        ("Cũ & mới", "http://localhost/tin-tuc/cu/"),
    ]


def test_a_feed_asks_as_many_queries_for_ten_pieces_as_for_two(client):
    NewsPageFactory.create_batch(2)
    few = statements(client, "/tin-tuc/rss.xml")
    NewsPageFactory.create_batch(8)

    many = statements(client, "/tin-tuc/rss.xml")

    assert len(many) == len(few)
    assert len(set(many)) == len(many)


def test_the_list_points_to_its_feeds(client):
    html = client.get("/tin-tuc/").text

    assert re.search(
        r'<link rel="alternate" type="application/rss\+xml"[^>]*href="[^"]*/tin-tuc/rss.xml"', html
    )
    assert re.search(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="[^"]*/tin-tuc/atom.xml"', html
    )


def _filled(number):
    return NewsPageFactory(
        topics=["Đọc sách", f"Chủ đề {number}"], commune=CommuneFactory(), cover=ImageFactory()
    )


def test_the_list_asks_as_many_queries_for_ten_pieces_as_for_two(client):
    for number in range(2):
        _filled(number)
    few = statements(client, "/tin-tuc/")
    for number in range(8):
        _filled(number)

    many = statements(client, "/tin-tuc/")

    assert len(many) == len(few) <= 15, many
    assert len(set(many)) == len(many)


def test_a_plain_article_asks_at_most_twelve_queries(client):
    NewsPageFactory.create_batch(3)

    assert len(statements(client, NewsPageFactory().url)) <= 12


def test_an_article_with_everything_asks_at_most_fourteen_queries_and_none_twice(client):
    page = _filled(0)
    few = statements(client, page.url)
    for number in range(5):
        _filled(number)

    many = statements(client, page.url)

    assert len(few) <= len(many) <= 14, many
    assert len(set(many)) == len(many)


def test_an_article_names_author_source_and_leads_to_its_topic_and_commune(client):
    commune = CommuneFactory(name="Mẫu Sơn")
    page = NewsPageFactory(author="Người viết mẫu", source="Nguồn mẫu", commune=commune, topics=["Đọc sách"])

    html = client.get(page.url).text

    assert "Người viết mẫu" in html
    assert "Nguồn mẫu" in html
    assert 'href="/tin-tuc/?chu_de=doc-sach"' in html
    assert f'href="/tin-tuc/?xa={commune.pk}"' in html


def test_the_number_of_a_commune_is_never_written_with_a_thousands_dot(client):
    commune = CommuneFactory(place=Place.objects.create(pk=1234567))
    page = NewsPageFactory(commune=commune)

    assert 'href="/tin-tuc/?xa=1234567"' in client.get(page.url).text


def test_a_correction_stands_above_the_text_with_its_date(client):
    page = NewsPageFactory(correction="Số đúng là mười.", corrected_on=datetime.date(2026, 3, 8))

    html = client.get(page.url).text

    assert html.index("08/03/2026") < html.index("Số đúng là mười.") < html.index("Nội dung của bài.")


def test_an_article_leads_to_the_three_newest_others(client):
    page = NewsPageFactory(date=datetime.date(2026, 5, 1))
    for day in range(1, 6):
        NewsPageFactory(title=f"Ngày {day}", date=datetime.date(2026, 4, day))

    more = client.get(page.url).context["more_news"]

    assert [item.title for item in more] == ["Ngày 5", "Ngày 4", "Ngày 3"]


def test_an_article_tells_machines_its_headline_date_and_author(client):
    page = NewsPageFactory(title="Một bài", author="Người viết mẫu", date=datetime.date(2026, 2, 5))

    html = client.get(page.url).text

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert (data["@type"], data["headline"], data["datePublished"]) == (
        "NewsArticle",
        "Một bài",
        "2026-02-05",
    )
    assert data["author"]["name"] == "Người viết mẫu"


@pytest.mark.parametrize("address", ["/tin-tuc/", "/tin-tuc/mot-bai/"])
def test_headings_are_in_order(client, address):
    NewsPageFactory(slug="mot-bai")
    NewsPageFactory()

    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(address).text.split("<main")[1])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_newest_news_come_for_the_front_door_in_the_language_of_the_reader(rf):
    NewsPageFactory(title="Cũ", date=datetime.date(2026, 1, 1))
    NewsPageFactory(title="Mới", date=datetime.date(2026, 2, 1))
    NewsPageFactory(title="Cũ nhất", date=datetime.date(2025, 1, 1))

    assert [item.title for item in latest.news(rf.get("/"), 2)] == ["Mới", "Cũ"]
