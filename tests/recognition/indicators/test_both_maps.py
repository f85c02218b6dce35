"""The figures of a year by the map of then and of now: the merger of July 2025 keeps every total."""

import datetime

import pytest

from portal.places.domain import seed
from portal.places.enums import COMMUNE_KINDS, ChangeKind
from portal.places.models import Place, PlaceChange
from recognition.domain.indicators.report import report
from recognition.enums import DenominatorKind, Indicator, SubjectKind
from tests.factories.places import CommuneFactory, ProvinceFactory, VillageFactory
from tests.factories.recognition import (
    AwardFactory,
    DenominatorFactory,
)

from .reading import FAMILY, families, of, row_of

pytestmark = pytest.mark.django_db
REFORM = datetime.date(2025, 7, 1)
BEFORE = datetime.date(2025, 6, 30)


class TestBothMaps:
    """The twenty-one communes of the district that became seven on 01/07/2025, one of them with a neighbour's."""

    @pytest.fixture(autouse=True)
    def places(self):
        seed.load()

    @pytest.fixture
    def district(self):
        return Place.objects.by_code("047", BEFORE)

    @pytest.fixture
    def old(self, district):
        """[the communes of then], each with families, clans and households, but the last without a denominator."""
        communes = list(
            Place.objects.within(district, BEFORE).filter(versions__kind__in=COMMUNE_KINDS).distinct()
        )
        assert len(communes) == 21
        communes.append(Place.objects.by_code("01474", BEFORE))  # Quốc Toản, then in Quảng Hòa
        for number, commune in enumerate(communes, 1):
            families(commune, number, year=2024)
            families(VillageFactory(parent=commune, valid_to=BEFORE), 1, year=2024)
            AwardFactory(place=commune, subject_kind=SubjectKind.CLAN, year=2024)
            if number < 22:
                DenominatorFactory(place=commune, year=2024, value=number + 5, open=number == 1)
            DenominatorFactory(place=commune, year=2024, kind=DenominatorKind.CLANS, value=3)
        return communes

    @pytest.mark.parametrize("day", [None, BEFORE, REFORM, datetime.date(2026, 11, 1)])
    def test_children_add_up_to_their_parent_on_every_map(self, old, district, day):
        found = report(2024, day, district)
        for indicator in Indicator:
            rows = [row.figures[indicator] for row in found.rows]
            whole = found.whole[indicator]
            assert sum(row.recognised for row in rows) == whole.recognised
            assert sum(row.total or 0 for row in rows) == (whole.total or 0)
            assert sum(row.over_total.numerator for row in rows if row.over_total) == (
                whole.over_total.numerator if whole.over_total else 0
            )
        assert found.whole[FAMILY].recognised == 22 + sum(range(1, 23))
        assert found.whole[Indicator.CLAN].total == 66

    def test_twenty_two_rows_become_seven_and_every_total_stays(self, old, district):
        before, after = report(2024, BEFORE, district), report(2024, REFORM, district)
        assert (len(before.rows), len(after.rows)) == (22, 7)
        assert before.whole == after.whole
        assert (before.whole[FAMILY].coverage.covered, before.whole[FAMILY].coverage.units) == (21, 22)
        assert not after.estimated
        tra_linh = next(row for row in after.rows if row.commune.label == "Xã Trà Lĩnh")
        assert (tra_linh.figures[FAMILY].coverage.covered, tra_linh.figures[FAMILY].coverage.units) == (2, 3)

    def test_a_new_commune_is_the_sum_of_those_that_went_into_it(self, old, district):
        after = report(2024, REFORM, district)
        for row in after.rows:
            sources = PlaceChange.objects.filter(target=row.commune.pk).values_list("source", flat=True)
            before = [of(report(2024, BEFORE, district), Place(pk=pk)) for pk in sources]
            assert row.figures[FAMILY].recognised == sum(figure.recognised for figure in before)

    def test_later_figures_are_divided_by_villages_and_what_cannot_be_is_kept_apart(self, district):
        new = Place.objects.by_code("01501", REFORM)
        old = Place.objects.by_code("01501", BEFORE)
        village = VillageFactory(parent=old, valid_to=BEFORE)
        village.versions.create(name="Mẫu", kind="xom", parent=new, valid_from=REFORM)
        families(village, 3)
        families(new, 2)
        DenominatorFactory(place=new, value=10)
        found = report(2025, BEFORE, district)
        assert of(found, old).recognised == 3
        assert row_of(found, new).of_other_map
        assert (of(found, new).recognised, of(found, new).over_total) == (2, None)
        assert found.whole == report(2025, REFORM, district).whole
        assert found.whole[FAMILY].over_total.percent == 50

    def test_the_whole_province_keeps_its_totals_too(self, old):
        before, after = report(2024, BEFORE), report(2024, REFORM)
        assert (len(before.rows), len(after.rows)) == (161, 56)
        assert before.whole == after.whole


def test_a_divided_commune_is_carried_by_its_shares_and_called_an_estimate():
    province = ProvinceFactory()
    old = CommuneFactory(parent=province, valid_to=BEFORE)
    heirs = [CommuneFactory(parent=province, valid_from=REFORM) for _heir in range(2)]
    for heir, share in zip(heirs, ("0.4", "0.6"), strict=True):
        PlaceChange.objects.create(
            source=old, target=heir, kind=ChangeKind.SPLIT, date=REFORM, share=share, legal_basis="Mẫu"
        )
    families(old, 7, year=2024)
    DenominatorFactory(place=old, year=2024, value=11)
    found = report(2024, REFORM, province)
    assert [float(of(found, heir).total) for heir in heirs] == [4.4, 6.6]
    assert all(of(found, heir).estimated for heir in heirs)
    assert (found.whole[FAMILY].total, found.whole[FAMILY].estimated) == (11, False)


def test_an_area_shows_nothing_of_its_neighbours():
    own, other = CommuneFactory(), CommuneFactory()
    families(own, 1)
    families(other, 2)
    found = report(2025, area=own.at(REFORM).parent)
    assert [row.commune.pk for row in found.rows] == [own.pk]
    assert found.whole[FAMILY].recognised == 1
