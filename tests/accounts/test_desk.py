"""The officers' corner: each person sees who they are and what they may do, and nothing that they may not."""

import datetime

import pytest

from django.utils import timezone

from portal.accounts.enums import Role
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.campaigns import NewsIndexPageFactory
from tests.factories.home import HomePageFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db


def corner(client, user):
    client.force_login(user)
    return client.get("/can-bo/")


def titles(page):
    return {entry.title for _section, entries in page.context["sections"] for entry in entries}


def test_a_commune_officer_reads_who_they_are_and_over_which_place_until_when(client):
    person = UserFactory(full_name="Cán bộ mẫu", username="canboxa")
    commune = CommuneFactory()
    GrantFactory(user=person, role=Role.OFFICER, place=commune, valid_to=datetime.date(2099, 12, 31))
    page = corner(client, person)
    for words in ("Cán bộ mẫu", "canboxa", "Cán bộ xã", commune.label, "01/07/2025", "31/12/2099"):
        assert words in page.text


def test_a_commune_officer_is_not_led_into_the_admin(client):
    page = corner(client, UserFactory(role=Role.OFFICER))
    assert "/admin/" not in page.text


def test_a_grant_that_ended_shows_nowhere(client):
    person = UserFactory()
    commune = CommuneFactory()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    GrantFactory(user=person, role=Role.OFFICER, place=commune, valid_to=yesterday)
    page = corner(client, person)
    assert commune.label not in page.text
    assert "chưa được giao vai trò nào" in page.text


def test_a_grant_in_its_last_month_says_so(client):
    person = UserFactory()
    end = timezone.localdate() + datetime.timedelta(days=10)
    GrantFactory(user=person, role=Role.OFFICER, place=CommuneFactory(), valid_to=end)
    assert "Sắp hết hạn" in corner(client, person).text


def test_an_editor_may_write_and_an_officer_may_not(client):
    NewsIndexPageFactory(parent=HomePageFactory())
    assert "Viết tin" in titles(corner(client, UserFactory(role=Role.EDITOR)))
    assert "Viết tin" not in titles(corner(client, UserFactory(role=Role.OFFICER)))


def test_who_may_not_add_awards_is_not_shown_their_import(client):
    assert "Nhập danh sách công nhận" in titles(corner(client, UserFactory(role=Role.ADMINISTRATOR)))
    assert "Nhập danh sách công nhận" not in titles(corner(client, UserFactory(role=Role.EDITOR)))


def test_one_button_signs_out(client):
    page = corner(client, UserFactory(role=Role.OFFICER))
    assert 'action="/can-bo/dang-xuat/"' in page.text
    client.post("/can-bo/dang-xuat/")
    assert client.get("/can-bo/").status_code == 302
