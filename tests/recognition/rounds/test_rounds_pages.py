"""Rounds: the association prepares, opens, postpones and closes them; others read those of their places."""

import datetime

import pytest

from django.utils import timezone

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.enums import AssessmentState, RoundState, SubjectKind
from recognition.models import Round
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory, merge
from tests.factories.recognition import (
    AssessmentFactory,
    CriteriaSetFactory,
    RoundFactory,
    SubjectFactory,
    points_set,
)
from tests.recognition.addresses import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def organiser(client):
    user = UserFactory(role=Role.ORGANISER)
    client.force_login(user)
    return user


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def filled_in(place, criteria_set, **changed):
    form = {
        "title": "Gia đình học tập 2026",
        "year": timezone.localdate().year,
        "place": place.pk,
        "criteria_set": criteria_set.pk,
        "village_meeting": "on",
        "register_by": f"{in_days(10):%d/%m/%Y}",
        "self_score_by": f"{in_days(20):%d/%m/%Y}",
        "verify_by": f"{in_days(30):%d/%m/%Y}",
        "council_by": f"{in_days(40):%d/%m/%Y}",
        "notice_days": 7,
        "appeal_days": 10,
        "decided_by": "Chủ tịch Ủy ban nhân dân xã",
        "legal_bases": "Căn cứ văn bản mẫu thứ nhất;\n\n  Căn cứ văn bản mẫu thứ hai;",
    }
    return form | changed


class TestDraft:
    def test_the_association_makes_a_draft(self, client, organiser):
        commune, criteria = CommuneFactory(), points_set()
        response = client.post(address("round_new", "gia-dinh"), filled_in(commune, criteria))
        round = Round.objects.get()
        assert response.url == round.get_absolute_url()
        assert (round.state, round.subject_kind) == (RoundState.DRAFT, SubjectKind.FAMILY)
        assert round.legal_bases == ["Căn cứ văn bản mẫu thứ nhất;", "Căn cứ văn bản mẫu thứ hai;"]

    def test_only_sets_of_the_title_that_may_score_can_be_chosen(self, client, organiser):
        CriteriaSetFactory(title="Bộ chưa đủ văn bản", stub=True)
        points_set(title="Bộ của dòng họ", kind=SubjectKind.CLAN)
        points_set(title="Bộ của gia đình")
        page = client.get(address("round_new", "gia-dinh")).text
        assert "Bộ của gia đình" in page
        assert "Bộ chưa đủ" not in page
        assert "Bộ của dòng họ" not in page

    def test_without_a_set_that_may_score_the_page_says_so(self, client, organiser):
        CriteriaSetFactory(stub=True)
        assert "được phép dùng để chấm điểm" in client.get(address("round_new", "gia-dinh")).text

    def test_a_new_round_begins_as_the_last_one_was(self, client, organiser, round):
        Round.objects.filter(pk=round.pk).update(
            year=round.year - 1, title=f"Gia đình học tập {round.year - 1}", legal_bases=["Căn cứ cũ"]
        )
        initial = client.get(address("round_new", "gia-dinh")).context["form"].initial
        assert initial["title"] == f"Gia đình học tập {round.year}"
        assert initial["register_by"].year == round.register_by.year + 1
        assert initial["legal_bases"] == ["Căn cứ cũ"]
        assert initial["notice_days"] == round.notice_days

    def test_deadlines_out_of_order_lose_nothing_that_was_typed(self, client, organiser):
        wrong = filled_in(CommuneFactory(), points_set(), verify_by=f"{in_days(5):%d/%m/%Y}")
        page = client.post(address("round_new", "gia-dinh"), wrong).text
        assert "Các hạn phải theo thứ tự" in page
        assert "Căn cứ văn bản mẫu thứ hai" in page
        assert not Round.objects.exists()

    def test_a_draft_is_edited_until_it_is_open(self, client, organiser, round):
        Round.objects.update(state=RoundState.DRAFT)
        form = filled_in(round.place, round.criteria_set, title="Tên khác")
        client.post(address("round_edit", round.pk), form)
        round.refresh_from_db()
        assert round.title == "Tên khác"
        Round.objects.update(state=RoundState.OPEN)
        assert client.post(address("round_edit", round.pk), form).status_code == 404

    def test_a_draft_that_is_not_needed_is_discarded_and_an_open_round_is_not(self, client, organiser, round):
        draft = RoundFactory(state=RoundState.DRAFT)
        discard = address("round_discard", draft.pk)
        assert discard in client.get(address("round_edit", draft.pk)).text
        assert draft.title in client.post(discard, follow=True).text
        assert client.post(address("round_discard", round.pk)).status_code == 404
        assert list(Round.objects.all()) == [round]

    def test_a_commune_officer_prepares_no_round(self, client, round):
        client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
        assert client.get(address("round_new", "gia-dinh")).status_code == 403
        for name in ("round_open", "round_close", "round_postpone", "round_edit", "round_discard"):
            assert client.post(address(name, round.pk)).status_code == 403, name

    def test_an_organiser_of_one_commune_holds_rounds_there_only(self, client):
        mine, theirs = CommuneFactory(), CommuneFactory()
        client.force_login(UserFactory(role=Role.ORGANISER, place=mine))
        client.post(address("round_new", "gia-dinh"), filled_in(theirs, points_set()))
        assert not Round.objects.exists()


