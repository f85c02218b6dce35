"""Appeals: filed for the subject, decided by the association; what follows from one that is upheld is decided anew."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from recognition.domain.workflow import Refused, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import APPEAL, KEEP_RECOGNISED, KEEP_REFUSED
from recognition.enums import AppealState, AssessmentState
from recognition.models import Appeal, Assessment
from recognition.permissions import may_decide_appeal

from .trail import note

KEEPING = {AssessmentState.REFUSED: KEEP_REFUSED, AssessmentState.RECOGNISED: KEEP_RECOGNISED}


@transaction.atomic
def file(assessment: Assessment, ground: str, user) -> Appeal:
    """Within the days of the round, against what was decided. `assessment` is as the person saw it.

    Raises ValidationError without a ground, Refused, MovedMeanwhile.
    """
    if not ground.strip():
        raise ValidationError({"ground": _("Write on what ground it appeals.")})
    if assessment.state not in KEEPING:
        raise ValidationError(_("It is %(state)s.") % {"state": assessment.get_state_display()})
    appeal = Appeal.objects.create(
        assessment=assessment, against=assessment.state, ground=ground.strip(), filed_on=timezone.localdate()
    )
    move(APPEAL, [assessment], user, facts=Facts(appeal=appeal))
    return appeal


@transaction.atomic
def reject(appeal: Appeal, outcome: str, user) -> None:
    """What was decided stays. Raises ValidationError without reasons, Refused."""
    row = _decided(appeal, AppealState.REJECTED, outcome, user)
    move(KEEPING[row.against], [row.assessment], user, facts=Facts(appeal=row))


@transaction.atomic
def uphold(appeal: Appeal, outcome: str, user) -> None:
    """The committee shall amend its decision; until then the assessment stays appealed. Raises ValidationError, Refused."""
    _decided(appeal, AppealState.UPHELD, outcome, user)


def _decided(appeal: Appeal, state: AppealState, outcome: str, user) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",)).select_related(
        "assessment__round", "assessment__commune"
    )
    row = rows.get(pk=appeal.pk)
    if not (allowed := may_decide_appeal(user, row)):
        raise Refused([(row.assessment, allowed.reason)])
    if not outcome.strip():
        raise ValidationError({"outcome": _("Write the reasons: they go to who appealed.")})
    row.state, row.outcome, row.decided_by, row.decided_at = state, outcome.strip(), user, timezone.now()
    row.save()
    assessment = row.assessment
    note(
        assessment.round,
        assessment.commune,
        user,
        Role.ORGANISER,
        f"appeal.{state}",
        row,
        assessment=assessment.pk,
    )
    return row
