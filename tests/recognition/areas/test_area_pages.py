import datetime

import pytest

from django.urls import reverse

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.domain.areas import area_of
from recognition.enums import Area
from recognition.models import VillageArea
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import AssessmentFactory, VillageAreaFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 1)


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def villages(commune):
    return [VillageFactory(parent=commune, name="Bản Một"), VillageFactory(parent=commune, name="Bản Hai")]


@pytest.fixture
def page(commune):
    return reverse("recognition:areas", args=[commune.pk])


@pytest.fixture
def association(client):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    return client


def typed(*places, **changes):
    return {
        "places": [place.pk for place in places],
        "area": "disadvantaged",
        "since": "01/01/2026",
        "until": "",
        "legal_basis": "Quyết định mẫu",
        "decided_by": "Ban Thường vụ Hội mẫu",
        "note": "",
        **changes,
    }


def test_the_association_decides_for_some_villages_at_once(association, page, villages):
    association.post(page, typed(villages[0]))
    assert [area_of(each, DAY) for each in villages] == [Area.DISADVANTAGED, None]
    shown = association.get(page).text
    assert "Quyết định mẫu" in shown
    assert "Ban Thường vụ Hội mẫu" in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"places": []}, "places"),
        ({"area": "remote"}, "area"),
        ({"since": "32/01/2026"}, "since"),
        ({"until": "31/12/2025"}, "until"),
        ({"legal_basis": "  "}, "legal_basis"),
        ({"decided_by": ""}, "decided_by"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(association, page, villages, changes, field):
    answer = association.post(page, typed(*villages, **changes))
    assert field in answer.context["form"].errors
    assert not VillageArea.objects.exists()


def test_a_village_of_another_commune_is_not_among_the_choices(association, page, villages):
    answer = association.post(page, typed(VillageFactory()))
    assert "places" in answer.context["form"].errors
    assert not VillageArea.objects.exists()


def test_a_later_decision_is_named(association, page, villages):
    VillageAreaFactory(place=villages[1], valid_from=DAY)
    answer = association.post(page, typed(*villages))
    assert "Bản Hai" in answer.context["form"].errors["since"][0]
    assert VillageArea.objects.count() == 1


def test_what_was_recorded_by_mistake_goes_and_leaves_its_trace(association, commune, page, villages):
    row = VillageAreaFactory(place=villages[0])
    association.post(reverse("recognition:area_take_back", args=[commune.pk, row.pk]))
    assert not VillageArea.objects.exists()
    assert AuditEvent.objects.get().action == "area.taken_back"


def test_what_belongs_to_another_commune_is_not_taken_back_here(association, commune):
    row = VillageAreaFactory()
    answer = association.post(reverse("recognition:area_take_back", args=[commune.pk, row.pk]))
    assert answer.status_code == 404
    assert VillageArea.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.VIEWER])
def test_who_works_in_the_commune_reads_but_does_not_decide(client, commune, page, villages, role):
    client.force_login(UserFactory(role=role, place=commune))
    row = VillageAreaFactory(place=villages[0])
    shown = client.get(page)
    assert "Bản Một" in shown.text
    assert shown.context["form"] is None
    assert client.post(page, typed(villages[1])).status_code == 403
    back = reverse("recognition:area_take_back", args=[commune.pk, row.pk])
    assert client.post(back).status_code == 403
    assert VillageArea.objects.get() == row


def test_another_commune_is_not_there(client, page, villages):
    client.force_login(UserFactory(role=Role.OFFICER, place=CommuneFactory()))
    assert client.get(page).status_code == 404
    assert client.post(page, typed(villages[0])).status_code == 404


def test_the_areas_of_one_commune_only_are_opened_at_once(client, commune, page):
    client.force_login(UserFactory(role=Role.OFFICER, place=commune))
    assert client.get(reverse("recognition:all_areas")).url == page


def test_the_page_of_a_large_commune_asks_the_database_little(
    association, page, commune, django_assert_max_num_queries
):
    for _number in range(15):
        VillageAreaFactory(place=VillageFactory(parent=commune))
    with django_assert_max_num_queries(25):
        association.get(page)


def test_the_sheet_of_a_household_says_which_threshold_holds_and_who_decided(client, commune, villages):
    decided = VillageAreaFactory(place=villages[0])
    row = AssessmentFactory(round__place=commune, place=villages[0], area="disadvantaged")
    other = AssessmentFactory(round=row.round, place=villages[1])
    client.force_login(UserFactory(role=Role.OFFICER, place=commune))
    assert (
        f"{decided.legal_basis}; do {decided.decided_by} quyết định"
        in client.get(row.get_absolute_url()).text
    )
    assert decided.legal_basis not in client.get(other.get_absolute_url()).text
