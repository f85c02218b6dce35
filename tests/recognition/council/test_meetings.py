"""The village meeting: who writes its minutes, what they must say, and that nothing is verified before it."""

import datetime

import pytest

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.domain.council import meetings
from recognition.domain.council.meetings import Vote
from recognition.domain.workflow import may
from recognition.domain.workflow.transitions import VERIFY
from recognition.enums import AssessmentState
from recognition.models import VillageMeeting
from tests.factories.accounts import UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory(village_meeting=True)


@pytest.fixture
def village(round):
    return VillageFactory(parent=round.place, name="Bản Mẫu")


@pytest.fixture
def secretary(village):
    """The officer of the village alone."""
    return UserFactory(role=Role.OFFICER, place=village)


@pytest.fixture
def families(round, village):
    return [
        AssessmentFactory(
            round=round,
            place=village,
            subject=SubjectFactory(place=village, name=name),
            state=AssessmentState.SELF_SCORED,
        )
        for name in ("Hoàng Văn Mẫu", "Nông Thị Mẫu")
    ]


def minutes(round, village, **values):
    facts = {
        "held_on": timezone.localdate(),
        "households": 60,
        "attending": 41,
        "chair": "A",
        "secretary": "B",
    }
    return VillageMeeting(round=round, place=village, **facts | values)


def typed(families, **values):
    """The form as it is sent with every box ticked."""
    today = timezone.localdate()
    form = {
        "held_on": f"{today:%d/%m/%Y}",
        "households": "60",
        "attending": "41",
        "chair": "Chủ trì mẫu",
        "secretary": "Thư ký mẫu",
        "minutes": "",
    }
    return form | {f"in_{each.pk}": "on" for each in families} | values