class TestOpening:
    def test_opening_asks_first_and_names_the_communes(self, client, organiser, round):
        Round.objects.update(state=RoundState.DRAFT)
        assert str(round.place) in client.get(address("round_open", round.pk)).text
        round.refresh_from_db()
        assert round.state == RoundState.DRAFT
        client.post(address("round_open", round.pk))
        round.refresh_from_db()
        assert round.state == RoundState.OPEN

    def test_closing_says_what_stays_undecided(self, client, organiser, round):
        AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
        assert "1 hồ sơ chưa có quyết định" in client.get(address("round_close", round.pk)).text
        client.post(address("round_close", round.pk))
        round.refresh_from_db()
        assert round.state == RoundState.CLOSED

    def test_a_deadline_is_moved_later_and_that_is_on_record(self, client, organiser, round):
        later = round.council_by + datetime.timedelta(days=10)
        client.post(address("round_postpone", round.pk), dates(round, council_by=later))
        round.refresh_from_db()
        assert round.council_by == later
        event = AuditEvent.objects.get()
        assert (event.action, event.actor, event.role) == ("round.postponed", organiser, Role.ORGANISER)
        assert event.data["council_by"]["to"] == later.isoformat()

    def test_a_deadline_is_never_moved_sooner(self, client, organiser, round):
        sooner = round.council_by - datetime.timedelta(days=1)
        page = client.post(address("round_postpone", round.pk), dates(round, council_by=sooner)).text
        assert "không được rút ngắn" in page
        round.refresh_from_db()
        assert round.council_by == sooner + datetime.timedelta(days=1)
        assert not AuditEvent.objects.exists()


def dates(round, **changed):
    names = ("register_by", "self_score_by", "verify_by", "council_by")
    return {name: f"{changed.get(name, getattr(round, name)):%d/%m/%Y}" for name in names}


class TestReading:
    def test_rounds_of_other_communes_are_not_shown(self, client, round):
        other = RoundFactory(title="Đợt của xã khác")
        AssessmentFactory(round=other)
        client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
        page = client.get(address("rounds")).text
        assert round.title in page
        assert other.title not in page
        assert client.get(address("round", other.pk)).status_code == 404

    def test_a_round_held_from_above_shows_each_officer_the_own_commune(self, client):
        mine, theirs = CommuneFactory(name="Của Tôi"), CommuneFactory(name="Của Bạn")
        round = RoundFactory(communes=[mine, theirs])
        client.force_login(UserFactory(role=Role.OFFICER, place=mine))
        page = client.get(address("round", round.pk)).text
        assert "Của Tôi" in page
        assert "Của Bạn" not in page
        assert client.get(address("round", round.pk), {"xa": theirs.pk}).status_code == 404

    def test_the_page_counts_by_village_and_state_and_what_is_missing(self, client, round):
        village = VillageFactory(name="Bản Giốc", parent=round.place)
        AssessmentFactory.create_batch(3, round=round, place=village, state=AssessmentState.REGISTERED)
        AssessmentFactory(round=round, place=village, state=AssessmentState.SELF_SCORED)
        SubjectFactory.create_batch(2, place=village)
        client.force_login(UserFactory(role=Role.VIEWER, place=round.place))
        line = next(each for each in client.get(address("round", round.pk)).context["lines"] if each.total)
        assert (line.label, line.total, line.missing) == ("Xóm Bản Giốc", 4, 2)
        assert line.counts["registered"] == 3

    def test_the_number_of_queries_does_not_grow_with_the_villages(
        self, client, round, django_assert_max_num_queries
    ):
        client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
        AssessmentFactory(round=round)
        with django_assert_max_num_queries(40) as few:
            client.get(address("round", round.pk))
        AssessmentFactory.create_batch(10, round=round)
        with django_assert_max_num_queries(len(few)):
            client.get(address("round", round.pk))

    def test_who_signed_something_keeps_reading_the_round_when_the_role_has_ended(self, client, round):
        former = UserFactory()
        AssessmentFactory(
            round=round, state=AssessmentState.SELF_SCORED, submitted_by=former, submitted_as="officer"
        )
        client.force_login(former)
        assert round.title in client.get(address("rounds")).text

    def test_a_commune_that_was_merged_bears_its_name_of_then(self, client, organiser, round):
        heir = CommuneFactory(name="Mới")
        merge(round.place, heir)
        AssessmentFactory(round=round)
        page = client.get(address("round", round.pk)).text
        assert "nay là Xã Mới" in page


def test_the_secretary_of_a_village_sees_the_round_of_the_commune_before_anybody_is_on_the_list(
    client, round
):
    client.force_login(UserFactory(role=Role.OFFICER, place=VillageFactory(parent=round.place)))
    assert client.get(round.get_absolute_url()).status_code == 200
    assert client.get(RoundFactory().get_absolute_url()).status_code == 404
