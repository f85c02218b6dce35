"""Who may do what with the titles: each predicate answers with a reason that reaches the person."""

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts.domain.reach import reached_to_act
from portal.accounts.enums import Role
from portal.accounts.permissions import Allowed, can_act
from recognition.enums import (
    AWAITING_SELF_SCORE,
    AppealState,
    AssessmentState,
    DecisionState,
    RoundState,
    Stage,
)

from .models.subject import READERS

AREA_DECIDERS = (Role.ORGANISER, Role.ADMINISTRATOR)
CRITERIA_WRITERS = (Role.ORGANISER, Role.ADMINISTRATOR)
AREA_READERS = (*READERS, *AREA_DECIDERS)


def can_score_with(criteria_set) -> Allowed:
    """May this set score a subject? A set that lacks its official text never may."""
    if criteria_set.usable_for_scoring:
        return Allowed(True, "")
    return Allowed(
        False,
        _("The criteria set “%(title)s” cannot be used for scoring: %(status)s.")
        % {"title": criteria_set.title, "status": criteria_set.get_completeness_display().lower()},
    )


def may_draft_criteria(user) -> Allowed:
    """May the person write and publish drafts of criteria sets? The association does."""
    if any(can_act(user, role) for role in CRITERIA_WRITERS):
        return Allowed(True)
    return can_act(user, CRITERIA_WRITERS[0])


def may_keep_books(user, place) -> Allowed:
    """May the person enter and correct who may earn a title in this village or commune? Its officers may."""
    return can_act(user, Role.OFFICER, place)


def area_decider(user, place) -> Role | None:
    """The role in which the person decides the areas of villages there."""
    return next((role for role in AREA_DECIDERS if can_act(user, role, place)), None)


def may_decide_areas(user, place) -> Allowed:
    """May the person record which threshold holds in the villages of this commune? A decision of the association."""
    return Allowed(True) if area_decider(user, place) else can_act(user, AREA_DECIDERS[0], place)


def may_organise(user, place=None) -> Allowed:
    """May the person prepare, open and close rounds there? The association does."""
    return can_act(user, Role.ORGANISER, place)


FILLED_IN_BY = {
    Stage.SELF: (Role.OFFICER, AWAITING_SELF_SCORE),
    Stage.VERIFIER: (Role.VERIFIER, (AssessmentState.SELF_SCORED,)),
    Stage.COUNCIL: (Role.CLERK, (AssessmentState.VERIFIED,)),
}


def may_fill_in(user, assessment, stage) -> Allowed:
    """May the person write on this sheet of the assessment now? The verifier is never who handed it in."""
    return may_fill_in_each(user, [assessment], stage)[assessment.pk]


def may_fill_in_each(user, assessments, stage) -> dict[int, Allowed]:
    """`may_fill_in` of many, by assessment; the reach is asked once."""
    role, _states = FILLED_IN_BY[stage]
    places = {place for row in assessments for place in (row.place_id, row.commune_id)}
    reached = set(reached_to_act(user, [role]).filter(pk__in=places).order_by().values_list("pk", flat=True))
    return {
        row.pk: _is_to_fill_in(user, row, stage)
        and (Allowed(True) if reached & {row.place_id, row.commune_id} else _needs(role))
        for row in assessments
    }


def those_to_fill_in(user, assessments, stage) -> list:
    """Those of them on whose sheet of the stage the person may write now."""
    allowed = may_fill_in_each(user, assessments, stage)
    return [row for row in assessments if allowed[row.pk]]


def sheets_kept_by(user, place) -> list[Stage]:
    """The sheets that the person fills in for a whole village or commune: own ones on its behalf, or the verifier's."""
    return [stage for stage in PROVED_AT if _reaches(user, FILLED_IN_BY[stage][0], place.pk)]


def places_filled_in_by(user, places) -> set[int]:
    """Those of the places (their numbers) for which `sheets_kept_by` names any."""
    roles = [FILLED_IN_BY[stage][0] for stage in PROVED_AT]
    return set(reached_to_act(user, roles).filter(pk__in=places).order_by().values_list("pk", flat=True))


PROVED_AT = (Stage.SELF, Stage.VERIFIER)  # who fills in one of these sheets adds and takes off evidence


def those_to_prove(user, assessments) -> list:
    """Those of them whose evidence the person may change now: whose sheet is theirs to fill in."""
    found = {row.pk for stage in PROVED_AT for row in those_to_fill_in(user, assessments, stage)}
    return [row for row in assessments if row.pk in found]


