"""What was done to an assessment or to a subject of the books, in words, from the audit trail."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.models import Assessment, Subject

from .workflow import CLOCK, HOUSEHOLD
from .workflow.transitions import BY_NAME

DONE = {f"assessment.{name}": step.done for name, step in BY_NAME.items()} | {
    "evidence.added": pgettext_lazy("history", "evidence added"),
    "evidence.attached": pgettext_lazy("history", "photo or file of the evidence added"),
    "evidence.removed": pgettext_lazy("history", "evidence taken off"),
    "subject.entered": pgettext_lazy("history", "entered"),
    "subject.corrected": pgettext_lazy("history", "corrected"),
    "subject.closed": pgettext_lazy("history", "closed"),
    "subject.reopened": pgettext_lazy("history", "put back"),
    "subject.merged": pgettext_lazy("history", "merged"),
    "consent.recorded": pgettext_lazy("history", "consent to publish the name recorded"),
    "consent.withdrawn": pgettext_lazy("history", "consent to publish the name withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime.datetime
    what: str
    who: str
    role: str
    reason: str


def history(row: Assessment | Subject) -> list[Happened]:
    """The newest first."""
    events = AuditEvent.objects.filter(object=row.audit_name).order_by("-at", "-number")
    return [
        Happened(event.at, _what(event), event.actor_name, _role(event.role), event.data.get("reason", ""))
        for event in events
        if event.action in DONE
    ]


def _what(event: AuditEvent) -> str:
    said = DONE[event.action]
    if criterion := event.data.get("criterion"):
        return f"{said} ({criterion})"
    if name := event.data.get("before", {}).get("name"):
        return f"{said} ({_('before: %(name)s') % {'name': name}})"
    return str(said)


def _role(role: str) -> str:
    if role == HOUSEHOLD:
        return _("the subject itself")
    if role == CLOCK:
        return _("by itself, when its time was over")
    return str(Role(role).label) if role in Role.values else role
