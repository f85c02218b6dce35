import datetime

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from recognition.domain.indicators.report import report
from recognition.enums import Indicator, RevokedBecause, SubjectKind
from tests.factories.places import CommuneFactory, ProvinceFactory, VillageFactory
from tests.factories.recognition import (
    AssessmentFactory,
    AwardFactory,
    DenominatorFactory,
    RoundFactory,
    SubjectFactory,
    TargetFactory,
)

from .reading import FAMILY, families, of

pytestmark = pytest.mark.django_db


class TestWhatCounts:
    def test_titles_of_villages_and_of_the_commune_itself(self):
        commune = CommuneFactory()
        families(commune, 1)
        families(VillageFactory(parent=commune), 2)
        AwardFactory(place=commune, subject_kind=SubjectKind.CLAN)
        assert of(report(2025), commune).recognised == 3
        assert of(report(2025), commune, Indicator.CLAN).recognised == 1

    def test_a_title_of_another_year_does_not(self):
        commune = CommuneFactory()
        families(commune, 1, year=2024)
        assert of(report(2025), commune).recognised == 0

    @pytest.mark.parametrize(("day", "counted"), [("2025-12-31", 0), ("2026-01-01", 1)])
    def test_a_title_revoked_by_the_end_of_the_year_does_not(self, day, counted):
        commune = CommuneFactory()
        AwardFactory(place=commune, revoked_on=datetime.date.fromisoformat(day))
        assert of(report(2025), commune).recognised == counted

    def test_a_title_that_says_it_is_still_valid_counts_in_later_years(self):
        commune = CommuneFactory()
        AwardFactory(
            place=commune,
            year=2023,
            decision_date="2024-02-10",
            valid_from="2024-02-10",
            valid_to="2026-12-31",
        )
        assert [of(report(year), commune).recognised for year in (2022, 2023, 2024, 2026, 2027)] == [
            0, 1, 1, 1, 0,
        ]  # fmt: skip
        assert report(2024).whole[FAMILY].over_registered is None

    def test_who_holds_two_titles_is_counted_once(self):
        commune = CommuneFactory()
        days = {"decision_date": "2024-02-10", "valid_from": "2024-02-10", "valid_to": "2026-12-31"}
        first = AwardFactory(place=commune, year=2023, **days)
        AwardFactory(place=commune, year=2025, name=first.name)
        subject = SubjectFactory(place=commune)
        AwardFactory(place=commune, year=2023, subject=subject, **days)
        AwardFactory(place=commune, year=2025, subject=subject)
        assert of(report(2025), commune).recognised == 2

    def test_a_title_given_anew_after_it_was_revoked_is_counted_once(self):
        commune = CommuneFactory()
        subject = SubjectFactory(place=commune)
        AwardFactory(
            place=commune, subject=subject, revoked_on="2026-02-01", revoked_reason=RevokedBecause.values[0]
        )
        AwardFactory(place=commune, subject=subject, name="Tên khác")
        assert of(report(2025), commune).recognised == 1

    def test_a_name_that_may_not_be_told_is_counted(self):
        commune = CommuneFactory()
        families(commune, 1, publication_basis="")
        assert of(report(2025), commune).recognised == 1


class TestRegistered:
    def test_those_of_the_rounds_of_the_year_who_have_not_left(self):
        commune = CommuneFactory()
        for state in ("registered", "self_scored", "recognised", "draft", "withdrawn"):
            AssessmentFactory(round=RoundFactory(year=2025, place=commune), state=state)
        AssessmentFactory(round=RoundFactory(year=2024, place=commune), state="registered")
        families(commune, 1)
        found = of(report(2025), commune)
        assert found.registered == 3
        assert (found.over_registered.numerator, found.over_registered.denominator) == (1, 3)

    def test_nobody_registered_yet_is_nought_and_no_round_is_unknown(self):
        commune = CommuneFactory()
        assert of(report(2025), commune).registered is None
        AssessmentFactory(round=RoundFactory(year=2025, place=commune))
        assert of(report(2025), commune).registered == 0
        assert of(report(2025), commune).over_registered is None

    def test_one_that_takes_part_in_two_rounds_is_counted_once(self):
        commune = CommuneFactory()
        first = AssessmentFactory(round=RoundFactory(year=2025, place=commune), state="registered")
        again = RoundFactory(year=2025, place=commune)
        AssessmentFactory(round=again, place=first.place, subject=first.subject, state="registered")
        assert of(report(2025), commune).registered == 1


class TestDenominators:
    def test_the_locked_one_stands_before_one_that_is_only_entered(self):
        commune = CommuneFactory()
        locked = DenominatorFactory(place=commune, value=100)
        DenominatorFactory(place=commune, value=90, open=True, supersedes=locked, reason="Đếm lại")
        found = of(report(2025), commune)
        assert (found.total, found.provisional) == (100, False)

    def test_one_that_is_only_entered_makes_the_figure_provisional(self):
        commune = CommuneFactory()
        DenominatorFactory(place=commune, open=True)
        assert of(report(2025), commune).provisional
        assert report(2025).provisional

    def test_villages_add_up_to_the_commune_where_it_has_declared_none_itself(self):
        commune = CommuneFactory()
        first, second = VillageFactory(parent=commune), VillageFactory(parent=commune)
        VillageFactory(parent=commune)
        DenominatorFactory(place=first, value=10)
        DenominatorFactory(place=second, value=20)
        families(first, 7)
        families(commune, 2)
        found = of(report(2025), commune)
        assert (found.recognised, found.total, found.over_total.numerator) == (9, 30, 7)
        assert (found.coverage.covered, found.coverage.units, found.coverage.of_villages) == (2, 3, True)
        DenominatorFactory(place=commune, value=33)
        assert (of(report(2025), commune).total, report(2025).whole[FAMILY].total) == (33, 33)

    def test_a_commune_without_one_is_neither_nought_nor_left_out(self):
        known, unknown = CommuneFactory(), CommuneFactory()
        DenominatorFactory(place=known, value=10)
        families(known, 7)
        families(unknown, 5)
        found = report(2025)
        assert of(found, unknown).over_total is None
        whole = found.whole[FAMILY]
        assert (whole.recognised, whole.total, whole.over_total.numerator) == (12, 10, 7)
        assert (whole.coverage.covered, whole.coverage.units) == (1, 2)


class TestTargets:
    def test_the_next_milestone_holds(self):
        TargetFactory(year=2025, percent=70)
        TargetFactory(year=2030, percent=80)
        commune = CommuneFactory()
        assert [of(report(year), commune).target for year in (2024, 2025, 2026, 2030, 2031)] == [
            70, 70, 80, 80, None,
        ]  # fmt: skip

    def test_the_nearest_place_decides(self):
        TargetFactory(percent=70)
        province = ProvinceFactory()
        TargetFactory(percent=75, place=province)
        own, other = CommuneFactory(parent=province), CommuneFactory(parent=province)
        TargetFactory(percent=90, place=own)
        found = report(2025, area=province)
        assert [of(found, own).target, of(found, other).target, found.whole[FAMILY].target] == [90, 75, 75]
        elsewhere = CommuneFactory()
        assert of(report(2025), elsewhere).target == 70


def test_the_figures_cost_the_same_however_many_communes_there_are():
    province, counts = ProvinceFactory(), []
    for _more in range(2):
        for _commune in range(3):
            commune = CommuneFactory(parent=province)
            families(VillageFactory(parent=commune), 2)
            DenominatorFactory(place=commune)
        with CaptureQueriesContext(connection) as queries:
            report(2025, area=province)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
