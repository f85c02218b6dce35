"""The database refuses what must not be, also to raw SQL that knows nothing of the models."""

import datetime

import pytest

from django.db import IntegrityError, connection, transaction

from portal.places.models import PlaceVersion
from tests.factories.places import CommuneFactory, PlaceVersionFactory, ProvinceFactory, VillageFactory

pytestmark = pytest.mark.django_db
D = datetime.date

INSERT = """
INSERT INTO places_placeversion (place_id, code, name, name_key, sort_key, kind, parent_id, valid_from, valid_to, legal_basis)
VALUES (%s, %s, 'x', 'x', 'x', %s, %s, %s, %s, '')
"""


def insert(place, code, parent, valid_from, valid_to, kind="commune"):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [place.pk, code, kind, parent and parent.pk, valid_from, valid_to])


def refused(*args, **kwargs):
    with pytest.raises(IntegrityError):
        insert(*args, **kwargs)


@pytest.fixture
def province():
    return ProvinceFactory()


@pytest.fixture
def commune(province):
    return CommuneFactory(code="01501", parent=province, valid_from=D(2020, 3, 1), valid_to=D(2025, 6, 30))


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [
        (D(2025, 6, 30), None),
        (D(2019, 1, 1), D(2020, 3, 1)),
        (D(2021, 1, 1), D(2021, 12, 31)),
        (D(2019, 1, 1), None),
        (None, D(2020, 3, 1)),
        (None, None),
    ],
)
def test_two_versions_of_one_place_cannot_share_a_day(commune, province, valid_from, valid_to):
    refused(commune, "09999", province, valid_from, valid_to)


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [(D(2025, 7, 1), None), (None, D(2020, 2, 29)), (D(2019, 1, 1), D(2020, 2, 29))],
)
def test_versions_of_one_place_may_follow_each_other_without_a_gap(commune, province, valid_from, valid_to):
    insert(commune, "01501", province, valid_from, valid_to)
    assert commune.versions.count() == 2


def test_one_code_cannot_mean_two_places_on_one_day(commune, province):
    refused(province, "01501", None, D(2025, 6, 30), None, kind="province")
    other = CommuneFactory(code="01495", parent=province, valid_to=D(2019, 12, 31))
    refused(other, "01501", province, D(2025, 6, 30), None)
    insert(other, "01501", province, D(2025, 7, 1), None)


@pytest.mark.parametrize("valid_from", ["2025-06-30", None])
def test_an_update_cannot_make_versions_overlap(commune, province, valid_from):
    later = PlaceVersionFactory(place=commune, code="09998", parent=province, valid_from=D(2025, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE places_placeversion SET valid_from = %s WHERE id = %s", [valid_from, later.pk])


def test_an_update_cannot_take_the_code_of_another_place(commune, province):
    other = CommuneFactory(code="01495", parent=province)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE places_placeversion SET code = '01501' WHERE place_id = %s", [other.pk])


def test_an_update_that_changes_nothing_of_the_period_is_fine(commune):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE places_placeversion SET legal_basis = 'x' WHERE place_id = %s", [commune.pk])
    assert PlaceVersion.objects.get(place=commune).legal_basis == "x"


def test_many_villages_may_go_without_a_code(commune):
    VillageFactory(parent=commune)
    VillageFactory(parent=commune)
    assert PlaceVersion.objects.filter(code="").count() == 2


def test_a_commune_cannot_go_without_a_code(province):
    refused(ProvinceFactory(), "", province, None, None)


def test_a_period_cannot_end_before_it_begins(province):
    refused(CommuneFactory(valid_to=D(2000, 1, 1)), "08888", province, D(2025, 7, 2), D(2025, 7, 1))


def test_a_kind_that_does_not_exist_is_refused(province):
    refused(CommuneFactory(valid_to=D(2000, 1, 1)), "08888", province, D(2025, 7, 1), None, kind="kingdom")


def test_only_a_province_stands_under_nothing(province):
    refused(CommuneFactory(valid_to=D(2000, 1, 1)), "08888", None, D(2025, 7, 1), None)


def test_a_place_cannot_belong_to_itself():
    place = CommuneFactory(valid_to=D(2000, 1, 1))
    refused(place, "08888", place, D(2025, 7, 1), None)


CHANGE = """
INSERT INTO places_placechange (source_id, target_id, kind, date, share, legal_basis, note)
VALUES (%s, %s, %s, '2025-07-01', %s, 'x', '')
"""


@pytest.mark.parametrize(("kind", "share"), [("merge", 0), ("merge", "1.1"), ("merge", "-0.5"), ("magic", 1)])
def test_a_change_has_a_known_kind_and_a_share_above_none_up_to_all(kind, share):
    source, target = CommuneFactory(), CommuneFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGE, [source.pk, target.pk, kind, share])


def test_a_place_cannot_change_into_itself_nor_twice_into_the_same_on_one_day():
    source, target = CommuneFactory(), CommuneFactory()
    with connection.cursor() as cursor:
        cursor.execute(CHANGE, [source.pk, target.pk, "merge", "0.5"])
    for pair in ([source.pk, source.pk], [source.pk, target.pk]):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CHANGE, [*pair, "merge", "0.5"])
