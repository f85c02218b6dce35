"""Who oversees a commune sees the training of its people, and of no other commune anything."""

import datetime
from io import BytesIO

import pytest
from python_calamine import load_workbook

from django.urls import reverse

from library.models import Completion
from portal.accounts.enums import Role
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.library.learner import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return CommuneFactory(name="Đàm Thuỷ")


@pytest.fixture
def there():
    return CommuneFactory(name="Cao Thăng")


@pytest.fixture
def people(client, training, here, there):
    mine = UserFactory(full_name="Cán Bộ Đàm Thuỷ", role=Role.OFFICER, place=here)
    village = UserFactory(full_name="Cán Bộ Xóm", role=Role.OFFICER, place=VillageFactory(parent=here))
    other = UserFactory(full_name="Cán Bộ Cao Thăng", role=Role.OFFICER, place=there)
    for person in (mine, other):
        client.force_login(person)
        complete(client, training)
    return mine, village, other


def page(client, commune, query=""):
    return client.get(reverse("library:training_of_a_commune", args=[commune.pk]) + query)


def test_the_list_names_its_own_people_and_nobody_else(client, people, here):
    client.force_login(UserFactory(full_name="Người Xem", role=Role.VIEWER, place=here))
    html = page(client, here).content.decode()
    assert "Cán Bộ Đàm Thuỷ" in html
    assert "Cán Bộ Xóm" in html
    assert "Cán Bộ Cao Thăng" not in html
    assert "1/" in html


def test_the_list_of_another_commune_is_refused_with_the_reason(client, people, here, there):
    client.force_login(UserFactory(role=Role.VIEWER, place=here))
    for query in ("", "?dang=xlsx"):
        answer = page(client, there, query)
        assert answer.status_code == 403
        assert "Cán Bộ Cao Thăng" not in answer.content.decode(errors="replace")
    mine = client.get(reverse("library:training")).content.decode()
    assert reverse("library:training_of_a_commune", args=[here.pk]) in mine
    assert reverse("library:training_of_a_commune", args=[there.pk]) not in mine


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.LIBRARIAN, Role.CLERK])
def test_no_other_role_sees_it(client, people, here, role):
    client.force_login(UserFactory(role=role, place=here))
    assert page(client, here).status_code == 403


def test_nor_does_who_does_not_sign_in_or_whose_role_has_ended(client, people, here):
    client.logout()
    assert page(client, here).status_code == 302
    former = UserFactory(role=Role.OFFICER)
    GrantFactory(user=former, role=Role.VIEWER, place=here, valid_to=datetime.date(2025, 12, 31))
    client.force_login(former)
    assert page(client, here).status_code == 403


def test_who_oversees_all_sees_each(client, people, here, there):
    client.force_login(UserFactory(role=Role.VIEWER))
    assert "Cán Bộ Cao Thăng" in page(client, there).content.decode()
    assert "Cán Bộ Đàm Thuỷ" in page(client, here).content.decode()


def test_the_sheet_says_the_same(client, people, here):
    client.force_login(UserFactory(role=Role.VIEWER, place=here))
    sheet = load_workbook(BytesIO(page(client, here, "?dang=xlsx").content)).get_sheet_by_index(0)
    names = {row[1]: row for row in sheet.to_python()[3:]}
    assert "Cán Bộ Cao Thăng" not in names
    assert names["Cán Bộ Đàm Thuỷ"][2:5] == [2.0, 2.0, "1/1"]
    assert names["Cán Bộ Đàm Thuỷ"][6] == Completion.objects.get(user=people[0]).number
    assert names["Cán Bộ Xóm"][2] == 0.0


def test_the_number_of_queries_does_not_grow_with_the_people(
    client, people, here, django_assert_max_num_queries
):
    client.force_login(UserFactory(role=Role.VIEWER, place=here))
    page(client, here)
    with django_assert_max_num_queries(40) as few:
        page(client, here)
    for _ in range(4):
        UserFactory(role=Role.OFFICER, place=here)
    with django_assert_max_num_queries(len(few)):
        page(client, here)
