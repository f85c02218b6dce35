"""Decisions: drafted by the clerk, issued by the People's Committee alone, and then nothing of them changes."""

import datetime
import hashlib

import pytest

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, AuditEvent
from recognition.domain.council import deciding, drafting
from recognition.domain.council.entries import entries_of
from recognition.domain.council.wording import authority, paper
from recognition.domain.workflow import Refused
from recognition.enums import AssessmentState, DecisionState, RevokedBecause
from recognition.models import Award, Consent, Decision, NoticeFeedback
from tests.factories.accounts import UserFactory
from tests.factories.recognition import AwardFactory, points_set

from .year import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return Year()


@pytest.fixture
def families(year):
    """One that the council was for, one that it was not for, and their notice is over."""
    pair = year.family("Hoàng Văn Mẫu"), year.family("Nông Thị Rớt", points=10)
    year.notice_over()
    for row in pair:
        row.refresh_from_db()
    return pair


class TestIssuing:
    def test_everything_that_it_says_is_done_at_once(self, year, families):
        good, bad = families
        decision = deciding.issue(year.drafted(), year.issuer)
        good.refresh_from_db()
        bad.refresh_from_db()
        assert (good.state, good.decision) == (AssessmentState.RECOGNISED, decision)
        assert (bad.state, bad.decision) == (AssessmentState.REFUSED, decision)
        award = Award.objects.get()
        assert (award.subject, award.assessment, award.decision) == (good.subject, good, decision)
        assert (award.name, award.place, award.year) == ("Hoàng Văn Mẫu", year.village, year.round.year)
        assert (award.decision_number, award.decision_date) == ("05/QĐ-UBND", timezone.localdate())
        assert award.serial
        assert award.publication_basis == ""
        assert [row["outcome"] for row in decision.rows] == ["pass", "fail"]
        with decision.document.open() as file:
            assert hashlib.sha256(file.read()).hexdigest() == decision.document_hash
        event = AuditEvent.objects.get(action="decision.issued")
        assert (event.actor, event.role) == (year.issuer, "issuer")
        assert audit.verify(AuditChain.objects.get()) is None

    def test_a_consent_becomes_the_basis_for_naming_the_holder(self, year, families):
        Consent.objects.create(
            subject=families[0].subject, given_by="A", given_on=timezone.localdate(), document="Phiếu 1"
        )
        deciding.issue(year.drafted(), year.issuer)
        assert "Phiếu 1" in Award.objects.get().publication_basis

    def test_a_title_is_valid_as_long_as_the_criteria_say(self, db):
        year = Year(criteria_set=points_set(validity_months=36))
        year.family("A")
        year.notice_over()
        deciding.issue(year.drafted(), year.issuer)
        assert Award.objects.get().valid_to == datetime.date(timezone.localdate().year + 3, 12, 31)

    @pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.VERIFIER, Role.ORGANISER])
    def test_nobody_but_the_issuer_issues_it(self, year, families, role):
        draft = year.drafted()
        with pytest.raises(Refused):
            deciding.issue(draft, year.people[role])
        assert not Award.objects.exists()

    def test_an_issuer_of_another_commune_does_not_issue_it(self, year, families):
        draft = year.drafted()
        with pytest.raises(Refused):
            deciding.issue(draft, UserFactory(role=Role.ISSUER))
        assert Decision.objects.get().state == DecisionState.DRAFT

    def test_it_is_issued_once(self, year, families):
        draft = year.drafted()
        deciding.issue(Decision.objects.get(pk=draft.pk), year.issuer)
        with pytest.raises(ValidationError, match="được giữ nguyên"):
            deciding.issue(draft, year.issuer)
        assert Award.objects.count() == 1

    def test_the_database_refuses_to_change_it(self, year, families):
        decision = deciding.issue(year.drafted(), year.issuer)
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(number="99/QĐ-UBND")
        with pytest.raises(ValidationError):
            drafting.write(decision, year.clerk)

    def test_not_before_the_notice_is_over(self, year):
        year.family("A")
        year.notice()
        with pytest.raises(ValidationError, match="công khai"):
            deciding.issue(year.drafted(), year.issuer)

    def test_not_dated_before_the_end_of_the_notice_or_after_today(self, year, families):
        for days, says in ((-3, "trước ngày"), (1, "chưa tới")):
            draft = year.drafted(issued_on=timezone.localdate() + datetime.timedelta(days=days))
            with pytest.raises(ValidationError, match=says):
                deciding.issue(draft, year.issuer)

    def test_not_while_an_opinion_waits(self, year, families):
        notice = year.round.notices.get()
        NoticeFeedback.objects.create(notice=notice, assessment=families[0], text="Chưa đúng")
        with pytest.raises(Refused, match="[Ýý] kiến"):
            deciding.issue(year.drafted(), year.issuer)
        assert Decision.objects.get().state == DecisionState.DRAFT

    def test_a_number_is_used_once_a_year(self, year, families):
        deciding.issue(year.drafted(), year.issuer)
        year.family("Nhà Đến Sau")
        year.notice_over()
        with pytest.raises(ValidationError, match="số này"):
            year.drafted()

    def test_an_incomplete_draft_is_refused_with_every_sentence(self, year, families):
        draft = drafting.recognition(year.round, year.commune, year.clerk)
        with pytest.raises(ValidationError) as refused:
            deciding.issue(draft, year.issuer)
        assert len(refused.value.messages) == 2

    def test_who_holds_the_title_by_a_list_is_not_given_it_twice(self, year, families):
        AwardFactory(name="Hoàng Văn Mẫu", place=year.village, year=year.round.year)
        with pytest.raises(ValidationError, match="Hoàng Văn Mẫu"):
            deciding.issue(year.drafted(), year.issuer)

    def test_a_failure_leaves_no_paper_behind(self, year, families):
        AwardFactory(name="Hoàng Văn Mẫu", place=year.village, year=year.round.year)
        before = papers_kept()
        with pytest.raises(ValidationError):
            deciding.issue(year.drafted(), year.issuer)
        assert papers_kept() == before


