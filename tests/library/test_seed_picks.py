"""What a newcomer finds on a fresh site who types the example that stands beside the search box."""

import re

import pytest

from django.urls import reverse

from library.domain.seed import load
from library.models import Resource
from portal.search.models import Pick
from portal.search.query import search

pytestmark = pytest.mark.django_db
PESTS = "Giáo trình Quản lý dịch hại trên cây ngô"


@pytest.fixture
def fresh(indexed):
    load()
    indexed()


@pytest.mark.parametrize("typed", ["ky thuat trong ngo", "kỹ thuật trồng ngô", "Trồng ngô", "trong ngo"])
def test_what_the_library_has_on_maize_stands_first_and_says_who_put_it_there(client, fresh, typed):
    html = client.get(reverse("library:list"), {"q": typed}).content.decode()
    chosen, _others = re.sub("</?mark>", "", html).split("</section>", 1)
    assert "Thư viện chọn" in chosen
    assert PESTS in chosen
    assert chosen.count("trên cây ngô") >= 2


@pytest.mark.parametrize("typed", ["ky thuat trong ngo", "trong ngo"])
def test_hits_that_are_not_chosen_have_every_word_and_nothing_says_otherwise(fresh, typed):
    results = search(typed, kinds=["resource"], with_picks=True)
    assert not results.relaxed
    assert [hit.title for hit in results.picks][0] == PESTS
    assert {hit.key for hit in results.picks}.isdisjoint(hit.key for hit in results.hits)


def test_every_seeded_choice_leads_to_resources_that_everybody_may_read(fresh):
    public = {each.get_absolute_url() for each in Resource.objects.public()}
    assert Pick.objects.exists()
    for pick in Pick.objects.all():
        assert pick.addresses
        assert set(pick.addresses.splitlines()) <= public


def test_what_a_librarian_chose_or_took_away_stays(fresh):
    Pick.objects.all().delete()
    load()
    assert not Pick.objects.exists()
