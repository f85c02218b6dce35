"""Who stands in a decision, and with what outcome: worked out while it is a draft, frozen when it is issued."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.places.models import Place
from recognition.domain.workflow import guards
from recognition.enums import AssessmentState, DecisionKind, DecisionState, Outcome
from recognition.models import Appeal, Assessment, CouncilItem, Decision, Round


@dataclass(frozen=True, slots=True)
class Entry:
    """`result`: what was reached, "" where it is not recognised."""

    assessment: int
    name: str
    place: str
    result: str
    outcome: str

    def frozen(self) -> dict:
        """As it is kept with the decision."""
        return {name: getattr(self, name) for name in self.__slots__}


def entries_of(decision: Decision) -> list[Entry]:
    """By village and name; of an issued decision as it was signed."""
    if decision.state == DecisionState.ISSUED:
        return [Entry(**{name: row.get(name, "") for name in Entry.__slots__}) for row in decision.rows]
    return entries_for(decision, rows_of(decision))


def entries_for(decision: Decision, rows: Sequence[Assessment]) -> list[Entry]:
    """Of a draft, in the order of the rows."""
    outcomes = outcomes_of(decision, rows)
    return [
        Entry(
            row.pk,
            str(row.subject),
            str(row.place),
            row.result if outcomes[row.pk] == Outcome.PASS else "",
            str(outcomes[row.pk]),
        )
        for row in rows
    ]


def rows_of(decision: Decision) -> list[Assessment]:
    """The assessments that a draft is about, by village and name."""
    if decision.kind == DecisionKind.RECOGNISE:
        return ready(decision.round, decision.commune)
    named = Assessment.objects.filter(pk__among=[row["assessment"] for row in decision.rows])
    return _in_order(named)


def ready(round: Round, commune) -> list[Assessment]:
    """Those whose public notice is over."""
    rows = _in_order(round.assessments.filter(commune=commune, state=AssessmentState.IN_NOTICE))
    for row in rows:
        row.round = round
    still_hanging = {row.pk for row, _sentence in guards.notice_is_over(rows, None)}
    return [row for row in rows if row.pk not in still_hanging]


def outcomes_of(decision: Decision, rows: Sequence[Assessment]) -> dict[int, Outcome]:
    """What the decision says of each: as the council voted, of a revocation no, after an appeal the other way."""
    pks = [row.pk for row in rows]
    if decision.kind == DecisionKind.REVOKE:
        return dict.fromkeys(pks, Outcome.FAIL)
    if decision.kind == DecisionKind.AMEND:
        appeals = (
            Appeal.objects.filter(assessment__among=pks).order_by("pk").values_list("assessment", "against")
        )
        other_way = {AssessmentState.REFUSED: Outcome.PASS, AssessmentState.RECOGNISED: Outcome.FAIL}
        return dict.fromkeys(pks, Outcome.FAIL) | {pk: other_way[against] for pk, against in appeals}
    items = CouncilItem.objects.filter(assessment__among=pks).order_by("session__held_on", "pk")
    voted = dict(items.values_list("assessment", "outcome"))
    return {
        row.pk: Outcome.PASS if row.passed and voted.get(row.pk) == Outcome.PASS else Outcome.FAIL
        for row in rows
    }


def _in_order(rows) -> list[Assessment]:
    """With the subjects, and with one object a village however many rows it has."""
    rows = list(rows.select_related("subject").order_by("place__sort_key", "subject__sort_name", "pk"))
    places = Place.objects.in_bulk({row.place_id for row in rows})
    for row in rows:
        row.place = places[row.place_id]
    return rows
