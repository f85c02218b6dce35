"""What waits for a person: by role, deadline and village; nothing of others, and few queries."""

import datetime

import pytest
from lxml import html

from django.urls import reverse
from django.utils import timezone

from portal.accounts.enums import Role
from recognition.enums import AssessmentState, RoundState, Stage
from recognition.models import Round
from tests.factories.accounts import GrantFactory, UserFactory
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory

pytestmark = pytest.mark.django_db

State = AssessmentState
OF_ROLE = {
    Role.OFFICER: {State.DRAFT, State.REGISTERED, State.RETURNED},
    Role.VERIFIER: {State.SELF_SCORED},
    Role.CLERK: {State.VERIFIED, State.PROPOSED},
    Role.ISSUER: {State.IN_NOTICE},
    Role.ORGANISER: {State.APPEALED},
    Role.VIEWER: set(),
    Role.AUDITOR: set(),
}


@pytest.fixture
def round():
    return RoundFactory()


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def work(client, user, **query):
    client.force_login(user)
    return client.get("/can-bo/viec/", query)


def waiting(client, user):
    return [job for job, _places in work(client, user).context["jobs"]]


@pytest.mark.parametrize("role", OF_ROLE)
def test_each_role_sees_what_it_has_to_do_and_no_more(client, round, role):
    for state in State:
        AssessmentFactory(round=round, state=state)
    user = UserFactory(role=role, place=round.place)
    assert {job.job.state for job in waiting(client, user)} == OF_ROLE[role]


def test_what_waits_in_another_commune_is_not_told(client, round):
    AssessmentFactory(state=State.SELF_SCORED)
    assert waiting(client, UserFactory(role=Role.VERIFIER, place=round.place)) == []


def test_the_secretary_of_a_village_sees_the_own_village(client, round):
    mine, theirs = VillageFactory(parent=round.place), VillageFactory(parent=round.place)
    AssessmentFactory(round=round, place=mine, state=State.REGISTERED)
    AssessmentFactory(round=round, place=theirs, state=State.REGISTERED)
    (job,) = waiting(client, UserFactory(role=Role.OFFICER, place=mine))
    assert [each.place for each in job.places] == [mine]


def test_what_one_handed_in_oneself_waits_for_another_verifier(client, round):
    both = UserFactory(role=Role.VERIFIER, place=round.place)
    AssessmentFactory(round=round, state=State.SELF_SCORED, submitted_by=both, submitted_as="officer")
    AssessmentFactory(round=round, state=State.SELF_SCORED)
    (job,) = waiting(client, both)
    assert job.count == 1


def test_what_is_overdue_comes_first_and_is_said_to_be(client, round):
    late = RoundFactory(
        title="Đợt trễ", communes=[round.place], register_by=in_days(-9), self_score_by=in_days(-3)
    )
    for each in (round, late):
        AssessmentFactory(round=each, commune=round.place, state=State.REGISTERED)
    user = UserFactory(role=Role.OFFICER, place=round.place)
    assert [job.round for job in waiting(client, user)] == [late, round]
    assert "đã quá 3 ngày" in work(client, user).text


def test_who_was_not_registered_in_time_waits_no_more(client, round):
    Round.objects.update(register_by=in_days(-1))
    AssessmentFactory(round=round, state=State.DRAFT)
    assert waiting(client, UserFactory(role=Role.OFFICER, place=round.place)) == []


def test_in_a_closed_round_only_decisions_and_appeals_wait(client, round):
    Round.objects.update(state=RoundState.CLOSED)
    AssessmentFactory(round=round, state=State.SELF_SCORED)
    AssessmentFactory(round=round, state=State.IN_NOTICE)
    user = UserFactory(role=Role.VERIFIER, place=round.place)
    GrantFactory(user=user, role=Role.ISSUER, place=round.place)
    assert [job.job.state for job in waiting(client, user)] == [State.IN_NOTICE]


def test_the_same_job_in_two_rounds_is_two_regions_with_names_of_their_own(client, round):
    other = RoundFactory(place=round.place, year=round.year - 1, title="Đợt năm trước (mẫu)")
    for each in (round, other):
        AssessmentFactory(round=each, state=State.SELF_SCORED)
    page = html.fromstring(work(client, UserFactory(role=Role.VERIFIER, place=round.place)).content)
    names = [
        " ".join(page.get_element_by_id(part).text_content().strip() for part in region.split())
        for region in page.xpath("//main//section/@aria-labelledby")
    ]
    assert len(set(names)) == len(names) == 2


def address_of_the_job(client, user):
    ((_job, ((_place, address),)),) = work(client, user).context["jobs"]
    return address


def test_who_waits_to_be_registered_is_met_in_the_list_with_the_others_left_out(client, round):
    village = VillageFactory(parent=round.place)
    for state in (State.DRAFT, State.SELF_SCORED):
        AssessmentFactory(round=round, place=village, state=state)
    address = address_of_the_job(client, UserFactory(role=Role.OFFICER, place=round.place))
    rows = client.get(address).context["rows"]
    assert [row.state for row, _commune_now in rows] == [State.DRAFT]


@pytest.mark.parametrize(
    ("role", "state", "sheet"),
    [
        (Role.OFFICER, State.REGISTERED, "tu-cham"),
        (Role.OFFICER, State.RETURNED, "tu-cham"),
        (Role.VERIFIER, State.SELF_SCORED, "tham-dinh"),
    ],
)
def test_a_sheet_to_fill_in_leads_to_those_of_its_village_side_by_side(client, round, role, state, sheet):
    village = VillageFactory(parent=round.place)
    AssessmentFactory(round=round, place=village, state=state)
    address = address_of_the_job(client, UserFactory(role=role, place=round.place))
    grid = reverse("recognition:grid", args=[round.pk, village.pk])
    assert address == f"{grid}?phieu={sheet}"
    assert (
        client.get(address).context["desk"].stage
        == {"tu-cham": Stage.SELF, "tham-dinh": Stage.VERIFIER}[sheet]
    )


def test_a_household_is_found_by_its_name_without_accents(client, round):
    village = VillageFactory(parent=round.place)
    mine = SubjectFactory(name="Hoàng Văn Mẫu", place=village)
    theirs = SubjectFactory(name="Hoàng Văn Xã Khác")
    AssessmentFactory(round=round, subject=mine, place=village)
    AssessmentFactory(subject=theirs, place=theirs.place)
    page = work(client, UserFactory(role=Role.VIEWER, place=round.place), q="hoang van").text
    assert mine.name in page
    assert theirs.name not in page


def test_the_number_of_queries_stays_the_same(client, round, django_assert_max_num_queries):
    user = UserFactory(role=Role.OFFICER, place=round.place)
    GrantFactory(user=user, role=Role.VERIFIER, place=round.place)
    AssessmentFactory(round=round, state=State.REGISTERED)
    with django_assert_max_num_queries(50) as few:
        work(client, user)
    for state in (State.REGISTERED, State.SELF_SCORED, State.RETURNED):
        AssessmentFactory.create_batch(5, round=round, state=state)
    with django_assert_max_num_queries(len(few)):
        work(client, user)


def test_the_officers_corner_leads_there_with_the_number(client, round):
    AssessmentFactory.create_batch(3, round=round, state=State.REGISTERED)
    client.force_login(UserFactory(role=Role.OFFICER, place=round.place))
    sections = dict(client.get("/can-bo/").context["sections"])
    (entry,) = [each for entries in sections.values() for each in entries if each.url == "/can-bo/viec/"]
    assert entry.count == 3
