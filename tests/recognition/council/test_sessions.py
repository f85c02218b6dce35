"""Sessions of the council: when one may be closed, what it votes, and what it cannot vote through."""

import datetime

import pytest

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain
from recognition.domain.council import agenda, sessions
from recognition.domain.council.agenda import CouncilVote
from recognition.domain.council.sessions import Seat
from recognition.domain.workflow import Refused, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import RETURN
from recognition.enums import AssessmentState, SessionState
from recognition.models import CouncilItem, CouncilSession
from tests.factories.accounts import UserFactory

from .year import FIVE, Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return Year()


class TestClosing:
    def test_the_council_agrees_with_the_criteria_unless_something_else_is_typed(self, year):
        good, bad, doubtful = year.family("A"), year.family("B", points=10), year.family("C")
        session = year.session()
        agenda.write(session, {doubtful.pk: CouncilVote(1, 3, "Chưa có minh chứng của năm nay")})
        assert sessions.close(session, year.clerk) == 3
        votes = {item.assessment_id: item for item in session.items.all()}
        assert (votes[good.pk].votes_for, votes[good.pk].outcome) == (4, "pass")
        assert (votes[bad.pk].votes_against, votes[bad.pk].outcome) == (4, "fail")
        assert votes[bad.pk].reason
        assert votes[doubtful.pk].outcome == "fail"
        assert set(year.round.assessments.values_list("state", flat=True)) == {AssessmentState.PROPOSED}
        session.refresh_from_db()
        assert (session.state, session.members_count, session.present_count) == (SessionState.CLOSED, 5, 4)
        assert audit.verify(AuditChain.objects.get()) is None

    @pytest.mark.parametrize(
        ("seats", "says"),
        [
            (FIVE[:4], "số lẻ"),
            (FIVE[:3], "ít nhất 5"),
            ([Seat(str(n), of_association=n == 0, present=n < 2) for n in range(5)], "quá nửa"),
            ([Seat(str(n)) for n in range(5)], "Hội Khuyến học"),
            ([Seat(str(n), of_association=n == 4, present=n != 4) for n in range(5)], "Hội Khuyến học"),
        ],
    )
    def test_it_stays_open_without_a_quorum(self, year, seats, says):
        row = year.family("A")
        session = year.session(seats)
        with pytest.raises(ValidationError, match=says):
            sessions.close(session, year.clerk)
        row.refresh_from_db()
        assert row.state == AssessmentState.VERIFIED

    def test_it_stays_open_without_chair_agenda_and_day(self, year):
        session = sessions.prepare(year.round, year.commune, year.clerk)
        session.held_on = timezone.localdate() + datetime.timedelta(days=2)
        sessions.write(session, FIVE)
        with pytest.raises(ValidationError) as refused:
            sessions.close(session, year.clerk)
        found = " ".join(refused.value.messages)
        for part in ("chủ trì", "chưa tới", "Chưa có trường hợp nào"):
            assert part in found

    def test_what_the_criteria_refuse_is_not_voted_through(self, year):
        row = year.family("Nhà Chưa Đạt", points=10)
        session = year.session()
        with pytest.raises(ValidationError, match="Nhà Chưa Đạt"):
            agenda.write(session, {row.pk: CouncilVote(4, 0)})

    def test_a_refusal_without_reasons_is_refused(self, year):
        row = year.family("A")
        with pytest.raises(ValidationError, match="lý do"):
            agenda.write(year.session(), {row.pk: CouncilVote(1, 3)})

    def test_more_votes_than_members_present_are_refused(self, year):
        row = year.family("A")
        with pytest.raises(ValidationError, match="4 người có mặt"):
            agenda.write(year.session(), {row.pk: CouncilVote(5, 0)})

    def test_unanimous_votes_follow_who_is_present(self, year):
        year.family("A")
        year.family("B", points=10)
        session = year.session()
        sessions.write(session, [*FIVE[:4], Seat("Người Mẫu Năm")])
        assert sorted(session.items.values_list("votes_for", "votes_against")) == [(0, 5), (5, 0)]

    def test_who_was_returned_meanwhile_leaves_the_agenda(self, year):
        kept, returned = year.family("A"), year.family("B")
        session = year.session()
        move(RETURN, [returned], year.clerk, facts=Facts(reason="Thiếu minh chứng"))
        with pytest.raises(ValidationError, match="cập nhật"):
            sessions.close(session, year.clerk)
        agenda.refresh(session)
        assert sessions.close(session, year.clerk) == 1
        assert session.items.get().assessment == kept

    def test_a_closed_session_stays_as_it_is(self, year):
        row = year.family("A")
        session = year.session()
        sessions.close(session, year.clerk)
        for attempt in (
            lambda: sessions.write(session, FIVE),
            lambda: agenda.write(session, {row.pk: None}),
            lambda: agenda.fill(session),
            lambda: sessions.close(session, year.clerk),
            lambda: sessions.discard(session, year.clerk),
        ):
            with pytest.raises(ValidationError, match="giữ nguyên"):
                attempt()

    def test_the_next_session_begins_with_the_members_of_the_last(self, year):
        year.family("A")
        sessions.close(year.session(), year.clerk)
        following = sessions.prepare(year.round, year.commune, year.clerk)
        assert [each.name for each in following.members.all()] == [seat.name for seat in FIVE]
        assert following.chair == "Chủ tịch mẫu"
        assert all(each.present for each in following.members.all())

    def test_only_a_clerk_of_the_commune_closes_it(self, year):
        year.family("A")
        session = year.session()
        for user in (year.issuer, year.officer, UserFactory(role=Role.CLERK)):
            with pytest.raises(Refused):
                sessions.close(session, user)
        assert CouncilSession.objects.get().state == SessionState.OPEN


