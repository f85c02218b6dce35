"""Issuing a decision: its list is frozen, its paper kept, and what it says is done, in one transaction."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from recognition.domain.papers import decision_pdf
from recognition.domain.workflow import Refused, move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import (
    RECOGNISE,
    RECOGNISE_ON_APPEAL,
    REFUSE,
    REFUSE_ON_APPEAL,
    REVOKE,
)
from recognition.enums import DecisionKind, DecisionState, Outcome, RevokedBecause
from recognition.models import Assessment, Decision, PublicNotice
from recognition.permissions import may_issue

from . import awarding
from .drafting import DERIVED, locked_draft
from .entries import Entry, entries_for, rows_of
from .trail import note
from .wording import paper

STEPS = {  # kind of decision -> what happens by outcome
    DecisionKind.RECOGNISE: {Outcome.PASS: RECOGNISE, Outcome.FAIL: REFUSE},
    DecisionKind.REVOKE: {Outcome.FAIL: REVOKE},
    DecisionKind.AMEND: {Outcome.PASS: RECOGNISE_ON_APPEAL, Outcome.FAIL: REFUSE_ON_APPEAL},
}
GIVING = (RECOGNISE, RECOGNISE_ON_APPEAL)
TAKING = {REVOKE: None, REFUSE_ON_APPEAL: RevokedBecause.APPEAL}  # None: as the decision says


def issue(decision: Decision, user) -> Decision:
    """-> the decision as it was issued. Of two people one issues it, the other is told.

    Raises ValidationError with every sentence why it cannot be issued, Refused, MovedMeanwhile; then nothing has happened.
    """
    stored: list[str] = []
    try:
        with transaction.atomic():
            return _issue(decision, user, stored)
    except BaseException:
        for name in stored:
            Decision._meta.get_field("document").storage.delete(name)
        raise


def _issue(decision: Decision, user, stored: list[str]) -> Decision:
    row = locked_draft(decision)
    if not (allowed := may_issue(user, row)):
        raise Refused([(None, allowed.reason)])
    rows = rows_of(row)
    entries = entries_for(row, rows)
    if errors := problems(row, entries):
        raise ValidationError(errors)
    row.full_clean(exclude=DERIVED)
    assessments = {each.pk: each for each in rows}
    _freeze(row, entries, decision_pdf(paper(row, entries)), stored)
    _carry_out(row, entries, assessments, user)
    note(
        row.round,
        row.commune,
        user,
        Role.ISSUER,
        "decision.issued",
        row,
        number=row.number,
        rows=len(entries),
    )
    return row


def problems(decision: Decision, entries: Sequence[Entry]) -> list[str]:
    """Why a draft cannot be issued yet."""
    found = []
    if not decision.number or decision.issued_on is None:
        found.append(_("Number and day of the decision are missing."))
    if not decision.signer_name or not decision.signer_title:
        found.append(_("Write who signs it, and in what position."))
    if not decision.articles.strip():
        found.append(_("The decision has no articles."))
    if not entries:
        found.append(_("There is nobody to decide on: the public notice must be over."))
    day = decision.issued_on
    if day and day > timezone.localdate():
        found.append(_("The day of the decision is still to come."))
    if day and (begins := _earliest_day(decision, entries)) and day < begins:
        found.append(
            _("It cannot be issued before %(day)s.") % {"day": date_format(begins, "SHORT_DATE_FORMAT")}
        )
    return found


def _earliest_day(decision: Decision, entries: Sequence[Entry]):
    """The day after the last notice that names somebody in it; of later decisions the day of the one they change."""
    if decision.amends:
        return decision.amends.issued_on
    decided_on = {entry.assessment for entry in entries}
    notices = PublicNotice.objects.filter(round=decision.round, commune=decision.commune)
    ends = [
        notice.closes_on
        for notice in notices
        if any(line["assessment"] in decided_on for line in notice.snapshot)
    ]
    return max(ends) + datetime.timedelta(days=1) if ends else None


def _freeze(decision: Decision, entries: Sequence[Entry], pdf: bytes, stored: list[str]) -> None:
    """The paper into the private files, the list into the row; from then on the database refuses every change of it."""
    digest = hashlib.sha256(pdf).hexdigest()
    decision.document.save(f"{decision.pk}-{digest[:16]}.pdf", ContentFile(pdf), save=False)
    stored.append(decision.document.name)
    decision.rows = [entry.frozen() for entry in entries]
    decision.state, decision.document_hash = DecisionState.ISSUED, digest
    decision.year = decision.issued_on.year
    drafts = Decision.objects.filter(pk=decision.pk, state=DecisionState.DRAFT)
    frozen = ("rows", "state", "document", "document_hash", "year")
    if not drafts.update(**{name: getattr(decision, name) for name in frozen}):
        raise ValidationError(_("Somebody has issued the decision meanwhile. It stays as it is."))


def _carry_out(
    decision: Decision, entries: Sequence[Entry], assessments: Mapping[int, Assessment], user
) -> None:
    facts = Facts(decision=decision, reason=decision.reason)
    for outcome, step in STEPS[decision.kind].items():
        rows = [assessments[entry.assessment] for entry in entries if entry.outcome == outcome]
        if not rows:
            continue
        move(step, rows, user, facts=facts)
        if step in GIVING:
            awarding.give(decision, rows)
        elif step in TAKING:
            awarding.take_back(decision, rows, TAKING[step] or decision.because)
