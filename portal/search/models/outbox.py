"""The transactional outbox: what has changed in the database and not yet in the index."""

from django.db import models
from django.utils import timezone

from ..entry import make_key


class OutboxQuerySet(models.QuerySet):
    def due(self):
        """The rows to drain now: one whose entry could not be made waits for its next turn."""
        return self.filter(models.Q(due=None) | models.Q(due__lte=timezone.now()))


class OutboxRow(models.Model):
    """One changed thing. Rows are only ever added and removed, never shared between two changes: a row that
    the drainer has read may go although the same thing has just changed again, since that wrote its own row."""

    prefix = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    created = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(
        null=True, editable=False
    )  # None: at once, whatever the clocks of two machines say

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        """The key of its entry."""
        return make_key(self.prefix, self.object_id)
