"""News and events in the search of the site."""

import datetime

import pytest

from portal.search import drain
from portal.search.query import search
from tests.factories.campaigns import EventPageFactory, NewsPageFactory
from tests.factories.home import HomePageFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db

FACETS = ["topic", "commune", "year"]


@pytest.fixture(autouse=True)
def home():
    return HomePageFactory()


def found(text, **kwargs):
    drain.run_once()
    return [hit.title for hit in search(text, **kwargs).hits]


def facets(text):
    drain.run_once()
    results = search(text, facet_names=FACETS)
    return {
        name: {value.value: (value.label, value.count) for value in values}
        for name, values in results.facets.items()
    }


def test_news_are_found_without_accents_by_title_text_and_topic():
    NewsPageFactory(title="Lớp học buổi tối", topics=["Xóa mù chữ"])

    assert found("lop hoc buoi toi") == ["Lớp học buổi tối"]
    assert found("noi dung cua bai") == ["Lớp học buổi tối"]
    assert found("xoa mu chu") == ["Lớp học buổi tối"]


def test_facets_of_news_are_named_for_people():
    commune = CommuneFactory(name="Mẫu Sơn")
    day = datetime.date(2026, 2, 5)
    NewsPageFactory(title="Lớp học một", topics=["Đọc sách"], commune=commune, date=day)
    NewsPageFactory(title="Lớp học hai", topics=["Đọc sách"], date=datetime.date(2025, 2, 5))

    assert facets("lop hoc") == {
        "topic": {"doc-sach": ("Đọc sách", 2)},
        "commune": {str(commune.pk): ("Xã Mẫu Sơn", 1)},
        "year": {"2026": ("2026", 1), "2025": ("2025", 1)},
    }
    assert found("lop hoc", facets={"year": ["2025"]}) == ["Lớp học hai"]
    assert found("lop hoc", facets={"commune": [str(commune.pk)]}) == ["Lớp học một"]


def test_a_topic_that_gets_another_name_is_found_by_it():
    page = NewsPageFactory(topics=["Đọc sách"])
    topic = page.topics.get()
    found("doc sach")
    topic.name = "Thư viện gia đình"
    topic.save()

    assert found("thu vien gia dinh") == [page.title]


def test_a_topic_that_goes_is_no_longer_found():
    page = NewsPageFactory(topics=["Đọc sách"])
    assert found("doc sach") == [page.title]
    page.topics.get().delete()

    assert found("doc sach") == []


def test_events_are_found_by_where_and_for_whom():
    EventPageFactory(
        title="Một buổi", venue="Nhà văn hóa xóm Mẫu", place=CommuneFactory(name="Mẫu Sơn"), audience="phụ nữ"
    )

    assert found("nha van hoa", kinds=["event"]) == ["Một buổi"]
    assert found("mau son", kinds=["event"]) == ["Một buổi"]
    assert found("phu nu", kinds=["event"]) == ["Một buổi"]


def test_what_is_taken_down_is_no_longer_found():
    page = NewsPageFactory(title="Lớp học buổi tối")
    assert found("lop hoc") == [page.title]
    page.unpublish()

    assert found("lop hoc") == []
