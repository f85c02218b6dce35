"""Taking a resource out of the library without ever giving its number to another."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ..models import Resource


@transaction.atomic
def withdraw(resource: Resource, reason: str, on: date | None = None) -> None:
    """From `on` (today) its address answers "gone" with `reason`, a sentence for readers; it leaves all lists.
    Raises ValueError for an empty reason."""
    if not reason.strip():
        raise ValueError("A withdrawal needs a reason that readers can be told.")
    resource.withdrawn_on = on or timezone.localdate()
    resource.withdrawn_reason = reason.strip()
    resource.save(update_fields=["withdrawn_on", "withdrawn_reason", "updated_at"])


@transaction.atomic
def restore(resource: Resource) -> None:
    """Undo a withdrawal: the resource is back at its address and in all lists."""
    resource.withdrawn_on = None
    resource.withdrawn_reason = ""
    resource.save(update_fields=["withdrawn_on", "withdrawn_reason", "updated_at"])
