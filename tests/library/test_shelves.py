"""Shelves: what an editor picks and what a search finds, in their season and commune, on any page."""

import datetime
import json

import pytest

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from home.models import StandardPage
from library.domain.merging import merge
from library.domain.withdrawal import withdraw
from library.models import Shelf, ShelfItem
from library.search.facets import RESOURCE_FACETS, read_search
from library.search.sources import ResourceSource
from portal.accounts.domain.groups import sync
from portal.accounts.enums import Role
from portal.search.query import search
from tests.factories.accounts import UserFactory
from tests.factories.cms import ImageFactory
from tests.factories.home import StandardPageFactory
from tests.factories.library import ResourceFactory, ShelfFactory, ShelfIndexFactory, SubjectFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db


def titles(shelf):
    return [each.resource.title for each in Shelf.objects.get(pk=shelf.pk).content]


def test_what_was_picked_stands_in_the_order_of_the_editor_with_its_notes(client):
    maize, pigs = ResourceFactory(title="Trồng ngô"), ResourceFactory(title="Nuôi lợn")
    shelf = ShelfFactory(title="Việc nhà nông", picked=[(pigs, "Đọc trước khi vào mùa rét"), maize])
    assert titles(shelf) == ["Nuôi lợn", "Trồng ngô"]
    html = client.get(shelf.get_url()).content.decode()
    assert html.index("Nuôi lợn") < html.index("Trồng ngô")
    assert "Đọc trước khi vào mùa rét" in html


def test_nobody_reads_on_a_shelf_what_is_hidden_or_gone(client, officer):
    secret, gone = ResourceFactory(title="Bí mật", officers_only=True), ResourceFactory(title="Đã rút")
    late = ResourceFactory(title="Chưa đến ngày", embargo_until=datetime.date(2999, 1, 1))
    old = ResourceFactory(title="Đã cũ", valid_until=datetime.date(2020, 1, 1))
    shelf = ShelfFactory(picked=[secret, gone, late, old, ResourceFactory(title="Còn đó")])
    withdraw(gone, "Nhầm")
    client.force_login(officer)  # pages are kept for everybody alike
    html = client.get(shelf.get_url()).content.decode()
    assert "Còn đó" in html
    assert not [title for title in ("Bí mật", "Đã rút", "Chưa đến ngày", "Đã cũ") if title in html]


def test_what_was_merged_gives_its_place_to_what_it_was_merged_into():
    kept, other, third = (
        ResourceFactory(title="Giữ"),
        ResourceFactory(title="Gộp"),
        ResourceFactory(title="Ba"),
    )
    shelf = ShelfFactory(picked=[(other, "Lời dặn"), third, kept])
    merge(kept, other)
    content = Shelf.objects.get(pk=shelf.pk).content
    assert [(each.resource.title, each.note) for each in content] == [("Giữ", "Lời dặn"), ("Ba", "")]


def test_a_saved_search_brings_what_is_found_later_too(indexed):
    subject = SubjectFactory(slug="chan-nuoi")
    ResourceFactory(title="Nuôi gà", subjects=[subject])
    shelf = ShelfFactory(saved_search="?subject=chan-nuoi", most=2)
    indexed()
    assert titles(shelf) == ["Nuôi gà"]
    ResourceFactory(title="Nuôi vịt", subjects=[subject])
    ResourceFactory(title="Trồng rau")
    indexed()
    assert set(titles(shelf)) == {"Nuôi vịt", "Nuôi gà"}
    ResourceFactory(title="Nuôi ngan", subjects=[subject])
    indexed()
    assert len(titles(shelf)) == 2, "no more than the editor wants"


def test_what_was_picked_comes_before_what_is_found_and_stands_once(indexed):
    subject = SubjectFactory(slug="chan-nuoi")
    first = ResourceFactory(title="Nuôi gà", subjects=[subject])
    ResourceFactory(title="Nuôi vịt", subjects=[subject])
    indexed()
    assert titles(ShelfFactory(saved_search="?subject=chan-nuoi", picked=[first])) == ["Nuôi gà", "Nuôi vịt"]


@pytest.mark.parametrize(
    "pasted", ["https://vi-du.example/thu-vien/?q=ng%C3%B4&page=3", "?q=ngô", "q=ngô&page=2"]
)
def test_the_address_of_a_list_is_read_however_it_was_copied(pasted):
    assert read_search(pasted).url == "?q=ng%C3%B4"


def test_the_facets_of_a_saved_search_are_those_of_the_library():
    assert ResourceSource.facets is RESOURCE_FACETS


def test_a_shelf_of_the_season_comes_first_and_says_so(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: datetime.date(2026, 1, 10))
    ShelfFactory(title="Mùa rét", season_from=11, season_to=2)
    ShelfFactory(title="Mùa mưa", season_from=6, season_to=9)
    ShelfFactory(title="Quanh năm")
    order = list(Shelf.objects.for_lists(1).values_list("title", "in_season"))
    assert order == [("Mùa rét", True), ("Quanh năm", False), ("Mùa mưa", False)]
    html = client.get(ShelfIndexFactory._meta.model.objects.get().get_url()).content.decode()
    assert html.index("Mùa rét") < html.index("Quanh năm")
    assert html.count("Đang mùa") == 1


