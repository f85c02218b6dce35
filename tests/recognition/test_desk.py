import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db


def test_who_reaches_a_few_communes_finds_the_books_of_each(client):
    commune = CommuneFactory()
    client.force_login(UserFactory(role=Role.OFFICER, place=commune))
    assert (
        reverse("recognition:books", args=[commune.pk])
        in client.get(reverse("officer_home")).content.decode()
    )


def test_who_reaches_many_communes_finds_their_books_in_one_list(client):
    communes = CommuneFactory.create_batch(5)
    client.force_login(UserFactory(role=Role.ORGANISER))
    page = client.get(reverse("officer_home")).content.decode()
    assert reverse("recognition:all_books") in page
    assert not any(reverse("recognition:books", args=[commune.pk]) in page for commune in communes)
