"""Addresses lead to their pages by way of the frame, and the frame knows of every change at once."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from wagtail.models import Locale, Page, PageViewRestriction

from campaigns.models import Topic
from library.models import Subject
from portal.cms import frame, routing
from tests.factories.campaigns import NewsIndexPageFactory, NewsPageFactory
from tests.factories.cms import ImageFactory, picture_block
from tests.factories.home import HomePageFactory, SectionPageFactory, StandardPageFactory
from tests.factories.library import SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return HomePageFactory()


def restrict(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def page_queries(client, address):
    """The statements of a second visit that read the tree or the rights in it."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    tables = ('FROM "wagtailcore_page"', "pageviewrestriction", '"wagtailcore_locale"')
    return [query["sql"] for query in queries if any(table in query["sql"] for table in tables)]


def test_a_branch_of_the_tree_is_found_without_a_question(client):
    section = SectionPageFactory()
    StandardPageFactory(parent=section)

    found = [sql for sql in page_queries(client, section.url) if "slug" in sql.partition("WHERE")[2]]

    assert found == []


def test_an_article_is_read_in_one_query_whatever_is_above_it(client):
    page = NewsPageFactory(parent=NewsIndexPageFactory())

    assert page_queries(client, page.url) == []  # its own table, joined with that of the pages, is asked once


def test_a_branch_has_its_new_address_and_title_at_once(client):
    section = SectionPageFactory(slug="cu")
    below = StandardPageFactory(parent=section, slug="trang")
    client.get("/cu/trang/")
    section.slug, section.title = "moi", "Tên mới"
    section.save_revision().publish()

    assert client.get("/moi/trang/").status_code == 200
    assert "Tên mới" in client.get("/moi/trang/").text
    assert below.title in client.get("/moi/").text


def test_a_branch_that_was_moved_is_found_at_its_new_place_only(client):
    section, other = SectionPageFactory(slug="muc"), SectionPageFactory(slug="khac")
    StandardPageFactory(parent=section, slug="trang")
    client.get("/muc/trang/")
    section.move(other, pos="last-child")

    assert client.get("/khac/muc/trang/").status_code == 200
    assert client.get("/muc/trang/", follow=False).status_code in {301, 404}


def test_a_page_below_a_draft_is_found_and_the_draft_is_not(client):
    section = SectionPageFactory(slug="muc")
    StandardPageFactory(parent=section, slug="trang")
    section.unpublish()

    assert client.get("/muc/").status_code == 404
    assert client.get("/muc/trang/").status_code == 200


def test_a_page_that_becomes_private_is_closed_at_once_with_all_below_it(client):
    section = SectionPageFactory()
    page = StandardPageFactory(parent=section)
    assert client.get(page.url).status_code == 200
    restriction = restrict(section)

    assert client.get(section.url).status_code == 302
    assert client.get(page.url).status_code == 302

    restriction.delete()
    assert client.get(page.url).status_code == 200


def test_what_repeats_a_private_page_is_private_too(client):
    private = SectionPageFactory()
    page = StandardPageFactory(parent=private)
    alias = page.create_alias(parent=SectionPageFactory(slug="khac"))
    assert client.get(alias.url).status_code == 200
    restrict(page)

    assert client.get(alias.url).status_code == 302


def test_private_news_leave_every_list_at_once_and_come_back(client):
    index = NewsIndexPageFactory()
    NewsPageFactory(title="Tin mở", parent=index, topics=["Chung"])
    private = NewsPageFactory(title="Tin riêng", parent=index, topics=["Nội bộ"])
    article = NewsPageFactory(parent=index)
    for address in ("/", "/tin-tuc/", article.url):
        assert "Tin riêng" in client.get(address).text
    restriction = restrict(private)

    for address in ("/", "/tin-tuc/", article.url):
        assert "Tin riêng" not in client.get(address).text
    assert "Nội bộ" not in client.get("/tin-tuc/").text

    restriction.delete()
    assert "Nội bộ" in client.get("/tin-tuc/").text


def test_a_topic_is_offered_as_soon_as_news_have_it_and_under_its_new_name(client):
    index = NewsIndexPageFactory()
    page = NewsPageFactory(parent=index)
    assert "Đọc sách" not in client.get("/tin-tuc/").text
    page.topics.add("Đọc sách")
    page.save_revision().publish()
    assert "Đọc sách" in client.get("/tin-tuc/").text

    topic = Topic.objects.get(name="Đọc sách")
    topic.name = "Văn hóa đọc"
    topic.save()
    assert "Văn hóa đọc" in client.get("/tin-tuc/").text


def test_a_subject_has_its_new_name_at_once(client, rf):
    subject = SubjectFactory(name="Tên cũ")
    request = rf.get("/")
    frame.of(request).keep("subjects", list)
    Subject.objects.get(pk=subject.pk).save()

    assert frame.current() is not request.frame


def test_a_picture_of_a_branch_shows_its_new_source_at_once(client):
    image = ImageFactory(credit="Nguồn cũ")
    section = SectionPageFactory(body=[picture_block(image)])
    StandardPageFactory(parent=section)
    assert "Nguồn cũ" in client.get(section.url).text
    image.credit = "Nguồn mới"
    image.save()

    assert "Nguồn mới" in client.get(section.url).text


def test_the_home_page_of_the_language_is_the_one_that_is_published(client, home):
    english = Locale.objects.create(language_code="en")
    translation = home.copy_for_translation(english)
    translation.title = "Learning portal"
    translation.save_revision()
    with override("vi"):  # the language of a request stays with the thread
        assert "Learning portal" not in client.get("/en/").text
        translation.save_revision().publish()

        assert "Learning portal" in client.get("/en/").text


def test_an_address_worked_out_by_the_frame_is_that_of_the_page(rf, home):
    section = SectionPageFactory()
    page = StandardPageFactory(parent=section)
    request = rf.get("/")

    assert frame.address(request, page.url_path) == page.get_url(request)
    assert frame.address(request, section.url_path) == section.get_url(request)
    assert frame.address(request, home.url_path) == home.get_url(request) == "/"


def test_a_plain_page_of_wagtails_is_found_too(rf, home):
    home.add_child(instance=Page(title="Trang trần", slug="trang-tran"))

    assert routing.find(rf.get("/trang-tran/"), "trang-tran/").page.title == "Trang trần"