def test_the_front_page_of_the_library_shows_shelves_and_leads_to_all(client):
    shelf = ShelfFactory(title="Tủ sách của xã", commune=CommuneFactory(name="Đàm Thuỷ"))
    html = client.get("/thu-vien/").content.decode()
    assert shelf.get_url() in html
    assert "Đàm Thuỷ" in html
    assert "/thu-vien/tu-sach/" in html
    assert "Tủ sách của xã" not in client.get("/thu-vien/?q=ngo").content.decode(), (
        "a search shows what it finds"
    )


def test_a_shelf_is_found_by_its_title_and_the_notes_of_the_editor(indexed):
    ShelfFactory(title="Tủ sách nhà nông", picked=[(ResourceFactory(), "Hợp với nương dốc")])
    indexed()
    assert search("nuong doc").hits[0].title == "Tủ sách nhà nông"


def test_programs_read_what_stands_on_it(client):
    resource = ResourceFactory(title="Trồng ngô")
    html = client.get(ShelfFactory(picked=[resource]).get_url()).content.decode()
    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "CollectionPage"
    assert data["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Trồng ngô", "url": f"http://testserver/r/{resource.pk}"}
    ]


def test_any_page_can_show_a_shelf(client):
    shelf = ShelfFactory(
        title="Tủ sách mẫu", picked=[ResourceFactory(title=f"Quyển {each}") for each in range(6)]
    )
    page = StandardPageFactory(body=[{"type": "shelf", "value": shelf.pk}])
    html = client.get(page.get_url()).content.decode()
    assert html.count("Quyển ") == 4, "the first of them, with the way to all"
    assert shelf.get_url() in html
    shelf.unpublish()
    assert "Quyển " not in client.get(StandardPage.objects.get().get_url()).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_shelf(client, django_assert_max_num_queries):
    small = ShelfFactory(picked=[ResourceFactory()])
    large = ShelfFactory(picked=[ResourceFactory(creators=["A", "B"]) for _ in range(8)])
    client.get(small.get_url())
    with django_assert_max_num_queries(16) as few:
        client.get(small.get_url())
    with django_assert_max_num_queries(len(few)):
        client.get(large.get_url())


def form(**changes):
    """What the editor's form sends for a new shelf."""
    data = {
        "title": "Tủ sách mới",
        "slug": "tu-sach-moi",
        "summary": "Một câu.",
        "body-count": "0",
        "items-TOTAL_FORMS": "0",
        "items-INITIAL_FORMS": "0",
        "items-MIN_NUM_FORMS": "0",
        "items-MAX_NUM_FORMS": "1000",
        "saved_search": "https://vi-du.example/thu-vien/?subject=chan-nuoi&page=2",
        "order": "newest",
        "most": "12",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return data | changes


@pytest.fixture
def editor_client(client):
    index = ShelfIndexFactory()
    sync()
    client.force_login(UserFactory(role=Role.EDITOR))
    return client, reverse("wagtailadmin_pages:add", args=["library", "shelf", index.pk])


def test_an_editor_makes_a_shelf_from_a_copied_address(editor_client):
    client, url = editor_client
    assert client.get(url).status_code == 200
    response = client.post(url, form())
    assert response.status_code == 302, response.context["form"].errors
    assert Shelf.objects.get().saved_search == "?subject=chan-nuoi"


def test_an_editor_picks_resources(editor_client):
    client, url = editor_client
    resource = ResourceFactory()
    row = {
        "items-0-resource": str(resource.pk),
        "items-0-note": "Hay",
        "items-0-ORDER": "1",
        "items-0-id": "",
    }
    response = client.post(url, form(saved_search="", **{"items-TOTAL_FORMS": "1"}, **row))
    assert response.status_code == 302, response.context["form"].errors
    shelf = Shelf.objects.get().get_latest_revision_as_object()
    assert [(each.resource, each.note) for each in shelf.items.all()] == [(resource, "Hay")]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"saved_search": ""}, "Hãy chọn ít nhất một học liệu"),
        ({"saved_search": "https://vi-du.example/thu-vien/"}, "không có lượt tìm nào"),
        ({"season_from": "11"}, "Hãy ghi cả hai tháng"),
    ],
)
def test_a_shelf_that_could_hold_nothing_is_refused_with_a_sentence(editor_client, changes, sentence):
    client, url = editor_client
    response = client.post(url, form(**changes))
    assert sentence in response.content.decode()
    assert not Shelf.objects.exists()


def test_the_database_holds_each_resource_once_on_a_shelf():
    resource = ResourceFactory()
    shelf = ShelfFactory(picked=[resource])
    with pytest.raises(IntegrityError), transaction.atomic():
        ShelfItem.objects.create(shelf=shelf, resource=resource)


def test_a_shelf_holds_no_more_than_one_page():
    with pytest.raises(ValidationError):
        Shelf(title="Quá nhiều", most=500).clean_fields(exclude=["path", "depth", "numchild", "slug"])


def test_the_number_of_queries_does_not_grow_with_the_list_of_shelves(client, django_assert_max_num_queries):
    counts = {}
    for number in (3, 6):
        for _ in range(number):
            ShelfFactory(commune=CommuneFactory(), cover=ImageFactory())
        for address in ("/thu-vien/tu-sach/", "/thu-vien/"):
            client.get(address)
            with django_assert_max_num_queries(15) as queries:
                client.get(address)
            assert len(queries) == counts.setdefault(address, len(queries))