def may_prove(user, assessment) -> Allowed:
    """As `those_to_prove`, of one, with the reason."""
    stage = Stage.VERIFIER if assessment.state == AssessmentState.SELF_SCORED else Stage.SELF
    return may_fill_in(user, assessment, stage)


def may_prove_many(user, round, commune) -> Allowed:
    """May the person keep documents there that cover many? Who fills in own or verifier's sheets in the commune may."""
    if not (allowed := _in_open_round(round)):
        return allowed
    roles = [FILLED_IN_BY[stage][0] for stage in PROVED_AT]
    reached = reached_to_act(user, roles).values("pk")
    rows = round.assessments.filter(commune=commune)
    if rows.filter(Q(place__in=reached) | Q(commune__in=reached)).exists():
        return Allowed(True)
    return Allowed(False, _("This needs the role «%(role)s» over the place.") % {"role": Role.OFFICER.label})


def role_to_prove(assessment) -> Role:
    """The role in which its evidence is changed now."""
    return Role.VERIFIER if assessment.state == AssessmentState.SELF_SCORED else Role.OFFICER


def _is_to_fill_in(user, assessment, stage) -> Allowed:
    _role, states = FILLED_IN_BY[stage]
    if not (allowed := _in_open_round(assessment.round)):
        return allowed
    if assessment.state not in states:
        return Allowed(False, _("It is %(state)s.") % {"state": assessment.get_state_display()})
    if stage == Stage.VERIFIER and assessment.submitted_by_id == user.pk:
        return Allowed(False, _("Who handed in a sheet does not verify it."))
    return Allowed(True)


def may_declare(user, commune) -> Allowed:
    """May the person enter how many households, clans and so on the commune and its villages have? Its officers may."""
    return can_act(user, Role.OFFICER, commune)


def may_check_declared(user, commune) -> Allowed:
    """May the person check what a commune has declared, which locks it? The next level may."""
    return can_act(user, Role.ORGANISER, commune)


def may_lock(user, denominator, commune) -> Allowed:
    """As `may_check_declared`, and nobody checks what they entered themselves."""
    allowed = may_check_declared(user, commune)
    if allowed and denominator.entered_by_id == user.pk:
        return Allowed(False, _("You entered this number yourself: somebody else has to check it."))
    return allowed


def may_set_targets(user, place) -> Allowed:
    """May the person set what a place wants to reach? `place` None: for everywhere, which needs a role everywhere."""
    allowed = can_act(user, Role.ORGANISER, place)
    if (
        allowed
        and place is None
        and not user.grants.active().filter(role=Role.ORGANISER, place=None).exists()
    ):
        return Allowed(False, _("Your role does not reach every place."))
    return allowed


def may_write_minutes(user, round, place) -> Allowed:
    """May the person write the minutes of a meeting of this village, or of the commune itself? Its officers may."""
    return _in_open_round(round) and _reaches(user, Role.OFFICER, place.pk)


def may_serve_council(user, round, commune) -> Allowed:
    """May the person prepare and close sessions of the council, hang out the list and answer what is said to it? Its clerk
    may."""
    return _in_open_round(round) and _reaches(user, Role.CLERK, commune.pk)


def is_clerk_of(user, commune) -> Allowed:
    """May the person draft decisions there and answer what was said to a notice? Also when the round is closed."""
    return _reaches(user, Role.CLERK, commune.pk)


def may_issue(user, decision) -> Allowed:
    """Only the People's Committee of the commune issues a decision, and each only once."""
    if decision.state != DecisionState.DRAFT:
        return Allowed(False, _("The decision has been issued already."))
    return _reaches(user, Role.ISSUER, decision.commune_id)


def may_decide_appeal(user, appeal) -> Allowed:
    """The association decides it, as long as it is open."""
    if appeal.state != AppealState.OPEN:
        return Allowed(False, _("The appeal has been decided already."))
    return _reaches(user, Role.ORGANISER, appeal.assessment.commune_id, appeal.assessment.place_id)


def _in_open_round(round) -> Allowed:
    if round.state == RoundState.OPEN:
        return Allowed(True)
    return Allowed(False, _("The round “%(round)s” is not open.") % {"round": round})


def _reaches(user, role: Role, *places: int) -> Allowed:
    """Does that role of the person reach one of the places, or what they have been merged into?"""
    if reached_to_act(user, [role]).filter(pk__in=places).exists():
        return Allowed(True)
    return _needs(role)


def _needs(role: Role) -> Allowed:
    return Allowed(False, _("This needs the role «%(role)s» over the place.") % {"role": Role(role).label})
