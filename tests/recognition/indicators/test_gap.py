"""What a round lacks to the target, whom a little would help, where most is lost, and the letters about it."""

import datetime
from decimal import Decimal
from io import StringIO

import pypdfium2
import pytest

from django.core.management import call_command

from portal.accounts.enums import Role
from recognition.domain import sheets
from recognition.domain.indicators.gap import gap
from recognition.domain.indicators.heat import by_criterion, heat_map, recompute, stale_totals
from recognition.domain.letters import letters, not_passed
from recognition.enums import Stage, SubjectKind
from recognition.models import Assessment, CouncilItem, CouncilSession
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import (
    AssessmentFactory,
    DenominatorFactory,
    RoundFactory,
    SubjectFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

CODES = ("1.1", "1.2", "2.1", "2.2")  # of 25 points each; 80 pass


@pytest.fixture
def round():
    return RoundFactory(year=2025)


@pytest.fixture
def village(round):
    return VillageFactory(name="Bản Giốc", parent=round.place)


def takes_part(round, village, points=None, name="", state="self_scored"):
    """`points`: of the four criteria; None: nothing is filled in yet."""
    subject = SubjectFactory(place=village, **({"name": name} if name else {}))
    row = AssessmentFactory(round=round, place=village, subject=subject, state=state)
    if points:
        fill(row, points)
    return row


def fill(row, points, stage=Stage.SELF):
    answers = {code: {"points": each} for code, each in zip(CODES, points, strict=False)}
    sheets.put(row, stage, answers, None, notes=dict.fromkeys(answers, "Lý do mẫu"))
    row.refresh_from_db()


def found(round, *places):
    return gap(round, Assessment.objects.filter(round=round), round.place, places)


class TestTheGap:
    def test_it_is_counted_in_households(self, round, village):
        TargetFactory(percent=70)
        DenominatorFactory(place=village, value=10)
        for _family in range(4):
            takes_part(round, village, (25, 25, 25, 25))
        takes_part(round, village, (20, 20, 20, 0))
        takes_part(round, village)
        [line] = found(round, village).lines
        assert (line.of, line.registered, line.reached, line.missing) == (10, 6, 4, 3)
        assert not line.from_books

    def test_without_a_declared_number_the_books_are_counted(self, round, village):
        TargetFactory(percent=70)
        SubjectFactory.create_batch(3, place=village)
        [line] = found(round, village).lines
        assert (line.of, line.from_books, line.missing) == (3, True, 3)

    def test_a_village_that_has_more_than_it_needs_helps_the_commune(self, round, village):
        TargetFactory(percent=50)
        other = VillageFactory(parent=round.place)
        DenominatorFactory(place=village, value=2)
        DenominatorFactory(place=other, value=2)
        for _family in range(2):
            takes_part(round, village, (25, 25, 25, 25))
        whole = found(round, village, other)
        assert [line.missing for line in whole.lines] == [0, 1]
        assert whole.missing == 0

    def test_what_the_commune_has_declared_is_the_whole_and_no_village_beside_the_others(
        self, round, village
    ):
        TargetFactory(percent=50)
        DenominatorFactory(place=round.place, value=30)
        SubjectFactory.create_batch(3, place=village)
        SubjectFactory(place=round.place)
        whole = gap(round, Assessment.objects.filter(round=round), round.place, [village, round.place])
        assert [(line.place, line.of, line.from_books) for line in whole.lines] == [
            (village, 3, True),
            (round.place, 1, True),
        ]
        assert (whole.together["of"], whole.missing) == (30, 15)

    def test_without_a_target_nothing_is_missing(self, round, village):
        takes_part(round, village, (25, 25, 25, 25))
        whole = found(round, village)
        assert (whole.target, whole.missing, whole.lines[0].missing, whole.lines[0].reached) == (
            None,
            None,
            None,
            1,
        )

    def test_citizens_of_a_round_have_no_target_of_their_own(self):
        round = RoundFactory(year=2025, subject_kind=SubjectKind.CITIZEN)
        assert found(round, round.place).target is None


class TestNearMisses:
    @pytest.mark.parametrize(("last", "is_near"), [(4, False), (5, True), (9, True), (10, False)])
    def test_at_most_five_points_short(self, round, village, last, is_near):
        takes_part(round, village, (25, 25, 20, last))
        assert bool(found(round, village).near) == is_near

    def test_each_names_the_criterion_where_most_is_lost(self, round, village):
        row = takes_part(round, village, (25, 25, 20, 7))
        [near] = found(round, village).near
        assert (near.assessment, near.short_by, near.criterion.code, near.lost) == (row, 3, "2.2", 18)

    def test_the_nearest_comes_first_and_who_has_left_is_not_among_them(self, round, village):
        takes_part(round, village, (25, 25, 20, 6))
        nearest = takes_part(round, village, (25, 25, 20, 9))
        gone = takes_part(round, village, (25, 25, 20, 9))
        Assessment.objects.filter(pk=gone.pk).update(state="withdrawn", reason="Chuyển đi")
        near = found(round, village).near
        assert [each.short_by for each in near] == [1, 4]
        assert near[0].assessment == nearest


class TestHeat:
    def share(self, round):
        return {
            key: heat.share for key, heat in heat_map(Assessment.objects.all(), round.criteria_set).items()
        }

    def test_it_is_the_share_of_the_points_by_village_and_criterion(self, round, village):
        other = VillageFactory(parent=round.place)
        takes_part(round, village, (25, 0, 10, 25))
        takes_part(round, village, (0, 0, 15, 25))
        takes_part(round, other, (5, 5, 5, 5))
        criteria = sheets.criteria_by_code(round.criteria_set)
        shares = self.share(round)
        assert [shares[village.pk, criteria[code].pk] for code in CODES] == [
            Decimal("0.5"),
            0,
            Decimal("0.5"),
            1,
        ]
        assert shares[other.pk, criteria["1.1"].pk] == Decimal("0.2")
        together = by_criterion(heat_map(Assessment.objects.all(), round.criteria_set))
        assert together[criteria["1.1"].pk].sheets == 3

    def test_a_later_sheet_counts_before_an_earlier_one(self, round, village):
        verified = takes_part(round, village, (25, 25, 25, 25), state="verified")
        fill(verified, (10, 10, 10, 10), Stage.VERIFIER)
        fill(verified, (20,), Stage.COUNCIL)
        criteria = sheets.criteria_by_code(round.criteria_set)
        shares = self.share(round)
        assert [shares[village.pk, criteria[code].pk] for code in CODES] == [Decimal("0.8")] + [
            Decimal("0.4")
        ] * 3

    def test_a_verifier_who_has_only_begun_counts_where_they_have(self, round, village):
        row = takes_part(round, village, (25, 25, 25))
        fill(row, (10,), Stage.VERIFIER)
        sheets.put(row, Stage.VERIFIER, {"2.2": {"points": 5}}, None)
        criteria = sheets.criteria_by_code(round.criteria_set)
        shares = self.share(round)
        assert (shares[village.pk, criteria["1.1"].pk], shares[village.pk, criteria["2.2"].pk]) == (
            Decimal("0.4"),
            Decimal("0.2"),
        )

    def test_totals_are_recomputed_and_only_what_is_stale_is_judged_anew(self, round, village):
        right = takes_part(round, village, (25, 25, 25, 25))
        council = takes_part(round, village, (25, 25, 25, 25), state="verified")
        fill(council, (25, 25, 20, 20), Stage.VERIFIER)
        fill(council, (0,), Stage.COUNCIL)
        empty, rows = takes_part(round, village), Assessment.objects.all()
        assert stale_totals(rows) == []
        Assessment.objects.filter(pk__in=[right.pk, council.pk]).update(total=1, passed=None)
        assert set(stale_totals(rows)) == {right.pk, council.pk}
        assert recompute(rows, round.criteria_set) == 2
        right.refresh_from_db()
        council.refresh_from_db()
        assert (right.total, right.passed, council.total, council.passed) == (100, True, 65, False)
        assert empty.pk not in stale_totals(rows)


def test_the_command_looks_through_all_open_rounds(round, village):
    row = takes_part(round, village, (25, 25, 25, 25))
    Assessment.objects.filter(pk=row.pk).update(total=1)
    out = StringIO()
    call_command("recompute_totals", stdout=out)
    assert "1 checked, 1 judged anew" in out.getvalue()
    row.refresh_from_db()
    assert row.total == 100


class TestThePage:
    def page(self, client, round, user):
        client.force_login(user)
        return client.get(f"/can-bo/dot-xet/{round.pk}/con-thieu/{round.place.pk}/")

    def test_an_officer_sees_the_gap_the_names_and_the_criteria(self, client, round, village):
        TargetFactory(percent=70)
        DenominatorFactory(place=village, value=10)
        takes_part(round, village, (25, 25, 20, 7), name="Nhà ông Mẫu Gần Đạt")
        page = " ".join(
            self.page(client, round, UserFactory(role=Role.OFFICER, place=round.place))
            .content.decode()
            .split()
        )
        assert "thiếu 7 hộ" in page
        assert "Nhà ông Mẫu Gần Đạt" in page
        assert "mất 18 trên 25 điểm" in page
        assert "Tiêu chí mẫu 2.2" in page

    def test_a_village_secretary_sees_that_village_alone(self, client, round, village):
        other = VillageFactory(name="Khuổi Ky", parent=round.place)
        takes_part(round, village, (25, 25, 20, 7), name="Nhà của xóm")
        takes_part(round, other, (25, 25, 20, 7), name="Nhà xóm khác")
        response = self.page(client, round, UserFactory(role=Role.OFFICER, place=village))
        page = response.content.decode()
        assert "Nhà của xóm" in page
        assert "Nhà xóm khác" not in page
        assert "Khuổi Ky" not in page
        sheet = client.get(f"/can-bo/dot-xet/{round.pk}/con-thieu/{round.place.pk}/bang/")
        assert sheet.status_code == 200

    def test_other_communes_and_strangers_find_nothing(self, client, round, village):
        row = takes_part(round, village, (25, 25, 20, 7))
        stranger = UserFactory(role=Role.OFFICER, place=CommuneFactory())
        assert self.page(client, round, stranger).status_code == 404
        for address in ("bang/", "thu/"):
            place = f"/can-bo/dot-xet/{round.pk}/con-thieu/{round.place.pk}/{address}"
            assert client.get(place).status_code == 404
        assert client.get(f"/can-bo/ho-so/{row.pk}/vi-sao/").status_code == 404
        client.logout()
        assert client.get(f"/can-bo/ho-so/{row.pk}/vi-sao/").status_code == 302

    def test_of_one_commune_the_list_leads_straight_there(self, client, round, village):
        client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
        response = client.get(f"/can-bo/dot-xet/{round.pk}/con-thieu/")
        assert response.url.endswith(f"/con-thieu/{round.place.pk}/")


class TestLetters:
    def test_they_say_what_was_missing_and_what_to_do(self, round, village):
        takes_part(round, village, (25, 25, 20, 7), name="Nhà ông Mẫu")
        takes_part(round, village, (25, 25, 25, 25))
        [letter] = letters(list(not_passed(Assessment.objects.all())))
        assert (letter.addressee, letter.village, letter.total, letter.most) == (
            "Nhà ông Mẫu",
            "Xóm Bản Giốc",
            77,
            100,
        )
        assert "77 trên 100 điểm" in letter.missing[0] or "77" in letter.missing[0]
        assert letter.advice[0].startswith("2.2, Tiêu chí mẫu 2.2")
        assert len(letter.advice) == 2

    def test_a_refusal_of_the_council_is_told_with_its_reason(self, round, village):
        row = takes_part(round, village, (25, 25, 25, 25), state="refused")
        session = CouncilSession.objects.create(
            round=round,
            commune=round.place,
            held_on=datetime.date(2025, 12, 1),
            chair="Chủ tịch mẫu",
            secretary="Thư ký mẫu",
        )
        CouncilItem.objects.create(
            session=session,
            assessment=row,
            votes_for=1,
            votes_against=4,
            outcome="fail",
            reason="Thiếu minh chứng",
        )
        [letter] = letters(list(not_passed(Assessment.objects.all())))
        assert "Thiếu minh chứng" in letter.missing[-1]

    def test_the_officer_gets_a_pdf_for_one_and_for_all(self, client, round, village):
        row = takes_part(round, village, (25, 25, 20, 7), name="Nhà ông Mẫu")
        takes_part(round, village, (5, 5, 5, 5), name="Nhà bà Mẫu")
        passes = takes_part(round, village, (25, 25, 25, 25))
        client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
        one = client.get(f"/can-bo/ho-so/{row.pk}/vi-sao/")
        together = client.get(f"/can-bo/dot-xet/{round.pk}/con-thieu/{round.place.pk}/thu/")
        assert "Nhà ông Mẫu" in text_of(one.content)
        assert "Nhà bà Mẫu" not in text_of(one.content)
        assert "Nhà bà Mẫu" in text_of(together.content)
        assert client.get(f"/can-bo/ho-so/{passes.pk}/vi-sao/").status_code == 404

    def test_where_all_pass_there_is_nobody_to_write_to(self, client, round, village):
        takes_part(round, village, (25, 25, 25, 25))
        client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
        response = client.get(f"/can-bo/dot-xet/{round.pk}/con-thieu/{round.place.pk}/thu/", follow=True)
        assert "Không có ai để gửi thư" in response.content.decode()


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