def seats_typed(seats=FIVE):
    form = {"seats-TOTAL_FORMS": len(seats), "seats-INITIAL_FORMS": len(seats)}
    for number, seat in enumerate(seats):
        form |= {f"seats-{number}-name": seat.name, f"seats-{number}-position": seat.position}
        form |= {f"seats-{number}-of_association": "on"} if seat.of_association else {}
        form |= {f"seats-{number}-present": "on"} if seat.present else {}
    return form


class TestPages:
    def test_the_clerk_goes_from_the_overview_to_the_minutes(self, client, year):
        good, other = year.family("Hoàng Văn Mẫu"), year.family("Nông Thị Mẫu")
        client.force_login(year.clerk)
        prepare = reverse("recognition:council_prepare", args=[year.round.pk, year.commune.pk])
        assert (
            prepare
            in client.get(reverse("recognition:round_commune", args=[year.round.pk, year.commune.pk])).text
        )
        page = client.post(prepare).url
        today = timezone.localdate()
        facts = {
            "held_on": f"{today:%d/%m/%Y}",
            "chair": "Chủ tịch mẫu",
            "secretary": "Thư ký mẫu",
            "minutes": "",
        }
        assert client.post(page, facts | seats_typed()).status_code == 302
        session = CouncilSession.objects.get()
        act = reverse("recognition:council_act", args=[session.pk])
        client.post(act, {"action": "fill"})
        votes = reverse("recognition:council_votes", args=[session.pk, year.village.pk])
        assert votes in client.get(page).text
        typed = {f"in_{row.pk}": "on" for row in (good, other)}
        typed |= {f"for_{good.pk}": 4, f"against_{good.pk}": 0, f"reason_{good.pk}": ""}
        typed |= {f"for_{other.pk}": 1, f"against_{other.pk}": 3, f"reason_{other.pk}": "Chưa đủ minh chứng"}
        assert client.post(votes, typed).status_code == 302
        client.post(act, {"action": "close"})
        minutes = client.get(page).text
        for part in ("Hoàng Văn Mẫu", "Chưa đủ minh chứng", "4 / 5 thành viên", "Thư ký mẫu"):
            assert part in minutes
        assert "<form" not in minutes.split('id="main"')[1].split("</main>")[0]

    def test_a_mistake_in_the_votes_loses_nothing(self, client, year):
        row = year.family("Hoàng Văn Mẫu")
        session = year.session()
        client.force_login(year.clerk)
        typed = {f"in_{row.pk}": "on", f"for_{row.pk}": 1, f"against_{row.pk}": 3, f"reason_{row.pk}": ""}
        address = reverse("recognition:council_votes", args=[session.pk, year.village.pk])
        page = client.post(address, typed).text
        assert "lý do" in page
        assert 'value="3"' in page
        assert session.items.get().votes_for == 4

    def test_who_is_not_ticked_leaves_the_agenda(self, client, year):
        row = year.family("A")
        session = year.session()
        client.force_login(year.clerk)
        typed = {f"for_{row.pk}": 4, f"against_{row.pk}": 0, f"reason_{row.pk}": ""}
        client.post(reverse("recognition:council_votes", args=[session.pk, year.village.pk]), typed)
        assert not CouncilItem.objects.exists()

    def test_closing_says_what_is_missing(self, client, year):
        year.family("A")
        session = year.session(FIVE[:4])
        client.force_login(year.clerk)
        address = reverse("recognition:council_act", args=[session.pk])
        assert "số lẻ" in client.post(address, {"action": "close"}, follow=True).text

    def test_a_session_that_was_not_held_is_discarded(self, client, year):
        session = year.session()
        client.force_login(year.clerk)
        client.post(reverse("recognition:council_act", args=[session.pk]), {"action": "discard"})
        assert not CouncilSession.objects.exists()

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.VERIFIER, Role.ISSUER, Role.ORGANISER])
    def test_other_roles_read_and_do_not_write(self, client, year, role):
        year.family("A")
        session = year.session()
        client.force_login(year.people[role])
        page = reverse("recognition:council", args=[session.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, seats_typed()).status_code == 403
        act = reverse("recognition:council_act", args=[session.pk])
        assert client.post(act, {"action": "close"}).status_code == 403
        votes = reverse("recognition:council_votes", args=[session.pk, year.village.pk])
        assert client.get(votes).status_code == 403

    def test_a_clerk_of_another_commune_finds_nothing(self, client, year):
        year.family("A")
        session = year.session()
        client.force_login(UserFactory(role=Role.CLERK))
        for name, args in (
            ("council", [session.pk]),
            ("council_votes", [session.pk, year.village.pk]),
        ):
            assert client.get(reverse(f"recognition:{name}", args=args)).status_code == 404
        assert client.post(reverse("recognition:council_act", args=[session.pk])).status_code == 404
        prepare = reverse("recognition:council_prepare", args=[year.round.pk, year.commune.pk])
        assert client.post(prepare).status_code == 404
