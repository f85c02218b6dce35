"""Single steps that the table alone does not show: what a step keeps of earlier ones, and what it takes off."""

import datetime

import pytest

from django.utils import timezone

from portal.accounts.enums import Role
from recognition.domain.workflow import Refused, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import BY_NAME
from recognition.enums import AssessmentState, Outcome
from tests.factories.accounts import UserFactory
from tests.factories.recognition import AssessmentFactory, DecisionFactory, RoundFactory, scored

from .ways import appeal, notice_over, vote

pytestmark = pytest.mark.django_db


def step(name, row, user, **facts):
    row.refresh_from_db()
    move(BY_NAME[name], [row], user, facts=Facts(**facts))
    row.refresh_from_db()
    return row


def test_who_registers_again_begins_anew():
    """The verifier of before may hand in the sheet the second time: then another one verifies."""
    round = RoundFactory()
    both = UserFactory(role=Role.VERIFIER, place=round.place)
    both.grants.create(role=Role.OFFICER, place=round.place)
    row = scored(AssessmentFactory(round=round, state=AssessmentState.VERIFIED, verified_by=both))
    step("withdraw", row, both, reason="Chuyển đi")
    step("register", row, both)
    assert (row.verified_by, row.submitted_by, row.submitted_as, row.submitted_at) == (None, None, "", None)
    step("submit", row, both)
    with pytest.raises(Refused, match="không thẩm định"):
        step("verify", row, both)


@pytest.mark.parametrize(
    ("state", "against"),
    [
        (AssessmentState.RECOGNISED, AssessmentState.REFUSED),
        (AssessmentState.REFUSED, AssessmentState.RECOGNISED),
    ],
)
def test_an_appeal_is_against_what_was_decided(state, against):
    """Else rejecting it would turn the decision of the committee into its opposite."""
    row = AssessmentFactory(state=state)
    officer = UserFactory(role=Role.OFFICER, place=row.commune)
    with pytest.raises(Refused):
        step("appeal", row, officer, appeal=appeal(row, against))


@pytest.mark.parametrize("last", [Outcome.PASS, Outcome.FAIL])
def test_the_last_vote_of_the_council_counts(last):
    row = scored(AssessmentFactory(state=AssessmentState.IN_NOTICE))
    notice_over(row)
    first = Outcome.FAIL if last == Outcome.PASS else Outcome.PASS
    today = timezone.localdate()
    for outcome, held_on in ((first, today - datetime.timedelta(days=9)), (last, today)):
        session = vote(row, outcome)["session"]
        session.held_on = held_on
        session.save()
    issuer = UserFactory(role=Role.ISSUER, place=row.commune)
    decision = DecisionFactory(round=row.round, rows=[{"assessment": row.pk}])
    if last == Outcome.PASS:
        assert step("recognise", row, issuer, decision=decision).state == "recognised"
    else:
        with pytest.raises(Refused, match="Hội đồng"):
            step("recognise", row, issuer, decision=decision)
