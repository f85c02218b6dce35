"""The transactional outbox: what has changed in the database and not yet in every index."""

from django.db import models
from django.utils import timezone

from ..entry import make_key


class SearchIndex(models.Model):
    """An index that follows this database: one on each machine, and that of Elasticsearch, which machines share."""

    name = models.CharField(max_length=255, primary_key=True)
    complete = models.BooleanField(default=False)  # made once, and told of every change since
    seen = models.DateTimeField(default=timezone.now)  # when somebody last cared for it, to the hour

    def __str__(self):
        return self.name


class OutboxQuerySet(models.QuerySet):
    def due(self):
        """The rows to drain now: one whose entry could not be made waits for its next turn."""
        return self.filter(models.Q(due=None) | models.Q(due__lte=timezone.now()))

    def of(self, *names):
        """The rows that concern the indices `names`: their own, and those that nobody has handed out yet."""
        return self.filter(index__in=["", *names])


class OutboxRow(models.Model):
    """One changed thing. Rows are only ever added and removed, never shared between two changes: a row that
    the drainer has read may go although the same thing has just changed again, since that wrote its own row.

    Whoever changes something writes one row; a drainer hands it out, one to each index there is, so that each is
    brought up to date when it can be, whatever happens to the others.
    """

    prefix = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    index = models.CharField(max_length=255, default="")  # "": not handed out yet
    created = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(
        null=True, editable=False
    )  # None: at once, whatever the clocks of two machines say

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["index", "id"], name="search_outbox_by_index")]

    def __str__(self):
        """The key of its entry."""
        return make_key(self.prefix, self.object_id)
