"""After the decision: appeals, what follows from them, and titles whose time is over."""

import datetime

import pytest

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain
from recognition.domain import registration
from recognition.domain.council import appeals, deciding, drafting, lapsing
from recognition.domain.workflow import Refused
from recognition.enums import AppealState, AssessmentState, DecisionKind
from recognition.models import Appeal, Assessment, Award, Decision
from tests.factories.accounts import UserFactory
from tests.factories.recognition import AssessmentFactory, DecisionFactory, RoundFactory, points_set, scored

from .year import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return Year()


@pytest.fixture
def decided(year):
    """(recognised, refused), by one decision of today."""
    rows = year.family("Hoàng Văn Mẫu"), year.family("Nông Thị Rớt", points=10)
    year.notice_over()
    deciding.issue(year.drafted(), year.issuer)
    for row in rows:
        row.refresh_from_db()
    return rows


def refreshed(row):
    return Assessment.objects.get(pk=row.pk)


class TestAppeals:
    def test_a_refusal_that_was_wrong_is_amended_and_the_old_decision_stays(self, year, decided):
        _good, refused = decided
        old = refused.decision
        appeal = appeals.file(refused, "Có giấy khen chưa tính", year.officer)
        assert refreshed(refused).state == AssessmentState.APPEALED
        appeals.uphold(appeal, "Tính thêm giấy khen", year.organiser)
        draft = drafting.amendment(Appeal.objects.get(), year.clerk)
        assert (draft.kind, draft.amends, draft.reason) == (DecisionKind.AMEND, old, "Tính thêm giấy khen")
        assert "05/QĐ-UBND" in draft.articles
        deciding.issue(year.fill_in(draft, number="9"), year.issuer)
        row = refreshed(refused)
        assert (row.state, row.decision.number) == (AssessmentState.RECOGNISED, "09/QĐ-UBND")
        assert Award.objects.get(assessment=row).decision_number == "09/QĐ-UBND"
        old.refresh_from_db()
        assert [each["outcome"] for each in old.rows] == ["pass", "fail"]
        assert audit.verify(AuditChain.objects.get()) is None

    def test_a_recognition_that_was_wrong_is_taken_back(self, year, decided):
        good, _refused = decided
        appeal = appeals.file(good, "Người khác khai hộ", year.officer)
        appeals.uphold(appeal, "Đúng như phản ánh", year.organiser)
        draft = drafting.amendment(Appeal.objects.get(), year.clerk)
        deciding.issue(year.fill_in(draft, number="9"), year.issuer)
        assert refreshed(good).state == AssessmentState.REFUSED
        assert Award.objects.get().revoked_reason == "appeal"

    def test_one_that_is_rejected_leaves_everything_as_it_was(self, year, decided):
        for row in decided:
            state = row.state
            appeal = appeals.file(row, "Không đồng ý", year.officer)
            appeals.reject(appeal, "Đã xem lại, không có gì mới", year.organiser)
            assert refreshed(row).state == state
        assert Award.objects.in_force().count() == 1
        assert set(Appeal.objects.values_list("state", flat=True)) == {AppealState.REJECTED}

    def test_only_the_association_decides_it_and_only_once_and_with_reasons(self, year, decided):
        appeal = appeals.file(decided[1], "Không đồng ý", year.officer)
        for user in (
            year.issuer,
            year.clerk,
            year.officer,
            UserFactory(role=Role.ORGANISER, place=RoundFactory().place),
        ):
            with pytest.raises(Refused):
                appeals.uphold(appeal, "Lý do", user)
        with pytest.raises(ValidationError):
            appeals.uphold(appeal, "  ", year.organiser)
        appeals.uphold(appeal, "Lý do", year.organiser)
        with pytest.raises(Refused):
            appeals.reject(appeal, "Lý do khác", year.organiser)

    def test_it_is_too_late_after_the_days_of_the_round(self, year, decided):
        year.round.appeal_days = 0
        year.round.save()
        row = refreshed(decided[1])
        old = DecisionFactory(
            round=year.round,
            commune=year.commune,
            issued_on=timezone.localdate() - datetime.timedelta(days=2),
        )
        Assessment.objects.filter(pk=row.pk).update(decision=old)
        with pytest.raises(Refused, match="hết hạn"):
            appeals.file(refreshed(row), "Muộn", year.officer)
        assert not Appeal.objects.exists()

    def test_nothing_is_amended_before_the_association_has_upheld_it(self, year, decided):
        appeal = appeals.file(decided[1], "Không đồng ý", year.officer)
        draft = drafting.amendment(appeal, year.clerk) if appeal.outcome else None
        assert draft is None
        client_draft = Decision(
            kind=DecisionKind.AMEND,
            round=year.round,
            commune=year.commune,
            year=year.round.year,
            amends=decided[1].decision,
            reason="Chưa ai chấp nhận",
            issuer="Ủy ban nhân dân xã mẫu",
            articles="Sửa đổi.",
            rows=[{"assessment": decided[1].pk}],
        )
        client_draft.save()
        with pytest.raises(Refused, match="chưa chấp nhận"):
            deciding.issue(year.fill_in(client_draft, number="9"), year.issuer)


