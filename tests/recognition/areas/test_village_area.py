import datetime

import pytest

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.domain.areas import AreaDecision, LaterDecision, area_of, areas_of, decide
from recognition.enums import Area
from recognition.models import VillageArea
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import VillageAreaFactory

pytestmark = pytest.mark.django_db
D = datetime.date
INSERT = """
INSERT INTO recognition_villagearea (place_id, area, valid_from, valid_to, legal_basis, decided_by, note, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s, '', '2026-11-25 00:00:00')
"""


@pytest.fixture
def village():
    return VillageFactory()


@pytest.fixture
def held(village):
    return VillageAreaFactory(place=village, valid_from=D(2022, 1, 1), valid_to=D(2025, 6, 30))


def insert(village, since, until, area="standard", basis="Văn bản mẫu", by="Hội mẫu"):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [village.pk, area, since, until, basis, by])


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (D(2025, 6, 30), None),
        (D(2021, 1, 1), D(2022, 1, 1)),
        (D(2023, 1, 1), D(2023, 1, 1)),
        (D(2021, 1, 1), None),
    ],
)
def test_the_database_refuses_two_areas_of_a_village_on_one_day(held, village, since, until):
    with pytest.raises(IntegrityError):
        insert(village, since, until)


def test_the_database_refuses_to_stretch_one_over_the_next(held, village):
    insert(village, D(2025, 7, 1), None)
    with pytest.raises(IntegrityError), transaction.atomic():
        VillageArea.objects.filter(pk=held.pk).update(valid_to=D(2025, 7, 1))


@pytest.mark.parametrize(("since", "until"), [(D(2025, 7, 1), None), (D(2021, 1, 1), D(2021, 12, 31))])
def test_one_area_may_follow_another_without_a_gap(held, village, since, until):
    insert(village, since, until)
    insert(VillageFactory(), D(2022, 1, 1), None)
    assert VillageArea.objects.count() == 3


@pytest.mark.parametrize(
    "wrong", [{"area": "remote"}, {"basis": ""}, {"by": ""}, {"until": D(2025, 12, 31)}], ids=str
)
def test_the_database_refuses_what_says_nothing(village, wrong):
    with pytest.raises(IntegrityError):
        insert(village, **{"since": D(2026, 1, 1), "until": None} | wrong)


def test_a_form_hears_of_the_overlap_before_the_database_does(held, village):
    with pytest.raises(ValidationError):
        VillageAreaFactory.build(place=village, valid_from=D(2024, 1, 1)).full_clean()
    VillageAreaFactory.build(place=village, valid_from=D(2025, 7, 1)).full_clean()
    held.full_clean()


@pytest.mark.parametrize(
    ("day", "area"),
    [
        (D(2021, 12, 31), None),
        (D(2022, 1, 1), Area.DISADVANTAGED),
        (D(2025, 6, 30), Area.DISADVANTAGED),
        (D(2025, 7, 1), None),
    ],
)
def test_the_area_is_that_of_the_day(held, village, day, area):
    assert area_of(village, day) == area


def test_the_areas_of_many_are_asked_for_at_once(held, village, django_assert_num_queries):
    other, undecided = VillageFactory(), VillageFactory()
    VillageAreaFactory(place=other, area=Area.STANDARD)
    with django_assert_num_queries(1):
        found = areas_of([village, other, undecided], D(2025, 1, 1))
    assert found == {village.pk: Area.DISADVANTAGED, other.pk: Area.STANDARD}


def test_an_area_of_the_commune_says_nothing_of_its_villages():
    village = VillageFactory()
    commune = village.current().parent
    VillageAreaFactory(place=commune)
    assert area_of(village, D(2026, 1, 1)) is None


def decision(since, until=None, area=Area.STANDARD):
    return AreaDecision(area, since, until, "Văn bản mẫu 2", "Hội mẫu")


def test_a_new_decision_ends_the_one_before_and_stands_in_the_audit_trail():
    commune = CommuneFactory()
    villages = [VillageFactory(parent=commune), VillageFactory(parent=commune)]
    old = VillageAreaFactory(place=villages[0], valid_from=D(2022, 1, 1))
    user = UserFactory(role=Role.ADMINISTRATOR)
    assert decide(commune, villages, decision(D(2026, 1, 1)), user, Role.ADMINISTRATOR) == 2
    old.refresh_from_db()
    assert old.valid_to == D(2025, 12, 31)
    assert [area_of(each, D(2026, 1, 1)) for each in villages] == [Area.STANDARD] * 2
    events = AuditEvent.objects.filter(action="area.decided")
    assert {event.object for event in events} == {f"places.place:{each.pk}" for each in villages}
    assert events[0].data["basis"] == "Văn bản mẫu 2"


def test_a_decision_does_not_write_over_a_later_one(held, village):
    commune = village.current().parent
    with pytest.raises(LaterDecision, match="01/01/2022"):
        decide(commune, [village], decision(D(2021, 1, 1)), None, Role.ADMINISTRATOR)
    assert VillageArea.objects.get() == held


def test_a_decision_for_a_time_leaves_what_held_before_it_and_after():
    village = VillageFactory()
    VillageAreaFactory(place=village, valid_from=D(2022, 1, 1))
    decide(village.current().parent, [village], decision(D(2024, 1, 1), D(2024, 12, 31)), None, "")
    days = [D(2023, 12, 31), D(2024, 1, 1), D(2024, 12, 31), D(2025, 1, 1)]
    assert [area_of(village, day) for day in days] == [
        Area.DISADVANTAGED,
        Area.STANDARD,
        Area.STANDARD,
        Area.DISADVANTAGED,
    ]


def test_a_decision_of_the_past_is_recorded_before_a_later_one(held, village):
    commune = village.current().parent
    decide(commune, [village], decision(D(2021, 1, 1), D(2021, 12, 31)), None, "")
    assert area_of(village, D(2021, 6, 1)) == Area.STANDARD
    assert area_of(village, D(2022, 1, 1)) == Area.DISADVANTAGED
