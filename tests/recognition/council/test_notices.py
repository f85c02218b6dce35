"""The public notice: what it shows of whom, who may speak up, and that no opinion is passed over."""

import datetime

import pytest

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.enums import Role
from recognition.domain.council import deciding, notices
from recognition.domain.council.naming import initials
from recognition.domain.workflow import Refused, may
from recognition.domain.workflow.transitions import RECOGNISE
from recognition.enums import AssessmentState, FeedbackState, SubjectKind
from recognition.models import Assessment, Consent, NoticeFeedback, PublicNotice
from tests.factories.accounts import UserFactory

from .year import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return Year()


def consent(subject):
    return Consent.objects.create(
        subject=subject, given_by="Người mẫu", given_on=timezone.localdate(), document="Phiếu mẫu"
    )


class TestTheList:
    def test_a_family_is_named_only_by_its_consent(self, year):
        year.family("Hoàng Văn Mẫu")
        consent(year.family("Nông Thị Đồng").subject)
        notice = year.notice()
        assert [line["shown"] for line in notices.shown(notice)] == ["H. V. M.", "Nông Thị Đồng"]
        assert {line["village"] for line in notice.snapshot} == {"Xóm Bản Mẫu"}

    def test_a_clan_is_no_person_and_bears_its_name(self):
        year = Year(subject_kind=SubjectKind.CLAN)
        year.family("Dòng họ mẫu")
        assert [line["shown"] for line in notices.shown(year.notice())] == ["Dòng họ mẫu"]

    def test_who_is_not_to_be_recognised_is_shown_to_nobody(self, year, client):
        year.family("Hoàng Văn Mẫu")
        refused = year.family("Nông Thị Rớt", points=10)
        notice = year.notice()
        assert {line["assessment"] for line in notice.snapshot} >= {refused.pk}
        assert "N. T. R." not in client.get(notice.get_absolute_url()).text
        assert "Nông" not in str(notice.snapshot)

    def test_it_stays_as_it_hung_when_the_decision_is_issued(self, year):
        year.family("A")
        notice = year.notice_over()
        deciding.issue(year.drafted(), year.issuer)
        assert len(notices.shown(notice)) == 1

    def test_who_withdraws_leaves_it(self, year):
        row = year.family("A")
        notice = year.notice()
        Assessment.objects.filter(pk=row.pk).update(state=AssessmentState.WITHDRAWN, reason="Chuyển đi")
        assert notices.shown(notice) == []

    @pytest.mark.parametrize(
        ("opens", "lasts", "says"), [(-1, 5, "trước hôm nay"), (0, 4, "5 ngày"), (0, 100, "tối đa")]
    )
    def test_days_that_cannot_be_are_refused(self, year, opens, lasts, says):
        year.family("A")
        year.proposed()
        first = timezone.localdate() + datetime.timedelta(days=opens)
        last = first + datetime.timedelta(days=lasts - 1)
        notice = PublicNotice(round=year.round, commune=year.commune, opens_on=first, closes_on=last)
        with pytest.raises(ValidationError, match=says):
            notices.hang_out(notice, year.clerk)
        assert not PublicNotice.objects.exists()

    def test_only_the_clerk_of_the_commune_hangs_it_out(self, year):
        year.family("A")
        year.proposed()
        today = timezone.localdate()
        for user in (year.issuer, year.officer, UserFactory(role=Role.CLERK)):
            notice = PublicNotice(round=year.round, commune=year.commune, opens_on=today)
            notice.closes_on = notices.earliest_end(year.round, today)
            with pytest.raises(Refused):
                notices.hang_out(notice, user)
        assert not PublicNotice.objects.exists()

    def test_it_can_hang_longer_and_not_shorter(self, year):
        year.family("A")
        notice = year.notice()
        with pytest.raises(ValidationError):
            notices.prolong(notice, notice.closes_on - datetime.timedelta(days=1), year.clerk)
        notices.prolong(notice, notice.closes_on + datetime.timedelta(days=3), year.clerk)
        longer = PublicNotice.objects.get().closes_on
        assert longer == notice.closes_on + datetime.timedelta(days=3)

    @pytest.mark.parametrize(
        ("name", "short"), [("Hoàng Văn Mẫu", "H. V. M."), ("đinh  ý", "Đ. Ý."), ("(a) b", "B.")]
    )
    def test_initials(self, name, short):
        assert initials(name) == short


