"""Setting what a plan wants to reach."""

from django.db import transaction
from django.utils import timezone

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from recognition.models import Target


@transaction.atomic
def put(target: Target, user) -> None:
    """Save a new or corrected target, whose document says where it comes from. Raises ValidationError."""
    target.set_by = user
    target.full_clean()
    target.save()
    _record(target, user, "target.set")


@transaction.atomic
def withdraw(target: Target, user) -> None:
    """It was set by mistake."""
    _record(target, user, "target.withdrawn")
    target.delete()


def _record(target: Target, user, action: str) -> None:
    """Into the trail of the place; one for everywhere has no trail to stand in, its row says who set it."""
    if target.place is not None:
        facts = {
            name: str(getattr(target, name)) for name in ("indicator", "year", "percent", "legal_document")
        }
        deed = Deed(action, f"recognition.target:{target.pk}", facts)
        audit.record(target.place, timezone.localdate().year, [deed], Actor(user, Role.ORGANISER))