class TestAppealPages:
    def test_the_officer_enters_it_and_the_association_decides(self, client, year, decided):
        row = decided[1]
        client.force_login(year.officer)
        address = reverse("recognition:appeal_file", args=[row.pk])
        assert "05/QĐ-UBND" in client.get(address).text
        page = client.post(address, {"ground": "Có giấy khen", "version": row.version}).url
        assert client.post(page, {"outcome": "X", "action": "uphold"}).status_code == 403
        client.force_login(year.organiser)
        empty = client.post(page, {"outcome": "", "action": "uphold"})
        assert "field__error" in empty.text
        client.post(page, {"outcome": "Đúng là còn thiếu", "action": "uphold"})
        assert Appeal.objects.get().state == AppealState.UPHELD
        client.force_login(year.clerk)
        amend = reverse("recognition:appeal_amend", args=[Appeal.objects.get().pk])
        assert amend in client.get(page).text
        draft = Decision.objects.get(pk=client.post(amend).url.rstrip("/").split("/")[-1])
        assert draft.kind == DecisionKind.AMEND
        assert client.post(amend).url == draft.get_absolute_url()

    def test_the_second_of_two_people_is_told_and_loses_nothing(self, client, year, decided):
        row = decided[1]
        appeals.file(Assessment.objects.get(pk=row.pk), "Người kia nhanh hơn", year.officer)
        client.force_login(year.officer)
        address = reverse("recognition:appeal_file", args=[row.pk])
        answer = client.post(address, {"ground": "Lý do của tôi", "version": row.version})
        assert "Lý do của tôi" in answer.text
        assert Appeal.objects.count() == 1

    def test_people_of_another_commune_find_nothing(self, client, year, decided):
        appeal = appeals.file(decided[1], "Không đồng ý", year.officer)
        client.force_login(UserFactory(role=Role.OFFICER))
        for name, pk in (("appeal", appeal.pk), ("appeal_file", decided[1].pk)):
            assert client.get(reverse(f"recognition:{name}", args=[pk])).status_code == 404
        assert client.post(reverse("recognition:appeal_amend", args=[appeal.pk])).status_code == 404


class TestLapsing:
    def test_a_title_lapses_after_its_last_day_and_not_before(self):
        year = timezone.localdate().year - 3
        round = RoundFactory(criteria_set=points_set(validity_months=24), year=year)
        decision = DecisionFactory(round=round, issued_on=datetime.date(year, 5, 1))
        row = AssessmentFactory(round=round, state=AssessmentState.RECOGNISED, decision=decision)
        kept = AssessmentFactory(state=AssessmentState.RECOGNISED)
        assert lapsing.lapse_due(datetime.date(year + 2, 12, 31)) == 0
        assert lapsing.lapse_due(timezone.localdate()) == 1
        assert (refreshed(row).state, refreshed(kept).state) == (
            AssessmentState.LAPSED,
            AssessmentState.RECOGNISED,
        )
        assert lapsing.lapse_due(timezone.localdate()) == 0


class TestAgain:
    def test_a_later_round_follows_the_title_and_gives_another(self, year, decided):
        good, _refused = decided
        first = Award.objects.get()
        later = Year(place=year.commune, year=year.round.year + 1)
        later.village = year.village
        [row] = registration.put_on_list(later.round, [good.subject], later.officer)
        assert row.previous_award == first
        Assessment.objects.filter(pk=row.pk).update(
            state=AssessmentState.VERIFIED,
            registered_at=timezone.now(),
            submitted_at=timezone.now(),
            submitted_as="household",
            verified_by=later.people[Role.VERIFIER],
            verified_at=timezone.now(),
        )
        scored(refreshed(row))
        later.notice_over()
        deciding.issue(later.drafted(number="12"), later.issuer)
        assert list(Award.objects.in_force().order_by("year").values_list("year", flat=True)) == [
            year.round.year,
            year.round.year + 1,
        ]
