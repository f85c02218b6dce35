import datetime

import pytest

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from portal.accounts.enums import PLACE_ROLES, Role
from portal.accounts.models import Grant, User
from portal.accounts.permissions import can_act, is_officer
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import CommuneFactory, DistrictFactory, ProvinceFactory, VillageFactory

pytestmark = pytest.mark.django_db
D = datetime.date
DAY = D(2026, 11, 23)


@pytest.fixture
def commune():
    return CommuneFactory(name="Đàm Thuỷ", parent=ProvinceFactory())


def test_a_role_over_a_commune_reaches_its_villages_and_no_neighbour(commune):
    officer = UserFactory(role=Role.OFFICER, place=commune)
    village, neighbour = VillageFactory(parent=commune), CommuneFactory(name="Đình Phong")
    assert can_act(officer, Role.OFFICER, commune, DAY)
    assert can_act(officer, Role.OFFICER, village, DAY)
    refused = can_act(officer, Role.OFFICER, neighbour, DAY)
    assert not refused
    assert "Xã Đình Phong" in refused.reason


def test_a_role_over_a_commune_does_not_reach_the_province_above_it(commune):
    officer = UserFactory(role=Role.OFFICER, place=commune)
    assert not officer.has_role(Role.OFFICER, commune.at(DAY).parent, DAY)


def test_a_role_over_the_province_reaches_every_level_below():
    province = ProvinceFactory()
    district = DistrictFactory(parent=province)
    commune = CommuneFactory(parent=district)
    viewer = UserFactory(role=Role.VIEWER, place=province)
    assert all(viewer.has_role(Role.VIEWER, place, DAY) for place in (province, district, commune))


def test_a_district_that_is_gone_no_longer_reaches_its_communes():
    district = DistrictFactory(valid_to=D(2025, 6, 30))
    commune = CommuneFactory(parent=district, valid_to=D(2025, 6, 30))
    officer = UserFactory()
    GrantFactory(user=officer, role=Role.OFFICER, place=district, valid_from=D(2020, 1, 1))
    assert officer.has_role(Role.OFFICER, commune, D(2025, 6, 30))
    assert not officer.has_role(Role.OFFICER, commune, D(2025, 7, 1))


def test_a_grant_without_a_place_holds_everywhere(commune):
    assert UserFactory(role=Role.AUDITOR).has_role(Role.AUDITOR, commune, DAY)


def test_one_role_is_not_another(commune):
    officer = UserFactory(role=Role.OFFICER, place=commune)
    for role in set(Role) - {Role.OFFICER}:
        refused = can_act(officer, role, commune, DAY)
        assert not refused
        assert str(Role(role).label) in refused.reason


def test_a_grant_holds_from_its_first_day_to_its_last(commune):
    grant = GrantFactory(role=Role.VERIFIER, place=commune, valid_from=D(2026, 1, 1), valid_to=D(2026, 6, 30))
    days = [D(2025, 12, 31), D(2026, 1, 1), D(2026, 6, 30), D(2026, 7, 1)]
    assert [grant.user.has_role(Role.VERIFIER, commune, day) for day in days] == [False, True, True, False]


def test_who_is_not_signed_in_or_locked_may_nothing(commune):
    locked = UserFactory(role=Role.OFFICER, place=commune, is_active=False)
    for person in (AnonymousUser(), locked):
        refused = can_act(person, Role.OFFICER, commune, DAY)
        assert not refused
        assert refused.reason
        assert not is_officer(person)


def test_a_superuser_is_administrator_but_keeps_no_books(commune):
    superuser = UserFactory(is_superuser=True)
    assert superuser.has_role(Role.ADMINISTRATOR)
    assert not superuser.has_role(Role.OFFICER, commune)
    assert is_officer(superuser)


def test_an_officer_is_who_holds_any_role_today():
    assert is_officer(UserFactory(role=Role.VIEWER))
    assert not is_officer(UserFactory())
    former = GrantFactory(valid_from=D(2020, 1, 1), valid_to=D(2020, 12, 31)).user
    assert not is_officer(former)


def test_asking_for_a_place_takes_two_queries(commune, django_assert_num_queries):
    officer = UserFactory(role=Role.OFFICER, place=commune)
    village = VillageFactory(parent=commune)
    with django_assert_num_queries(2):
        assert can_act(officer, Role.OFFICER, village, DAY)


GRANT = (
    "INSERT INTO accounts_grant (user_id, role, place_id, valid_from, valid_to) VALUES (%s, %s, %s, %s, %s)"
)


@pytest.mark.parametrize(
    ("role", "with_place", "valid_from", "valid_to"),
    [
        ("viewer", True, D(2026, 1, 2), D(2026, 1, 1)),
        ("king", True, D(2026, 1, 1), None),
        *[(role.value, False, D(2026, 1, 1), None) for role in PLACE_ROLES],
    ],
)
def test_the_database_refuses_a_grant_that_makes_no_sense(commune, role, with_place, valid_from, valid_to):
    user = UserFactory()
    place = commune.pk if with_place else None
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GRANT, [user.pk, role, place, valid_from, valid_to])
    assert not Grant.objects.exists()


def test_two_people_cannot_share_an_e_mail_address_but_may_have_none():
    UserFactory(email="a@example.vn")
    UserFactory(email="")
    UserFactory(email="")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="A@example.vn")


def test_people_are_listed_by_given_name():
    for name in ("Nguyễn Thị Xuân", "Đàm Văn An", "Bế Thị Ân"):
        UserFactory(full_name=name)
    names = User.objects.order_by("sort_key").values_list("full_name", flat=True)
    assert list(names) == ["Đàm Văn An", "Bế Thị Ân", "Nguyễn Thị Xuân"]