class TestOpinions:
    def test_one_that_waits_holds_up_what_it_is_about(self, year):
        about, other = year.family("A"), year.family("B")
        notice = year.notice_over()
        opinion = NoticeFeedback.objects.create(notice=notice, assessment=about, text="Chưa đúng")
        refresh(about, other)
        assert "ý kiến" in may(year.issuer, about, RECOGNISE).reason.lower()
        assert may(year.issuer, other, RECOGNISE)
        notices.answer(opinion, "Đã kiểm tra lại, đúng như danh sách", year.clerk)
        assert may(year.issuer, about, RECOGNISE)

    def test_one_about_nobody_holds_up_everything(self, year):
        row = year.family("A")
        NoticeFeedback.objects.create(notice=year.notice_over(), text="Không đúng")
        refresh(row)
        assert not may(year.issuer, row, RECOGNISE)

    def test_the_first_answer_stays(self, year):
        year.family("A")
        opinion = NoticeFeedback.objects.create(notice=year.notice(), text="Chưa đúng")
        notices.answer(opinion, "Một", year.clerk)
        with pytest.raises(ValidationError):
            notices.answer(opinion, "Hai", year.clerk)
        opinion.refresh_from_db()
        assert (opinion.reply, opinion.state) == ("Một", FeedbackState.ANSWERED)

    def test_how_to_reach_people_is_forgotten_once_they_are_answered(self, year):
        year.family("A")
        notice = year.notice_over()
        told = NoticeFeedback.objects.create(notice=notice, text="Một", contact="0900 mẫu")
        NoticeFeedback.objects.create(notice=notice, text="Hai", contact="0901 mẫu")
        notices.answer(told, "Đã xem lại", year.clerk)
        notices.forget_contacts(notice.closes_on + notices.CONTACTS_KEPT)
        assert NoticeFeedback.objects.exclude(contact="").count() == 2
        notices.forget_contacts(notice.closes_on + notices.CONTACTS_KEPT + datetime.timedelta(days=1))
        assert NoticeFeedback.objects.exclude(contact="").get().text == "Hai"


def refresh(*rows):
    for row in rows:
        row.refresh_from_db()


