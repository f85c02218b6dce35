"""Keeping the books: entering, correcting, closing, merging. Each is one transaction with its line in the audit trail."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.enums import SubjectState
from recognition.models import Subject

from .communes import commune_of


class NotInTheBooks(Exception):
    """Somebody has closed or merged it meanwhile, or the two are of different kinds or communes."""


@transaction.atomic
def enter(subject: Subject, user) -> Subject:
    """Save a new subject, or one that a form has corrected; what was corrected is told by its old values. Raises
    ValidationError."""
    before = (
        Subject.objects.filter(pk=subject.pk)
        .values("name", "distinction", "place_id", "member_of_id")
        .first()
    )
    subject.full_clean()
    subject.save()
    if before is None:
        note(subject, user, "subject.entered")
    elif changed := {name: old for name, old in before.items() if getattr(subject, name) != old}:
        note(subject, user, "subject.corrected", {"before": changed})
    return subject


@transaction.atomic
def close(subject: Subject, reason: str, user) -> None:
    """It moved away or ceased to be. Raises NotInTheBooks."""
    row = _live(subject)
    row.state, row.closed_reason = SubjectState.CLOSED, reason
    row.save(update_fields=["state", "closed_reason"])
    note(row, user, "subject.closed", {"reason": reason})


@transaction.atomic
def reopen(subject: Subject, user) -> None:
    """It was closed by mistake. Raises NotInTheBooks when it is not closed, ValidationError when its name is taken."""
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    if row.state != SubjectState.CLOSED:
        raise NotInTheBooks
    row.state, row.closed_reason = SubjectState.LIVE, ""
    row.validate_constraints()
    row.save(update_fields=["state", "closed_reason"])
    note(row, user, "subject.reopened")


@transaction.atomic
def merge(other: Subject, kept: Subject, user) -> None:
    """`other` is the same as `kept` and was entered twice: it leads there from now on. Raises NotInTheBooks."""
    first, second = sorted([other.pk, kept.pk])  # everybody locks in one order
    rows = {row.pk: row for row in Subject.objects.select_for_update().filter(pk__in=[first, second])}
    day = timezone.localdate()
    other, kept = rows[other.pk], rows[kept.pk]
    same_commune = commune_of(other.place, day) == commune_of(kept.place, day)
    alive = other.state == kept.state == SubjectState.LIVE
    if first == second or other.kind != kept.kind or not (same_commune and alive):
        raise NotInTheBooks
    other.merged.update(merged_into=kept)
    other.members.update(member_of=kept)
    other.state, other.merged_into = SubjectState.MERGED, kept
    other.save(update_fields=["state", "merged_into"])
    note(other, user, "subject.merged", {"into": kept.pk})


@transaction.atomic
def note_sheet(commune: Place, user, counts: Mapping[str, int], name: str) -> None:
    """A whole sheet was entered."""
    deed = Deed("books.entered", f"places.place:{commune.pk}", {**counts, "file": name})
    audit.record(commune, timezone.localdate().year, [deed], Actor(user, Role.OFFICER))


def _live(subject: Subject) -> Subject:
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    if row.state != SubjectState.LIVE:
        raise NotInTheBooks
    return row


def note(subject: Subject, user, action: str, data: Mapping | None = None) -> None:
    """Add what was done to it to the audit trail of its commune, inside the transaction in which it is done."""
    day = timezone.localdate()
    deed = Deed(action, subject.audit_name, data or {})
    commune = commune_of(subject.place, day)
    audit.record(commune, day.year, [deed], Actor(user, Role.OFFICER), sample=subject.is_sample)
