import datetime
from collections import Counter

import pytest

from django.core.management import call_command

from portal.places.domain import seed
from portal.places.enums import COMMUNE_KINDS, DISTRICT_KINDS, PlaceKind
from portal.places.models import Place, PlaceAlias, PlaceChange, PlaceVersion

from .conftest import DECEMBER_2022, TODAY

D = datetime.date
BEFORE_THE_REFORM, REFORM = D(2025, 6, 30), D(2025, 7, 1)


def test_2022_has_ten_districts_and_161_communes(cao_bang):
    places = Place.objects.within(cao_bang, DECEMBER_2022)
    kinds = Counter(place.at(DECEMBER_2022).kind for place in places.with_versions())
    assert sum(kinds[kind] for kind in DISTRICT_KINDS) == 10
    assert sum(kinds[kind] for kind in COMMUNE_KINDS) == 161


def test_since_july_2025_there_are_53_xa_3_phuong_and_no_district(cao_bang):
    kinds = Counter(version.kind for version in PlaceVersion.objects.on(REFORM))
    assert kinds == {PlaceKind.PROVINCE: 1, PlaceKind.COMMUNE: 53, PlaceKind.WARD: 3}


def test_every_commune_of_2022_goes_whole_into_one_of_the_56(cao_bang, django_assert_num_queries):
    communes = Place.objects.of_kinds(COMMUNE_KINDS, BEFORE_THE_REFORM).values_list("pk", flat=True)
    communes = list(communes)
    with django_assert_num_queries(2):
        shares = Place.objects.successor_shares(communes, TODAY)
    assert len(shares) == 161
    assert all(list(held.values()) == [1] for held in shares.values())
    targets = {target for held in shares.values() for target in held}
    assert targets == set(Place.objects.of_kinds(COMMUNE_KINDS, TODAY).values_list("pk", flat=True))


def test_the_province_keeps_its_identity_through_the_reform(cao_bang):
    assert Place.objects.by_code("04", DECEMBER_2022) == Place.objects.by_code("04", TODAY) == cao_bang


def test_a_reused_code_means_another_place_after_the_reform(cao_bang):
    assert str(Place.objects.by_code("01501", DECEMBER_2022)) == "Xã Chí Viễn"
    assert str(Place.objects.by_code("01501", TODAY)) == "Xã Đàm Thuỷ"


def test_the_mergers_of_july_2025_name_their_resolution(cao_bang):
    changes = PlaceChange.objects.filter(date=REFORM)
    assert set(changes.values_list("legal_basis", "kind")) == {("1657/NQ-UBTVQH15", "merge")}
    assert changes.count() == 161


def test_a_day_not_read_in_the_resolution_says_so(cao_bang):
    notes = PlaceChange.objects.filter(legal_basis="864/NQ-UBTVQH14").values_list("note", flat=True)
    assert len(notes) == 7
    assert all("chưa đối chiếu" in note for note in notes)


def test_a_start_that_is_not_known_stays_open(cao_bang):
    assert Place.objects.by_code("01477", DECEMBER_2022).at(DECEMBER_2022).valid_from is None


def test_tra_linh_was_hung_quoc_in_another_district_until_march_2020(cao_bang):
    place = Place.objects.by_code("01447", DECEMBER_2022)
    assert place.label_on(D(2020, 2, 29)) == "Thị trấn Hùng Quốc"
    assert place.label_on(D(2020, 3, 1)) == "Thị trấn Trà Lĩnh"
    assert [str(above) for above in place.ancestors(D(2020, 2, 29))] == ["Huyện Trà Lĩnh", "Tỉnh Cao Bằng"]
    assert [str(above) for above in place.ancestors(D(2020, 3, 1))] == ["Huyện Trùng Khánh", "Tỉnh Cao Bằng"]
    assert [str(above) for above in place.ancestors(TODAY)] == []


def test_seeding_again_creates_nothing_and_keeps_what_was_corrected(cao_bang):
    version = Place.objects.by_code("01477", TODAY).at(TODAY)
    version.name = "Tên đã sửa"
    version.save()
    before = (
        Place.objects.count(),
        PlaceVersion.objects.count(),
        PlaceChange.objects.count(),
        PlaceAlias.objects.count(),
    )
    seed.load()
    after = (
        Place.objects.count(),
        PlaceVersion.objects.count(),
        PlaceChange.objects.count(),
        PlaceAlias.objects.count(),
    )
    assert after == before
    assert str(Place.objects.by_code("01477", TODAY)) == "Xã Tên đã sửa"


@pytest.mark.django_db
def test_the_command_says_how_many_places_it_made(capsys):
    call_command("seed_places")
    call_command("seed_places")
    assert capsys.readouterr().out.splitlines() == [
        "places: 236 created, 0 there before",
        "places: 0 created, 236 there before",
    ]