def papers_kept():
    storage = Decision._meta.get_field("document").storage
    folder = f"decisions/{timezone.localdate().year}"
    return set(storage.listdir(folder)[1]) if storage.exists(folder) else set()


class TestThePaper:
    def test_it_names_who_is_recognised_and_not_who_is_not(self, year, families):
        year.round.legal_bases = ["Căn cứ văn bản mẫu"]
        draft = year.drafted()
        draft.round = year.round
        made = paper(draft, entries_of(draft))
        assert [row.name for row in made.annexes[0].rows] == ["Hoàng Văn Mẫu"]
        assert made.grounds[0] == "Căn cứ văn bản mẫu"
        assert "biên bản họp Hội đồng" in made.grounds[1]
        assert made.capacity == ("KT. Chủ tịch", "Phó Chủ tịch")
        assert (made.number, made.symbol) == ("05", "QĐ-UBND")
        assert "Gia đình học tập" in made.about

    def test_of_nobody_but_refused_it_names_them(self, year):
        year.family("Nông Thị Rớt", points=10)
        year.notice_over()
        draft = year.drafted()
        (annex,) = paper(draft, entries_of(draft)).annexes
        assert "không được công nhận" in annex.title
        assert deciding.issue(draft, year.issuer).state == DecisionState.ISSUED
        assert not Award.objects.exists()

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("Chủ tịch Ủy ban nhân dân xã", "Chủ tịch Ủy ban nhân dân xã Đàm Thuỷ"),
            ("Chủ tịch Ủy ban nhân dân xã Đàm Thuỷ", "Chủ tịch Ủy ban nhân dân xã Đàm Thuỷ"),
        ],
    )
    def test_a_round_of_many_communes_leaves_the_name_open(self, words, says):
        from tests.factories.places import CommuneFactory

        year = Year(place=CommuneFactory(name="Đàm Thuỷ"), decided_by=words)
        assert authority(Decision(round=year.round, commune=year.commune)) == says


class TestRevoking:
    def test_the_title_is_taken_back_by_a_decision_of_its_own(self, year, families):
        good, _bad = families
        first = deciding.issue(year.drafted(), year.issuer)
        good.refresh_from_db()
        draft = drafting.revocation(first, [good], RevokedBecause.UNMET, "Không còn đạt", year.clerk)
        year.fill_in(draft, number="6")
        deciding.issue(draft, year.issuer)
        good.refresh_from_db()
        award = Award.objects.get()
        assert (good.state, good.reason) == (AssessmentState.REVOKED, "Không còn đạt")
        assert (award.revoked_on, award.revoked_reason) == (timezone.localdate(), "unmet")
        first.refresh_from_db()
        assert first.rows[0]["name"] == "Hoàng Văn Mẫu"

    def test_it_needs_a_reason_and_somebody_who_holds_the_title(self, year, families):
        good, bad = families
        first = deciding.issue(year.drafted(), year.issuer)
        good.refresh_from_db()
        bad.refresh_from_db()
        for rows, reason in (([good], " "), ([], "Lý do"), ([bad], "Lý do")):
            with pytest.raises(ValidationError):
                drafting.revocation(first, rows, RevokedBecause.ERROR, reason, year.clerk)
        assert Decision.objects.count() == 1


def test_a_title_bears_a_grade_only_where_the_set_knows_several():
    plain, graded = Year(), Year()
    bands = [("Tốt", 85, 100, True), ("Khá", 70, 85, False), ("Không đạt", 0, 70, False)]
    rules = {
        "thresholds": [
            {"label_vi": label, "min": least, "max": most, "max_inclusive": inclusive}
            for label, least, most, inclusive in bands
        ],
        "preconditions": [],
    }
    graded.round.criteria_set = points_set(rules=rules)
    graded.round.save()
    for year in (plain, graded):
        year.family("Nhà Mẫu")
        year.notice_over()
        deciding.issue(year.drafted(), year.issuer)
    assert list(Award.objects.order_by("pk").values_list("level", flat=True)) == ["", "Tốt"]
