import datetime
from decimal import Decimal

import pytest

from portal.places.domain import versions
from portal.places.enums import ChangeKind, PlaceKind
from portal.places.models import AmbiguousName, Place, PlaceChange
from tests.factories.places import (
    CommuneFactory,
    DistrictFactory,
    PlaceVersionFactory,
    ProvinceFactory,
    VillageFactory,
)

from .conftest import DECEMBER_2022, TODAY

pytestmark = pytest.mark.django_db
D = datetime.date


def labels(places):
    return [str(place) for place in places]


def change(source, target, date, share=1, kind=ChangeKind.SPLIT):
    return PlaceChange.objects.create(
        source=source, target=target, date=date, share=Decimal(share), kind=kind
    )


@pytest.fixture
def trung_khanh(cao_bang):
    return Place.objects.by_code("047", DECEMBER_2022)


def test_a_place_has_no_code_of_its_own_so_that_a_code_is_never_looked_up_without_a_date(cao_bang):
    assert "code" not in {field.name for field in Place._meta.get_fields()}
    with pytest.raises(TypeError):
        Place.objects.by_code("01501")


def test_an_unknown_code_or_one_not_in_force_on_that_day_is_not_found(cao_bang):
    for code, date in (("99999", TODAY), ("01495", TODAY), ("047", TODAY)):
        with pytest.raises(Place.DoesNotExist):
            Place.objects.by_code(code, date)


def test_both_ends_of_a_period_belong_to_it():
    place = CommuneFactory(valid_from=D(2020, 3, 1), valid_to=D(2025, 6, 30))
    days = [D(2020, 2, 29), D(2020, 3, 1), D(2025, 6, 30), D(2025, 7, 1)]
    assert [place.at(day) is not None for day in days] == [False, True, True, False]
    assert [Place.objects.on(day).filter(pk=place.pk).exists() for day in days] == [False, True, True, False]


def test_versions_that_came_along_cost_no_further_query(cao_bang, django_assert_num_queries):
    with django_assert_num_queries(2):
        places = list(Place.objects.on(DECEMBER_2022).with_versions())
        assert len([place.label_on(DECEMBER_2022) for place in places]) == 172


def test_saving_a_version_refreshes_the_label_of_its_place():
    place = CommuneFactory(name="Cũ", valid_to=D(2025, 6, 30))
    PlaceVersionFactory(place=place, name="Mới", kind=PlaceKind.WARD, valid_from=D(2025, 7, 1))
    place.refresh_from_db()
    assert (str(place), place.label_on(D(2024, 1, 1))) == ("Phường Mới", "Xã Cũ")


def test_deleting_a_version_gives_the_place_back_its_earlier_label():
    place = CommuneFactory(name="Cũ", valid_to=D(2025, 6, 30))
    PlaceVersionFactory(place=place, name="Mới", valid_from=D(2025, 7, 1)).delete()
    place.refresh_from_db()
    assert str(place) == "Xã Cũ"


def test_places_are_listed_in_vietnamese_order():
    for name in ("Đàm Thuỷ", "Xuân Nội", "Ân", "Dũng", "An"):
        CommuneFactory(name=name, parent=ProvinceFactory())
    names = Place.objects.filter(versions__kind=PlaceKind.COMMUNE).values_list("name", flat=True)
    assert list(names) == ["An", "Ân", "Dũng", "Đàm Thuỷ", "Xuân Nội"]


@pytest.mark.parametrize("name", ["Đàm Thuỷ", "Đàm Thủy", "đàm thủy", "Xã Đàm Thủy", "XÃ ĐÀM THUỶ"])
def test_a_name_is_found_however_its_tone_and_case_are_written(cao_bang, name):
    assert str(Place.objects.by_name(name, TODAY)) == "Xã Đàm Thuỷ"


@pytest.mark.parametrize("name", ["Dam Thuy", "Đâm Thuỷ", "Phường Đàm Thuỷ", ""])
def test_a_name_with_other_letters_or_of_another_kind_is_not_found(cao_bang, name):
    with pytest.raises(Place.DoesNotExist):
        Place.objects.by_name(name, TODAY)


def test_the_spelling_of_the_other_official_list_is_found_while_the_place_lasts(cao_bang):
    assert str(Place.objects.by_name("Phong Nặm", DECEMBER_2022)) == "Xã Phong Nậm"
    assert str(Place.objects.by_name("Xã Thông Huề", D(2019, 12, 31))) == "Xã Thông Hoè"
    with pytest.raises(Place.DoesNotExist):
        Place.objects.by_name("Phong Nặm", TODAY)


def test_a_name_borne_by_several_places_names_them_all_with_their_district(cao_bang):
    with pytest.raises(AmbiguousName) as ambiguous:
        Place.objects.by_name("Quang Trung", DECEMBER_2022)
    assert len(ambiguous.value.choices) == 2
    assert "Xã Quang Trung, Huyện Trùng Khánh" in str(ambiguous.value)
    assert "Xã Quang Trung, Huyện Hoà An" in str(ambiguous.value)


def test_the_district_or_the_kind_tells_equal_names_apart(trung_khanh):
    assert (
        Place.objects.by_name("Quang Trung", DECEMBER_2022, within=trung_khanh).at(DECEMBER_2022).code
        == "01465"
    )
    assert str(Place.objects.by_name("Thị trấn Trùng Khánh", DECEMBER_2022)) == "Thị trấn Trùng Khánh"
    assert str(Place.objects.by_name("Huyện Trùng Khánh", DECEMBER_2022)) == "Huyện Trùng Khánh"


