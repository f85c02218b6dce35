"""Assessments that nothing but role and state keeps from a step: all that the guards of the step ask for is there."""

import datetime

from django.utils import timezone

from portal.places.models import Place
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import Transition
from recognition.enums import DECIDED, AppealState, AssessmentState, DecisionKind, Outcome
from recognition.models import Appeal, Assessment, CouncilItem, PublicNotice, Round
from tests.factories.accounts import UserFactory
from tests.factories.recognition import (
    AssessmentFactory,
    CouncilSessionFactory,
    DecisionFactory,
    PublicNoticeFactory,
    RoundFactory,
    points_set,
    scored,
)

LONG_AGO = datetime.date(2021, 11, 20)
PAPERS = {  # the decision that each of these steps stands on
    "recognise": DecisionKind.RECOGNISE,
    "refuse": DecisionKind.RECOGNISE,
    "recognise_on_appeal": DecisionKind.AMEND,
    "refuse_on_appeal": DecisionKind.AMEND,
    "revoke": DecisionKind.REVOKE,
}
CAN_BE_APPEALED = (AssessmentState.REFUSED, AssessmentState.RECOGNISED)
APPEALS = {  # name of the step: (what the appeal is against, how the association decided)
    "keep_refused": (AssessmentState.REFUSED, AppealState.REJECTED),
    "keep_recognised": (AssessmentState.RECOGNISED, AppealState.REJECTED),
    "recognise_on_appeal": (AssessmentState.REFUSED, AppealState.UPHELD),
    "refuse_on_appeal": (AssessmentState.RECOGNISED, AppealState.UPHELD),
}


def a_round(transition: Transition, commune) -> Round:
    """A round of the commune for the step; for the clock one whose titles hold a year."""
    months = 12 if transition.name == "lapse" else None
    return RoundFactory(place=commune, criteria_set=points_set(validity_months=months))


def ready(
    transition: Transition, state: AssessmentState, round: Round, village: Place
) -> tuple[Assessment, Facts]:
    """An assessment of a family of `village` in that state, and the papers with which the step can be taken."""
    issued_on = LONG_AGO if transition.name == "lapse" else timezone.localdate()
    given = {"decision": DecisionFactory(round=round, issued_on=issued_on)} if state in DECIDED else {}
    row = scored(AssessmentFactory(round=round, place=village, state=state, **given))
    return row, Facts(reason="Lý do mẫu", **papers(transition, row))


def papers(transition: Transition, row: Assessment) -> dict:
    """What else the step asks for, by the names of `Facts`."""
    if transition.name == "propose":
        return vote(row)
    if transition.name == "publish":
        return {"notice": notice_over(row)}
    if transition.name == "appeal":
        return {"appeal": appeal(row, row.state)} if row.state in CAN_BE_APPEALED else {}
    if transition.name in ("recognise", "refuse"):
        vote(row)
        notice_over(row)
    found = {"appeal": appeal(row, *APPEALS[transition.name])} if transition.name in APPEALS else {}
    if kind := PAPERS.get(transition.name):
        why = {} if kind == DecisionKind.RECOGNISE else {"reason": "Lý do mẫu"}
        amended = {"amends": row.decision or DecisionFactory(round=row.round)} if kind == "amend" else {}
        rows = [{"assessment": row.pk}]
        found["decision"] = DecisionFactory(kind=kind, round=row.round, rows=rows, **why, **amended)
    return found


def vote(row: Assessment, outcome: Outcome = Outcome.PASS) -> dict:
    """A closed session of the council that voted on it."""
    session = CouncilSessionFactory(round=row.round, commune=row.commune)
    votes = (5, 0) if outcome == Outcome.PASS else (0, 5)
    item = CouncilItem.objects.create(
        session=session,
        assessment=row,
        votes_for=votes[0],
        votes_against=votes[1],
        outcome=outcome,
        reason="Lý do mẫu",
    )
    return {"session": session, "items": {row.pk: item}}


def notice_over(row: Assessment) -> PublicNotice:
    """A notice that named it, was long enough and ended yesterday."""
    return PublicNoticeFactory(round=row.round, commune=row.commune, rows=[row])


def appeal(row: Assessment, against: AssessmentState, state: AppealState = AppealState.OPEN) -> Appeal:
    decided = {}
    if state != AppealState.OPEN:
        decided = {"decided_by": UserFactory(), "decided_at": timezone.now(), "outcome": "Kết luận mẫu"}
    return Appeal.objects.create(
        assessment=row,
        against=against,
        ground="Căn cứ mẫu",
        filed_on=timezone.localdate(),
        state=state,
        **decided,
    )
