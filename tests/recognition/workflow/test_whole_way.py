"""One family from the list to the decision, by the functions that the pages call."""

import pytest

from portal.accounts.domain import audit
from portal.accounts.enums import Role
from portal.accounts.models import AuditChain
from recognition.domain import registration, sheets
from recognition.domain.workflow import HOUSEHOLD, MovedMeanwhile, Refused, may, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import BY_NAME
from recognition.enums import AssessmentState, Outcome, RoundState, Stage
from recognition.models import Assessment, CouncilItem
from recognition.permissions import may_fill_in
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory, VillageFactory, merge
from tests.factories.recognition import (
    AssessmentFactory,
    CouncilSessionFactory,
    DecisionFactory,
    PublicNoticeFactory,
    RoundFactory,
    SubjectFactory,
    points_set,
    scored,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def people(round):
    """One person for each role over the commune."""
    roles = (Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER)
    return {role: UserFactory(role=role, place=round.place) for role in roles}


def test_a_family_goes_from_the_list_to_the_decision(round, people, django_assert_max_num_queries):
    village = VillageFactory(parent=round.place)
    subjects = [SubjectFactory(place=village) for _ in range(3)]
    registration.put_on_list(round, subjects, people[Role.OFFICER])
    step(round, "register", people[Role.OFFICER])
    for each in round.assessments.all():
        scored(each, stages=[Stage.SELF], user=people[Role.OFFICER])
    step(round, "submit", people[Role.OFFICER])
    sheets.agree(list(round.assessments.all()), people[Role.VERIFIER])
    step(round, "verify", people[Role.VERIFIER])
    session = council(round, round.assessments.all())
    items = {item.assessment_id: item for item in session.items.all()}
    step(round, "propose", people[Role.CLERK], Facts(session=session, items=items))
    notice = PublicNoticeFactory(round=round, rows=round.assessments.all())
    step(round, "publish", people[Role.CLERK], Facts(notice=notice))
    decision = DecisionFactory(
        round=round, rows=[{"assessment": each.pk} for each in round.assessments.all()]
    )
    with django_assert_max_num_queries(25):
        step(round, "recognise", people[Role.ISSUER], Facts(decision=decision))
    assert set(round.assessments.values_list("state", "total", "passed", "result")) == {
        ("recognised", 100, True, "Đạt")
    }
    chain = AuditChain.objects.get()
    assert chain.events.count() == 6 * 3
    assert audit.verify(chain) is None


def step(round, name, user, facts=None):
    return move(BY_NAME[name], list(round.assessments.all()), user, facts=facts)


def council(round, assessments):
    session = CouncilSessionFactory(round=round)
    CouncilItem.objects.bulk_create(
        CouncilItem(session=session, assessment=each, votes_for=5, votes_against=0, outcome=Outcome.PASS)
        for each in assessments
    )
    return session


def test_who_handed_in_a_sheet_does_not_verify_it(round):
    both = UserFactory(role=Role.VERIFIER, place=round.place)
    row = AssessmentFactory(
        round=round, state=AssessmentState.SELF_SCORED, submitted_by=both, submitted_as="officer"
    )
    scored(row)
    allowed = may(both, row, BY_NAME["verify"])
    assert allowed == (False, "Người đã nộp phiếu thì không thẩm định phiếu đó.")
    with pytest.raises(Refused):
        move(BY_NAME["verify"], [row], both)


def test_a_household_hands_in_its_own_sheet(round):
    row = AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
    with pytest.raises(Refused, match="1.1, 1.2, 2.1, 2.2"):
        move(BY_NAME["submit"], [row], hand=HOUSEHOLD)
    scored(row, stages=[Stage.SELF])
    move(BY_NAME["submit"], [row], hand=HOUSEHOLD)
    row.refresh_from_db()
    assert (row.state, row.submitted_by, row.submitted_as) == ("self_scored", None, "household")
    with pytest.raises(MovedMeanwhile):
        move(BY_NAME["submit"], [row], hand=HOUSEHOLD)


def test_the_second_of_two_people_is_told(round, people):
    row = AssessmentFactory(round=round, state=AssessmentState.DRAFT)
    seen_by_other = Assessment.objects.get(pk=row.pk)
    move(BY_NAME["register"], [row], people[Role.OFFICER])
    with pytest.raises(MovedMeanwhile, match="người khác"):
        move(BY_NAME["withdraw"], [seen_by_other], people[Role.OFFICER], facts=Facts(reason="Chuyển đi"))


def test_a_wide_difference_asks_for_a_reason(round, people):
    row = scored(AssessmentFactory(round=round, state=AssessmentState.SELF_SCORED))
    sheets.put(row, Stage.VERIFIER, {"1.1": {"points": 23}}, people[Role.VERIFIER])
    assert "1.1" in may(people[Role.VERIFIER], row, BY_NAME["verify"]).reason
    sheets.put(
        row, Stage.VERIFIER, {"1.1": {"points": 23}}, people[Role.VERIFIER], notes={"1.1": "Thiếu giấy khen"}
    )
    assert may(people[Role.VERIFIER], row, BY_NAME["verify"])
    row.refresh_from_db()
    assert row.total == 98


def test_without_evidence_nothing_counts_where_the_set_asks_for_it():
    row = AssessmentFactory(round__criteria_set=points_set(evidence=True), state=AssessmentState.REGISTERED)
    scored(row, stages=[Stage.SELF])
    row.refresh_from_db()
    assert (row.total, row.passed) == (0, False)


def test_a_closed_round_stands_still(round, people):
    row = AssessmentFactory(round=round, state=AssessmentState.DRAFT)
    registration.close_round(round, UserFactory(role=Role.ORGANISER))
    assert round.state == RoundState.OPEN  # the object in hand is not the row
    row.round.refresh_from_db()
    assert "không mở" in may(people[Role.OFFICER], row, BY_NAME["register"]).reason


def test_the_officer_of_a_merged_commune_reads_and_acts_no_more_and_the_heir_does(round, people):
    row = AssessmentFactory(round=round, state=AssessmentState.REGISTERED)
    heir = CommuneFactory()
    merge(round.place, heir)
    former, present = people[Role.OFFICER], UserFactory(role=Role.OFFICER, place=heir)
    assert Assessment.objects.visible_to(former).contains(row)
    assert "Cán bộ xã" in may(former, row, BY_NAME["withdraw"]).reason
    assert not may_fill_in(former, row, Stage.SELF)
    with pytest.raises(Refused):
        move(BY_NAME["withdraw"], [row], former, facts=Facts(reason="Chuyển đi"))
    assert may(present, row, BY_NAME["withdraw"])
    assert may_fill_in(present, row, Stage.SELF)
