"""Taking in what visitors write, and ticking it off."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.models.contact import ContactMessage

from .rate_limit import RateLimit

MESSAGES = RateLimit("contact", limit=5, seconds=3600)
FIELDS = ("name", "reply_to", "subject", "body")


class Refused(Exception):
    """The message was not taken; the text says why, to the visitor."""


def receive(data: Mapping[str, str], address: str) -> ContactMessage | None:
    """Store the message of a visitor at the network `address`, which is not kept.

    None when the trap `website` was filled in: a program is told nothing. Raises Refused past five an hour.
    """
    if data.get("website"):
        return None
    if not MESSAGES.allows(address):
        raise Refused(_("Many messages came from your connection in the last hour. Please try again later."))
    return ContactMessage.objects.create(**{name: data[name] for name in FIELDS})


@transaction.atomic
def mark_handled(message: ContactMessage, user) -> None:
    """`user` has dealt with the message. Who did it first stays."""
    row = ContactMessage.objects.select_for_update().get(pk=message.pk)
    if row.handled_at is None:
        row.handled_at, row.handled_by = timezone.now(), user
        row.save(update_fields=["handled_at", "handled_by"])
