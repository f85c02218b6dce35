"""Titles whose time is over lapse by themselves."""

import datetime

from recognition.domain.validity import last_day
from recognition.domain.workflow import CLOCK, move
from recognition.domain.workflow.transitions import LAPSE
from recognition.enums import AssessmentState
from recognition.models import Assessment, Decision

BATCH = 2000


def lapse_due(today: datetime.date) -> int:
    """Let everything lapse whose last day was before `today`; to be called once a day. -> how many."""
    return sum(_lapse(decision) for decision in _with_titles() if _is_over(decision, today))


def _with_titles():
    """Decisions by which somebody still holds a title that ends."""
    held = Assessment.objects.filter(state=AssessmentState.RECOGNISED)
    held = held.filter(round__criteria_set__validity_months__isnull=False)
    decisions = Decision.objects.filter(pk__in=held.order_by().values("decision"))
    return decisions.select_related("round__criteria_set").order_by("pk")


def _is_over(decision: Decision, today: datetime.date) -> bool:
    until = last_day(decision.issued_on, decision.round.criteria_set.validity_months)
    return until is not None and until < today


def _lapse(decision: Decision) -> int:
    """A batch a transaction: a job that is killed goes on the next day where it stopped."""
    rows = list(decision.assessments.filter(state=AssessmentState.RECOGNISED).order_by("pk"))
    return sum(move(LAPSE, rows[start : start + BATCH], hand=CLOCK) for start in range(0, len(rows), BATCH))
