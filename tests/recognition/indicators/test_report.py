import datetime
import json
from io import StringIO

import pytest

from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.places.domain import seed
from portal.places.enums import COMMUNE_KINDS, ChangeKind
from portal.places.models import Place, PlaceChange
from recognition.domain.indicators.report import report
from recognition.enums import DenominatorKind, Indicator, RevokedBecause, SubjectKind
from tests.factories.places import CommuneFactory, ProvinceFactory, VillageFactory
from tests.factories.recognition import (
    AssessmentFactory,
    AwardFactory,
    DenominatorFactory,
    RoundFactory,
    SubjectFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

FAMILY = Indicator.FAMILY
REFORM = datetime.date(2025, 7, 1)
BEFORE = datetime.date(2025, 6, 30)


def families(place, number, year=2025, **more):
    return AwardFactory.create_batch(number, place=place, year=year, **more)


def row_of(found, place):
    return next(row for row in found.rows if row.commune.pk == place.pk)


def of(found, place, indicator=FAMILY):
    return row_of(found, place).figures[indicator]


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

    def test_citizens_are_measured_by_no_target_while_nobody_says_where_they_belong(self):
        commune = CommuneFactory()
        AwardFactory(place=commune, subject_kind=SubjectKind.CITIZEN)
        found = report(2025)
        assert found.unplaced == 1
        assert of(found, commune, Indicator.WORKERS).recognised == 0


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


class TestTheCommand:
    def run(self, *args):
        out = StringIO()
        call_command("indicators", *args, stdout=out)
        return out.getvalue()

    @pytest.fixture
    def commune(self):
        commune = CommuneFactory(name="Đàm Thuỷ", code="01501")
        TargetFactory()
        families(commune, 6)
        DenominatorFactory(place=commune, value=10)
        return commune

    def test_a_program_gets_one_object(self, commune):
        data = json.loads(self.run("2025", "--json"))
        [row] = [row for row in data["rows"] if row["title"] == "family"]
        wanted = {
            "commune": "Xã Đàm Thuỷ", "code": "01501", "recognised": 6, "registered": None, "total": 10,
            "rate_of_total": 60, "rate_of_registered": None, "target": 70, "missing": 1, "coverage": "1/1 xã",
        }  # fmt: skip
        assert row | wanted == row
        assert data["map"] == "2025-12-31"

    def test_a_person_reads_a_table(self, commune):
        page = self.run("2025")
        assert "Xã Đàm Thuỷ" in page
        assert "60,0 % (thiếu 1 hộ)" in page
        assert "chưa có mẫu số" in page

    def test_the_fingerprint_changes_with_the_figures_alone(self, commune):
        prints = [json.loads(self.run("2025", "--json"))["fingerprint"] for _again in range(2)]
        families(commune, 1)
        assert prints[0] == prints[1] != json.loads(self.run("2025", "--json"))["fingerprint"]

    @pytest.mark.parametrize("args", [("1800",), ("2025", "--map", "30/06/2025")])
    def test_a_question_that_cannot_be_is_answered_with_a_sentence(self, args):
        with pytest.raises(CommandError):
            self.run(*args)
