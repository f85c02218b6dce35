"""Drafts of decisions: the clerk prepares them, for the People's Committee to issue."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain.reach import reached_to_act
from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.enums import AssessmentState, DecisionKind, DecisionState, RevokedBecause
from recognition.models import Appeal, Assessment, Decision, Round

from . import wording
from .trail import note

SYMBOL = "QĐ-UBND"
DERIVED = ("rows", "document", "document_hash")


def recognition(round: Round, commune: Place, user) -> Decision:
    """On all of the commune whose public notice is over; the one that is being drafted already, where there is one."""
    drafts = Decision.objects.filter(kind=DecisionKind.RECOGNISE, state=DecisionState.DRAFT)
    draft = drafts.filter(round=round, commune=commune).first()
    return draft or _begin(Decision(kind=DecisionKind.RECOGNISE, round=round, commune=commune), user)


def revocation(
    decision: Decision, assessments: Iterable[Assessment], because: RevokedBecause, reason: str, user
):
    """Of titles that this decision gave. Raises ValidationError."""
    assessments = list(assessments)
    if not assessments:
        raise ValidationError(_("Choose whose title is revoked."))
    if not reason.strip():
        raise ValidationError(_("Write the reason."))
    if any(
        each.decision_id != decision.pk or each.state != AssessmentState.RECOGNISED for each in assessments
    ):
        raise ValidationError(_("Some of them do not hold a title by this decision any more."))
    draft = Decision(
        kind=DecisionKind.REVOKE,
        round=decision.round,
        commune=decision.commune,
        amends=decision,
        because=because,
        reason=reason.strip(),
        rows=[{"assessment": each.pk} for each in assessments],
    )
    return _begin(draft, user)


def amendment(appeal: Appeal, user) -> Decision:
    """After an appeal that the association upheld; it names the decision it amends, which stays. -> the one that is being
    drafted already, where there is one."""
    row = appeal.assessment
    drafts = Decision.objects.filter(kind=DecisionKind.AMEND, state=DecisionState.DRAFT, amends=row.decision)
    for draft in drafts:
        if draft.rows == [{"assessment": row.pk}]:
            return draft
    draft = Decision(
        kind=DecisionKind.AMEND,
        round=row.round,
        commune=row.commune,
        amends=row.decision,
        reason=appeal.outcome,
        rows=[{"assessment": row.pk}],
    )
    return _begin(draft, user)


@transaction.atomic
def write(decision: Decision, user) -> None:
    """Number, day, signer and words as `decision` has them. Raises ValidationError."""
    locked_draft(decision)
    decision.number = whole_number(decision.number)
    decision.year = (decision.issued_on or timezone.localdate()).year
    decision.full_clean(exclude=DERIVED)
    decision.save(
        update_fields=[
            "number",
            "year",
            "issued_on",
            "issuer",
            "signer_title",
            "signer_name",
            "articles",
            "recipients",
        ]
    )


@transaction.atomic
def discard(decision: Decision, user) -> None:
    """Raises ValidationError when it has been issued meanwhile."""
    row = locked_draft(decision)
    note(row.round, row.commune, user, Role.CLERK, "decision.discarded", row)
    row.delete()


def to_issue(user) -> QuerySet[Decision]:
    """The drafts that have a number and wait for this issuer."""
    reached = reached_to_act(user, [Role.ISSUER]).order_by().values("pk")
    drafts = Decision.objects.filter(state=DecisionState.DRAFT, commune__in=reached).exclude(number="")
    return drafts.select_related("commune", "round").defer("rows")


def locked_draft(decision: Decision) -> Decision:
    """The row of a draft, locked. Raises ValidationError."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "round__criteria_set", "commune", "amends"
    )
    row = rows.filter(pk=decision.pk).first()
    if row is None:
        raise ValidationError(_("Somebody has discarded the draft meanwhile."))
    if row.state != DecisionState.DRAFT:
        raise ValidationError(_("Somebody has issued the decision meanwhile. It stays as it is."))
    return row


def whole_number(number: str) -> str:
    """ "5" -> "05/QĐ-UBND"; what has a symbol already stays."""
    number = "".join(number.split())
    if not number or "/" in number:
        return number
    return f"{number.zfill(2) if re.fullmatch('[0-9]+', number) else number}/{SYMBOL}"


@transaction.atomic
def _begin(decision: Decision, user) -> Decision:
    decision.year, decision.is_sample = timezone.localdate().year, decision.round.is_sample
    decision.issuer = wording.issuer(decision.commune)
    decision.articles, decision.recipients = wording.articles(decision), wording.recipients()
    last = Decision.objects.filter(commune=decision.commune, state=DecisionState.ISSUED).first()
    if last:
        decision.signer_title, decision.signer_name = last.signer_title, last.signer_name
    decision.save()
    note(decision.round, decision.commune, user, Role.CLERK, "decision.drafted", decision, kind=decision.kind)
    return decision