class TestWriting:
    def test_an_empty_vote_is_that_of_all_who_attended(self, round, village, families, secretary):
        first, second = families
        meeting = meetings.write(minutes(round, village), {first.pk: Vote(), second.pk: Vote(20)}, secretary)
        found = {vote.assessment_id: (vote.votes_for, vote.carried) for vote in meeting.votes.all()}
        assert found == {first.pk: (41, True), second.pk: (20, False)}

    def test_half_of_those_attending_do_not_carry(self, round, village, families, secretary):
        meeting = meetings.write(minutes(round, village, attending=40), {families[0].pk: Vote(20)}, secretary)
        assert not meeting.votes.get().carried

    @pytest.mark.parametrize(
        ("values", "votes", "says"),
        [
            ({}, 42, "41 hộ dự họp"),
            ({"attending": 61}, None, "không thể nhiều hơn"),
            ({"held_on": timezone.localdate() + datetime.timedelta(days=2)}, None, "chưa tới"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence(
        self, round, village, families, secretary, values, votes, says
    ):
        with pytest.raises(ValidationError, match=says):
            meetings.write(minutes(round, village, **values), {families[0].pk: Vote(votes)}, secretary)
        assert not VillageMeeting.objects.exists()

    def test_a_family_of_another_village_is_not_voted_on(self, round, village, secretary):
        stranger = AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED)
        with pytest.raises(ValidationError):
            meetings.write(minutes(round, village), {stranger.pk: Vote()}, secretary)

    def test_it_is_told_in_the_trail_of_the_commune(self, round, village, families, secretary):
        meetings.write(minutes(round, village), {families[0].pk: Vote()}, secretary)
        event = AuditEvent.objects.get(action="meeting.written")
        assert (event.actor, event.role, event.chain.place) == (secretary, "officer", round.place)

    def test_minutes_by_which_something_was_verified_stay(self, round, village, families, secretary):
        meeting = meetings.write(minutes(round, village), {families[0].pk: Vote()}, secretary)
        verified = AssessmentFactory(round=round, place=village, state=AssessmentState.VERIFIED)
        meeting.votes.create(assessment=verified, votes_for=41)
        with pytest.raises(ValidationError, match="thẩm định"):
            meetings.write(meeting, {families[0].pk: Vote(3)}, secretary)


def test_nothing_is_verified_before_the_village_has_met(round, village, families, secretary):
    verifier = UserFactory(role=Role.VERIFIER, place=round.place)
    row = scored(families[0])
    assert "họp" in may(verifier, row, VERIFY).reason
    meetings.write(minutes(round, village), {row.pk: Vote()}, secretary)
    assert may(verifier, row, VERIFY)


class TestPages:
    def test_the_officer_of_the_village_writes_and_prints_them(
        self, client, round, village, families, secretary
    ):
        client.force_login(secretary)
        overview = client.get(reverse("recognition:round_commune", args=[round.pk, round.place.pk])).text
        address = reverse("recognition:meeting_write", args=[round.pk, village.pk])
        assert address in overview
        response = client.post(address, typed(families, **{f"for_{families[1].pk}": "20"}), follow=True)
        assert "Hoàng Văn Mẫu" in response.text
        assert "không thông qua" in response.text
        assert "41 / 60" in response.text

    def test_who_is_not_ticked_was_not_voted_on(self, client, round, village, families, secretary):
        client.force_login(secretary)
        data = typed(families)
        del data[f"in_{families[0].pk}"]
        client.post(reverse("recognition:meeting_write", args=[round.pk, village.pk]), data)
        assert [vote.assessment for vote in VillageMeeting.objects.get().votes.all()] == [families[1]]

    def test_a_mistake_loses_nothing_that_was_typed(self, client, round, village, families, secretary):
        client.force_login(secretary)
        data = typed(families, **{f"for_{families[0].pk}": "99", f"note_{families[1].pk}": "Ghi chú dài"})
        page = client.post(reverse("recognition:meeting_write", args=[round.pk, village.pk]), data).text
        assert "41 hộ dự họp" in page
        assert 'value="99"' in page
        assert "Ghi chú dài" in page
        assert "Chủ trì mẫu" in page

    def test_they_are_corrected_with_what_was_written_before(
        self, client, round, village, families, secretary
    ):
        meeting = meetings.write(minutes(round, village), {families[0].pk: Vote(30, "Vắng mặt")}, secretary)
        client.force_login(secretary)
        address = reverse("recognition:meeting_correct", args=[meeting.pk])
        page = client.get(address).text
        assert 'value="30"' in page
        assert "Vắng mặt" in page
        client.post(address, typed(families[:1], **{f"for_{families[0].pk}": "31"}))
        assert meeting.votes.get().votes_for == 31

    @pytest.mark.parametrize("role", [Role.VERIFIER, Role.CLERK, Role.VIEWER])
    def test_no_other_role_writes_minutes(self, client, round, village, families, role):
        client.force_login(UserFactory(role=role, place=round.place))
        address = reverse("recognition:meeting_write", args=[round.pk, village.pk])
        assert client.post(address, typed(families)).status_code == 403
        assert not VillageMeeting.objects.exists()

    def test_an_officer_of_another_commune_finds_nothing(self, client, round, village, families, secretary):
        meeting = meetings.write(minutes(round, village), {families[0].pk: Vote()}, secretary)
        client.force_login(UserFactory(role=Role.OFFICER))
        for address in (
            reverse("recognition:meeting", args=[meeting.pk]),
            reverse("recognition:meeting_correct", args=[meeting.pk]),
            reverse("recognition:meeting_write", args=[round.pk, village.pk]),
            reverse("recognition:round_commune", args=[round.pk, round.place.pk]),
        ):
            assert client.get(address).status_code == 404

    def test_sixty_households_cost_no_more_questions_than_two(
        self, client, round, village, families, secretary, django_assert_max_num_queries
    ):
        client.force_login(secretary)
        address = reverse("recognition:meeting_write", args=[round.pk, village.pk])
        for _ in range(20):
            AssessmentFactory(round=round, place=village, state=AssessmentState.SELF_SCORED)
        with django_assert_max_num_queries(45):
            client.get(address)


@pytest.mark.parametrize("asked", [True, False])
def test_minutes_are_offered_where_the_round_asks_for_them(client, asked):
    round = RoundFactory(village_meeting=asked)
    village = VillageFactory(parent=round.place)
    AssessmentFactory(round=round, place=village, state=AssessmentState.SELF_SCORED)
    client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
    page = client.get(reverse("recognition:round_commune", args=[round.pk, round.place.pk])).text
    assert (reverse("recognition:meeting_write", args=[round.pk, village.pk]) in page) == asked
