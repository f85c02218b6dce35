"""The search boxes of the small lists of the admin: typed with or without accents."""

import pytest

from django.urls import reverse

from home.models import ContactMessage
from library.models import Enquiry
from portal.accounts.enums import Role
from portal.search.models import Pick, SynonymGroup
from tests.factories.accounts import UserFactory
from tests.factories.library import SubjectFactory

pytestmark = pytest.mark.django_db


def synonyms():
    return [SynonymGroup.objects.create(terms=terms) for terms in ("ngô\nbắp", "lợn\nheo")]


def picks():
    made = [Pick(query=query, addresses=address) for query, address in (("bắp", "/r/1"), ("lợn", "/r/2"))]
    for each in made:
        each.save()
    return made


def enquiries():
    return [Enquiry.objects.create(question=text) for text in ("Có sách trồng bắp không?", "Nuôi lợn?")]


def messages():
    return [
        ContactMessage.objects.create(name="Bà Mẫu", subject=text, body="Kính gửi Hội.")
        for text in ("Trồng bắp", "Nuôi lợn")
    ]


def subjects():
    return [SubjectFactory(name=name) for name in ("Trồng bắp", "Nuôi lợn")]


def people():
    return [UserFactory(full_name=name, role=Role.EDITOR) for name in ("Nguyễn Văn Bắp", "Trần Thị Lợn")]


def grants():
    return [person.grants.get() for person in people()]


@pytest.mark.parametrize(
    ("address", "make"),
    [
        ("search_synonyms:index", synonyms),
        ("search_picks:index", picks),
        ("library_enquiries:index", enquiries),
        ("messages:index", messages),
        ("library_subjects:index", subjects),
        ("wagtailusers_users:index", people),
        ("grants:index", grants),
    ],
)
@pytest.mark.parametrize("typed", ["bắp", "bap", "BẮP", "ba\u0306\u0301p"])
def test_a_word_is_found_however_it_is_typed(admin_client, address, make, typed):
    wanted, _other = make()
    found = admin_client.get(reverse(address), {"q": typed}).context["object_list"]
    assert [each.pk for each in found] == [wanted.pk]


def test_every_word_counts_wherever_it_stands(admin_client):
    wanted, _other = messages()

    def found(text):
        return list(admin_client.get(reverse("messages:index"), {"q": text}).context["object_list"])

    assert found("mau bap") == [wanted]
    assert found("bap lon") == []
    assert len(found("kinh gui")) == 2
    assert len(found("   ")) == 2