class TestPublicPage:
    def test_anybody_reads_and_speaks_up_without_an_account(self, client, year):
        _first, second = year.family("Hoàng Văn Mẫu"), year.family("Nông Thị Mẫu")
        notice = year.notice()
        response = client.get(notice.get_absolute_url())
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "H. V. M." in response.text
        assert "Hoàng" not in response.text
        sent = client.post(
            notice.get_absolute_url(), {"number": "2", "text": "Nhà này chưa đủ", "contact": ""}, follow=True
        )
        assert "cảm ơn" in sent.text
        opinion = NoticeFeedback.objects.get()
        assert (opinion.assessment, opinion.text) == (second, "Nhà này chưa đủ")

    def test_it_names_nobody_once_it_is_over_and_takes_no_opinion(self, client, year):
        year.family("Hoàng Văn Mẫu")
        notice = year.notice_over()
        page = client.get(notice.get_absolute_url()).text
        assert "H. V. M." not in page
        assert "đã kết thúc" in page
        assert "<textarea" not in page
        assert client.post(notice.get_absolute_url(), {"text": "Muộn rồi"}).status_code == 410
        assert not NoticeFeedback.objects.exists()

    def test_it_names_nobody_before_it_begins(self, client, year):
        year.family("Hoàng Văn Mẫu")
        year.proposed()
        first = timezone.localdate() + datetime.timedelta(days=2)
        notice = PublicNotice(round=year.round, commune=year.commune, opens_on=first)
        notice.closes_on = notices.earliest_end(year.round, first)
        notices.hang_out(notice, year.clerk)
        assert "H. V. M." not in client.get(notice.get_absolute_url()).text

    @pytest.mark.parametrize(
        ("typed", "says"), [({"text": ""}, "ô này"), ({"text": "A", "number": "99"}, "không có số này")]
    )
    def test_a_mistake_gets_a_sentence_and_loses_nothing(self, client, year, typed, says):
        year.family("A")
        notice = year.notice()
        response = client.post(notice.get_absolute_url(), {"contact": "0900 mẫu"} | typed)
        assert response.status_code == 422
        assert says.lower() in response.text.lower()
        assert "0900 mẫu" in response.text

    def test_a_program_is_told_nothing(self, client, year):
        year.family("A")
        notice = year.notice()
        data = {"text": "Buy", "website": "http://spam.example"}
        assert client.post(notice.get_absolute_url(), data).status_code == 302
        assert not NoticeFeedback.objects.exists()

    def test_the_sixth_of_an_hour_is_refused(self, client, year):
        year.family("A")
        notice = year.notice()
        answers = [client.post(notice.get_absolute_url(), {"text": "Ý kiến"}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]


class TestOfficersPages:
    def test_the_clerk_hangs_it_out_and_answers(self, client, year):
        year.family("Hoàng Văn Mẫu")
        year.proposed()
        client.force_login(year.clerk)
        overview = reverse("recognition:round_commune", args=[year.round.pk, year.commune.pk])
        address = reverse("recognition:notice_hang_out", args=[year.round.pk, year.commune.pk])
        assert address in client.get(overview).text
        assert "5 ngày" in client.get(address).text
        today = timezone.localdate()
        last = today + datetime.timedelta(days=4)
        posted = client.post(address, {"opens_on": f"{today:%d/%m/%Y}", "closes_on": f"{last:%d/%m/%Y}"})
        notice = PublicNotice.objects.get()
        assert posted.url == reverse("recognition:notice", args=[notice.pk])
        opinion = NoticeFeedback.objects.create(notice=notice, text="Chưa đúng", contact="Nhà cuối xóm")
        answer = reverse("recognition:notice_answer", args=[notice.pk, opinion.pk])
        page = client.get(posted.url).text
        assert answer in page
        assert "Nhà cuối xóm" in page
        client.post(answer, {"reply": "Đã xem lại"})
        opinion.refresh_from_db()
        assert opinion.reply == "Đã xem lại"

    def test_poster_and_loudspeaker_come_from_the_data_and_name_nobody(self, client, year):
        year.family("Hoàng Văn Mẫu")
        notice = year.notice()
        client.force_login(year.officer)
        poster = client.get(reverse("recognition:notice_poster", args=[notice.pk])).text
        assert 'class="qr"' in poster
        assert f"http://testserver{notice.get_absolute_url()}" in poster
        spoken = client.get(reverse("recognition:notice_loudspeaker", args=[notice.pk])).text
        assert "Xóm Bản Mẫu: 1" in spoken
        for page in (poster, spoken):
            assert "Hoàng" not in page

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.ISSUER, Role.ORGANISER])
    def test_no_other_role_hangs_out_prolongs_or_answers(self, client, year, role):
        year.family("A")
        notice = year.notice()
        opinion = NoticeFeedback.objects.create(notice=notice, text="Chưa đúng")
        client.force_login(year.people[role])
        for name, args in (
            ("notice_hang_out", [year.round.pk, year.commune.pk]),
            ("notice_prolong", [notice.pk]),
            ("notice_answer", [notice.pk, opinion.pk]),
        ):
            assert client.post(reverse(f"recognition:{name}", args=args)).status_code == 403

    def test_a_clerk_of_another_commune_finds_nothing(self, client, year):
        year.family("A")
        notice = year.notice()
        opinion = NoticeFeedback.objects.create(notice=notice, text="Chưa đúng")
        client.force_login(UserFactory(role=Role.CLERK))
        for name, args in (
            ("notice", [notice.pk]),
            ("notice_poster", [notice.pk]),
            ("notice_loudspeaker", [notice.pk]),
            ("notice_answer", [notice.pk, opinion.pk]),
        ):
            assert client.get(reverse(f"recognition:{name}", args=args)).status_code == 404
