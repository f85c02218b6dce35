"""What was done to an assessment, in words, from the audit trail."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from portal.accounts.enums import Role
from portal.accounts.models import AuditEvent
from recognition.models import Assessment

from .workflow import CLOCK, HOUSEHOLD
from .workflow.transitions import BY_NAME

DONE = {f"assessment.{name}": step.done for name, step in BY_NAME.items()} | {
    "evidence.added": pgettext_lazy("history", "evidence added"),
    "evidence.attached": pgettext_lazy("history", "photo or file of the evidence added"),
    "evidence.removed": pgettext_lazy("history", "evidence taken off"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime.datetime
    what: str
    who: str
    role: str
    reason: str


def history(assessment: Assessment) -> list[Happened]:
    """The newest first."""
    events = AuditEvent.objects.filter(object=assessment.audit_name).order_by("-at", "-number")
    return [
        Happened(event.at, _what(event), event.actor_name, _role(event.role), event.data.get("reason", ""))
        for event in events
        if event.action in DONE
    ]


def _what(event: AuditEvent) -> str:
    criterion = event.data.get("criterion")
    return f"{DONE[event.action]} ({criterion})" if criterion else str(DONE[event.action])


def _role(role: str) -> str:
    if role == HOUSEHOLD:
        return _("the subject itself")
    if role == CLOCK:
        return _("by itself, when its time was over")
    return str(Role(role).label) if role in Role.values else role
