"""Taking a step: for one assessment or for thousands the same function, one transaction, with its lines in the audit trail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.domain.reach import reached_to_act
from portal.accounts.enums import Role
from portal.accounts.permissions import Allowed
from recognition.enums import FilledInBy
from recognition.models import Assessment, Round, Subject

from .facts import Facts
from .transitions import CLOCK, HOUSEHOLD, REGISTER, RETURN, SUBMIT, TRANSITIONS, VERIFY, Transition

SHOWN = 20  # reasons told at once
TIMES = ("registered_at", "submitted_at", "verified_at")
SAID = ("total", "result", "vetoes", "reasons", "reason", "household_token")
LEFT_ALONE = (*SAID, *TIMES)  # no step looks at them
HANDS = (HOUSEHOLD, CLOCK)  # who acts without a grant
NOT_VERIFIED = {"verified_by": None, "verified_at": None}
ANEW = {"submitted_by": None, "submitted_as": "", "submitted_at": None, **NOT_VERIFIED}


class MovedMeanwhile(Exception):
    """Somebody else took a step with one of them since it was looked at; nothing was done."""

    def __init__(self, assessments: Sequence[Assessment]):
        Subject.objects.attach_to(assessments)
        self.assessments = assessments
        names = ", ".join(str(each.subject) for each in assessments[:SHOWN])
        super().__init__(_("Somebody else has dealt with it meanwhile: %(names)s.") % {"names": names})


class Refused(Exception):
    """The step is not possible; nothing was done. `refusals`: [(assessment or None, sentence)]."""

    def __init__(self, refusals: Sequence[tuple[Assessment | None, str]]):
        Subject.objects.attach_to([row for row, _sentence in refusals if row is not None])
        self.refusals = refusals
        super().__init__(" ".join(dict.fromkeys(sentence for _row, sentence in refusals[:SHOWN])))


def may(user, assessment: Assessment, transition: Transition, *, hand: str = "") -> Allowed:
    """May this be done now? What hangs on the papers of the step is only looked at when it is taken."""
    if assessment.state not in transition.sources:
        return Allowed(False, _("It is %(state)s.") % {"state": assessment.get_state_display()})
    role = _roles(user, [assessment], transition, hand).get(assessment.pk)
    if role is None:
        return Allowed(False, _no_role(transition))
    for _row, sentence in _refusals([assessment], transition, user, None):
        return Allowed(False, sentence)
    return Allowed(True)


def steps_for(user, assessment: Assessment) -> list[tuple[Transition, Allowed]]:
    """The steps that stand open from its state to a role of the person, each with whether it may be taken now or why not."""
    held = set(user.grants.active().values_list("role", flat=True))
    open_now = [each for each in TRANSITIONS if assessment.state in each.sources]
    places = [assessment.place_id, assessment.commune_id]
    wanted = {role for each in open_now for role in each.roles} & held
    acting = {role for role in wanted if reached_to_act(user, [role]).filter(pk__in=places).exists()}
    found = []
    for each in open_now:
        if acting.intersection(each.roles):
            refusal = next(iter(_refusals([assessment], each, user, None)), None)
            found.append((each, Allowed(False, refusal[1]) if refusal else Allowed(True)))
    return found


@transaction.atomic
def move(
    transition: Transition,
    assessments: Iterable[Assessment],
    user=None,
    *,
    facts: Facts | None = None,
    hand: str = "",
) -> int:
    """Take the step with all of them or with none. -> how many. They are as the person saw them: another version is refused.

    `hand`: HOUSEHOLD or CLOCK when no account acts. Raises Refused, MovedMeanwhile.
    """
    facts, seen = facts or Facts(), {each.pk: each.version for each in assessments}
    rows = _locked(seen)
    if moved := [row for row in rows if row.version != seen[row.pk] or row.state not in transition.sources]:
        raise MovedMeanwhile(moved)
    roles = _roles(user, rows, transition, hand)
    refusals = [(row, _no_role(transition)) for row in rows if row.pk not in roles]
    if transition.needs_reason and not facts.reason.strip():
        refusals.append((None, _("Write the reason.")))
    refusals = refusals or list(_refusals(rows, transition, user, facts))
    if refusals:
        raise Refused(refusals)
    _write(transition, rows, user, facts, hand)
    _record(transition, rows, roles, user, facts)
    return len(rows)


def _locked(seen: Mapping[int, int]) -> list[Assessment]:
    rows = list(
        Assessment.objects.select_for_update().filter(pk__among=seen).defer(*LEFT_ALONE).order_by("pk")
    )
    if len(rows) < len(seen):
        raise Refused([(None, _("It does not exist any more."))])
    rounds = Round.objects.select_related("criteria_set").in_bulk({row.round_id for row in rows})
    for row in rows:
        row.round = rounds[row.round_id]
    return rows


def _roles(user, rows: Sequence[Assessment], transition: Transition, hand: str) -> dict[int, str]:
    """{assessment: the role in which it may be done}; those that no role reaches are left out."""
    if hand:
        return {row.pk: hand for row in rows if hand in transition.roles and hand in HANDS}
    found: dict[int, str] = {}
    for role in (each for each in transition.roles if each not in HANDS):
        reached = set(reached_to_act(user, [role]).order_by().values_list("pk", flat=True))
        for row in rows:
            if row.place_id in reached or row.commune_id in reached:
                found.setdefault(row.pk, role)
    return found


def _no_role(transition: Transition) -> str:
    roles = ", ".join(str(Role(each).label) for each in transition.roles if each not in HANDS)
    return _("This needs the role «%(role)s» over the place.") % {"role": roles}


def _refusals(rows: Sequence[Assessment], transition: Transition, user, facts: Facts | None):
    if transition.not_the_submitter and user is not None:
        for row in rows:
            if row.submitted_by_id == user.pk:
                yield row, _("Who handed in a sheet does not verify it.")
    for guard in transition.guards:
        yield from guard(rows, facts)


def _write(transition: Transition, rows: Sequence[Assessment], user, facts: Facts, hand: str) -> None:
    values = {"state": transition.target, "version": F("version") + 1, "reason": facts.reason}
    values |= _signature(transition, user, hand)
    if facts.decision is not None:
        values["decision"] = facts.decision
    pks = [row.pk for row in rows]
    changed = Assessment.objects.filter(pk__among=pks, state__in=transition.sources).update(**values)
    if changed < len(pks):
        raise MovedMeanwhile(rows)


def _signature(transition: Transition, user, hand: str) -> dict:
    """Who put their name to it, where the step is one of those that an assessment remembers."""
    now = timezone.now()
    if transition == SUBMIT:
        filled_in_by = FilledInBy.HOUSEHOLD if hand == HOUSEHOLD else FilledInBy.OFFICER
        return {"submitted_by": user, "submitted_as": filled_in_by, "submitted_at": now}
    if transition == RETURN:
        return NOT_VERIFIED
    if transition == REGISTER:
        return {"registered_by": user, "registered_at": now} | ANEW
    return {"verified_by": user, "verified_at": now} if transition == VERIFY else {}


def _record(transition: Transition, rows: Sequence[Assessment], roles, user, facts: Facts) -> None:
    trails = defaultdict(list)
    for row in rows:
        trails[row.commune_id, row.round.year, row.round.is_sample, roles[row.pk]].append(row)
    places = {row.commune_id: row for row in rows}
    for (commune, year, sample, role), of_trail in sorted(trails.items()):
        deeds = [_deed(transition, row, facts) for row in of_trail]
        audit.record(places[commune].commune, year, deeds, Actor(user, role), sample=sample)


def _deed(transition: Transition, row: Assessment, facts: Facts) -> Deed:
    data = {"from": row.state, "to": transition.target}
    if facts.reason:
        data["reason"] = facts.reason
    if facts.decision is not None:
        data["decision"] = facts.decision.pk
    return Deed(f"assessment.{transition.name}", row.audit_name, data)
