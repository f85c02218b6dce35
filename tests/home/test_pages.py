"""What a visitor gets from each type of page."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cms import ImageFactory, picture_block
from tests.factories.home import ContactPageFactory, HomePageFactory, SectionPageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def get(client, url, **headers):
    """The answer, and the statements it took."""
    client.get(url, **headers)  # renditions are drawn and root paths remembered once
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, **headers)
    return response, [query["sql"] for query in queries]


@pytest.fixture
def home():
    return HomePageFactory()


def test_home_page_answers_the_three_visitors(client, home):
    html = client.get("/").content.decode()

    assert 'id="home-search"' in html
    assert 'id="news"' in html
    assert 'id="officers"' in html


def test_home_page_takes_at_most_fifteen_queries_and_none_twice(client, home):
    response, queries = get(client, "/")

    assert response.status_code == 200
    assert len(queries) <= 15, queries
    assert len(set(queries)) == len(queries)


@pytest.mark.parametrize("factory", [SectionPageFactory, StandardPageFactory, ContactPageFactory])
def test_each_page_type_has_one_heading_its_trail_and_its_data_for_machines(client, home, factory):
    page = factory(title="Một trang thử")

    html = client.get(page.url).content.decode()

    assert html.count("<h1") == 1
    assert re.search(r"<a href=\"/\">[^<]+</a>", html)
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["name"] == "Một trang thử"
    assert data["breadcrumb"]["itemListElement"][-1]["name"] == "Một trang thử"


def test_a_shared_page_shows_its_picture_with_the_words_for_it(client, home):
    page = StandardPageFactory(social_image=ImageFactory(description="Lớp học buổi tối"))

    html = client.get(page.url).content.decode()

    assert f'<link rel="canonical" href="{page.full_url}">' in html
    assert re.search(r'property="og:image" content="http://[^"]+\.jpg"', html)
    assert 'content="Lớp học buổi tối"' in html


def test_title_cannot_break_out_of_the_data_for_machines(client, home):
    page = StandardPageFactory(title="</script><script>alert(1)</script>", slug="x")

    html = client.get(page.url).content.decode()

    assert "<script>alert(1)" not in html


def test_a_page_of_text_takes_as_many_queries_with_ten_pictures_as_with_one(client, home):
    one = StandardPageFactory(body=[picture_block()])
    ten = StandardPageFactory(body=[picture_block() for _ in range(10)])

    few, many = get(client, one.url)[1], get(client, ten.url)[1]

    assert len(many) == len(few) <= 12, many
    assert len(set(many)) == len(many)


def test_a_page_deep_in_the_tree_takes_no_more_queries_than_one_at_the_top(client, home):
    shallow = StandardPageFactory()
    deep = StandardPageFactory(parent=SectionPageFactory(parent=SectionPageFactory()))

    assert len(get(client, deep.url)[1]) <= len(get(client, shallow.url)[1])


def test_a_section_lists_its_published_public_pages_and_nothing_else(client, home):
    section = SectionPageFactory()
    StandardPageFactory(parent=section, title="Trang đã đăng")
    StandardPageFactory(parent=section, title="Trang còn nháp", live=False)

    html = client.get(section.url).content.decode()

    assert "Trang đã đăng" in html
    assert "Trang còn nháp" not in html


@pytest.mark.parametrize(
    ("name", "item"), [("rss.xml", "item"), ("atom.xml", "{http://www.w3.org/2005/Atom}entry")]
)
def test_a_section_has_feeds_of_all_that_is_published_below_it(client, home, name, item):
    section = SectionPageFactory()
    StandardPageFactory(parent=section, title="Trang cũ")
    StandardPageFactory(parent=SectionPageFactory(parent=section, title="Ngăn trong"), title="Trang mới")
    StandardPageFactory(parent=section, title="Trang còn nháp", live=False)
    address = f"{section.url}{name}"

    entries = ElementTree.fromstring(client.get(address).content).iter(item)

    assert [entry[0].text for entry in entries] == ["Trang mới", "Ngăn trong", "Trang cũ"]
    assert f'href="{address}"' in client.get(section.url).text


def test_a_feed_of_a_section_takes_as_many_queries_with_ten_pages_as_with_two(client, home):
    section = SectionPageFactory()
    StandardPageFactory.create_batch(2, parent=section)
    few = get(client, f"{section.url}rss.xml")[1]
    StandardPageFactory.create_batch(8, parent=section)

    assert len(get(client, f"{section.url}rss.xml")[1]) == len(few)


@pytest.mark.parametrize("address", ["/rss.xml", "/lien-he/atom.xml", "/khong-co/rss.xml"])
def test_what_is_no_section_has_no_feed(client, home, address):
    ContactPageFactory()

    assert client.get(address).status_code == 404


def test_a_section_takes_as_many_queries_with_ten_pages_as_with_two(client, home):
    section = SectionPageFactory()
    StandardPageFactory.create_batch(2, parent=section)
    few = get(client, section.url)[1]
    StandardPageFactory.create_batch(8, parent=section)

    assert len(get(client, section.url)[1]) == len(few) <= 12


def test_a_public_page_may_be_kept_for_a_minute(client, home):
    response = client.get(StandardPageFactory().url)

    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert "Cookie" in response["Vary"]


def test_nothing_is_kept_for_somebody_who_is_signed_in(client, home, django_user_model):
    client.force_login(django_user_model.objects.create_user("canbo", full_name="Cán bộ mẫu"))

    response = client.get(StandardPageFactory().url)

    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_a_reader_who_has_the_page_gets_304(client, home):
    page = StandardPageFactory()
    tag = client.get(page.url)["ETag"]

    assert client.get(page.url, headers={"If-None-Match": tag}).status_code == 304


def test_a_draft_is_not_found(client, home):
    page = StandardPageFactory(live=False)

    assert client.get(page.url or "/trang/").status_code == 404


def test_an_unknown_address_is_not_found_at_any_depth(client, home):
    StandardPageFactory(slug="gioi-thieu")

    assert client.get("/khong-co/").status_code == 404
    assert client.get("/gioi-thieu/khong-co/").status_code == 404


def test_the_old_address_leads_to_the_new_one_after_the_slug_changed(
    client, home, django_capture_on_commit_callbacks
):
    page = StandardPageFactory(slug="dia-chi-cu")
    page.slug = "dia-chi-moi"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    response = client.get("/dia-chi-cu/")

    assert response.status_code == 301
    assert response["Location"] == "/dia-chi-moi/"
