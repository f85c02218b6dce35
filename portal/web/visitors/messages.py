"""What a visitor writes to us, and ticking it off: what the contact page and "ask the library" share."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rate_limit import RateLimit


class Refused(Exception):
    """The message was not taken; the text says why, to the visitor."""


class VisitorMessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(handled_at__isnull=True)


class VisitorMessage(models.Model):
    """No address of the sender's machine is kept (vn_rules R2.35)."""

    created_at = models.DateTimeField(gettext_lazy("received"), auto_now_add=True, db_index=True)
    handled_at = models.DateTimeField(gettext_lazy("dealt with"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("dealt with by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = VisitorMessageQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]


def is_from_a_person(data: Mapping[str, str], limit: RateLimit, address: str) -> bool:
    """Whether to take what was sent from the network `address`, which is not kept.

    False when the trap `website` (see `forms.VisitorForm`) was filled in: a program is told nothing. Raises Refused
    for one message too many.
    """
    if data.get("website"):
        return False
    if not limit.allows(address):
        raise Refused(_("Many messages came from your connection in the last hour. Please try again later."))
    return True


@transaction.atomic
def mark_handled(message: VisitorMessage, user) -> None:
    """`user` has dealt with the message. Who did it first stays."""
    row = type(message).objects.select_for_update().get(pk=message.pk)
    if row.handled_at is None:
        row.handled_at, row.handled_by = timezone.now(), user
        row.save(update_fields=["handled_at", "handled_by"])