def test_what_lies_within_a_place_is_one_query_and_reaches_the_villages(django_assert_num_queries):
    province = ProvinceFactory()
    district = DistrictFactory(parent=province, valid_to=D(2025, 6, 30))
    commune = CommuneFactory(parent=district, valid_to=D(2025, 6, 30))
    village = VillageFactory(parent=commune)
    CommuneFactory()
    with django_assert_num_queries(1):
        assert set(Place.objects.within(province, D(2025, 6, 30))) == {district, commune, village}
    assert set(Place.objects.within(district, D(2025, 6, 30))) == {commune, village}
    assert set(Place.objects.within(village, D(2025, 6, 30))) == set()
    assert set(Place.objects.within(district, D(2025, 7, 1))) == set()


def test_the_numbers_from_some_places_on_are_theirs_and_those_of_all_below(django_assert_num_queries):
    province = ProvinceFactory()
    district = DistrictFactory(parent=province, valid_to=D(2025, 6, 30))
    commune = CommuneFactory(parent=district, valid_to=D(2025, 6, 30))
    village, other = VillageFactory(parent=commune, valid_to=D(2025, 6, 30)), VillageFactory()
    before, after = D(2025, 6, 30), D(2025, 7, 1)
    with django_assert_num_queries(1):
        reached = Place.objects.numbers_from([district.pk, other.pk], before)
    assert reached == {district.pk, commune.pk, village.pk, other.pk}
    assert Place.objects.numbers_from([province.pk], before) == {
        province.pk,
        *Place.objects.within(province, before).values_list("pk", flat=True),
    }
    assert Place.objects.numbers_from([district.pk], after) == {district.pk}
    assert Place.objects.numbers_from([], before) == set()


def test_trung_khanh_of_2022_is_seven_communes_today(trung_khanh):
    assert labels(trung_khanh.successors(TODAY)) == [
        "Xã Đàm Thuỷ",
        "Xã Đình Phong",
        "Xã Đoài Dương",
        "Xã Quang Hán",
        "Xã Quang Trung",
        "Xã Trà Lĩnh",
        "Xã Trùng Khánh",
    ]


def test_a_place_succeeds_itself_while_it_lasts(trung_khanh):
    assert labels(trung_khanh.successors(DECEMBER_2022)) == ["Huyện Trùng Khánh"]


def test_successors_follow_every_reform_in_between(cao_bang):
    thong_hoe = Place.objects.by_code("01525", D(2019, 12, 31))
    assert labels(thong_hoe.successors(DECEMBER_2022)) == ["Xã Đoài Dương"]
    assert thong_hoe.successors(DECEMBER_2022).get() != thong_hoe.successors(TODAY).get()
    assert labels(thong_hoe.successors(TODAY)) == ["Xã Đoài Dương"]


def test_a_place_that_is_not_founded_yet_has_no_successor(cao_bang):
    assert labels(Place.objects.by_code("01477", TODAY).successors(DECEMBER_2022)) == []


def test_predecessors_are_the_places_of_that_day_that_went_into_it(cao_bang):
    commune = Place.objects.by_name("Trùng Khánh", TODAY)
    of_2022 = labels(commune.predecessors(DECEMBER_2022))
    assert sorted(of_2022) == sorted(["Thị trấn Trùng Khánh", "Xã Đức Hồng", "Xã Khâm Thành", "Xã Lăng Hiếu"])
    of_2019 = labels(commune.predecessors(D(2019, 12, 31)))
    gone = ["Xã Cảnh Tiên", "Xã Lăng Yên", "Xã Ngọc Chung", "Xã Đình Minh"]
    assert sorted(of_2019) == sorted(of_2022 + gone)


def test_shares_multiply_along_the_way_and_the_rest_stays():
    whole, half, quarter = CommuneFactory(), CommuneFactory(), CommuneFactory()
    change(whole, half, D(2020, 1, 1), "0.5")
    change(half, quarter, D(2021, 1, 1), "0.5")
    shares = Place.objects.successor_shares([whole.pk], TODAY)[whole.pk]
    assert shares == {whole.pk: Decimal("0.5"), half.pk: Decimal("0.25"), quarter.pk: Decimal("0.25")}


def test_figures_of_a_later_day_do_not_move_with_an_earlier_change():
    place, other = CommuneFactory(), CommuneFactory()
    change(place, other, D(2020, 1, 1), "0.5")
    assert Place.objects.successor_shares([place.pk], TODAY, since=D(2020, 1, 1)) == {place.pk: {place.pk: 1}}
    assert Place.objects.successor_shares([place.pk], D(2019, 12, 31)) == {place.pk: {place.pk: 1}}


def test_nothing_moves_twice_on_one_day():
    first, second, third = CommuneFactory(), CommuneFactory(), CommuneFactory()
    change(second, third, D(2020, 1, 1))
    change(first, second, D(2020, 1, 1))
    assert Place.objects.successor_shares([first.pk], TODAY)[first.pk] == {second.pk: 1}


def test_amending_a_place_ends_the_old_version_the_day_before():
    place = VillageFactory(name="1", kind=PlaceKind.TO_DAN_PHO)
    versions.amend(place, D(2026, 5, 26), kind=PlaceKind.XOM)
    place.refresh_from_db()
    assert place.label_on(D(2026, 5, 25)) == "Tổ dân phố 1"
    assert place.label_on(D(2026, 5, 26)) == str(place) == "Xóm 1"


def test_a_place_that_is_gone_cannot_be_amended():
    place = CommuneFactory(valid_to=D(2025, 6, 30))
    with pytest.raises(ValueError, match="not in force"):
        versions.amend(place, D(2026, 1, 1), name="Mới")
