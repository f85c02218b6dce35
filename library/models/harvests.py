"""The readings of a source: how far each came, what it brought, and what could not be read."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import HarvestState
from .labels import label_of
from .sources import LONGEST_SCOPE, Source


class HarvestQuerySet(models.QuerySet):
    def at_work(self):
        """Waiting or running: at most one a source."""
        return self.filter(state__in=HarvestState.at_work())

    def stale(self, now: datetime):
        """Said to run, but whoever did has given no sign of life."""
        return self.filter(state=HarvestState.RUNNING, lease_until__lt=now)


class Harvest(models.Model):
    """One reading of a source, from its beginning to its end, however often it was interrupted.

    `cursor` is where to go on, in the words of the reader; it is written in the transaction that writes the records
    of the page before it. `holder` works on it until `lease_until`, which every page puts off. `since`, `response_date`:
    the server's own clock, of the reading before and of the first page of this one. `scope` is that of the source when
    it was asked for.
    """

    source = models.ForeignKey(
        Source, verbose_name=_("collection"), on_delete=models.CASCADE, related_name="harvests"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=HarvestState.choices, default=HarvestState.WAITING
    )
    full = models.BooleanField(_("as a whole"), default=False)
    since = models.CharField(_("what changed since"), max_length=40, blank=True)
    response_date = models.CharField(max_length=40, blank=True, editable=False)
    scope = models.CharField(max_length=LONGEST_SCOPE, editable=False)
    cursor = models.JSONField(null=True, editable=False)
    offered = models.PositiveIntegerField(_("offered"), default=0)
    read = models.PositiveIntegerField(pgettext_lazy("harvest", "read"), default=0)
    failed = models.PositiveIntegerField(pgettext_lazy("harvest", "failed"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    deleted = models.PositiveIntegerField(pgettext_lazy("harvest", "deleted"), default=0)
    swept = models.PositiveIntegerField(_("not offered any more"), default=0)  # hidden at the end
    total = models.PositiveIntegerField(_("in all, as the collection says"), null=True)
    pages = models.PositiveIntegerField(_("requests"), default=0)
    seconds = models.FloatField(default=0, editable=False)  # spent on it, in all sittings
    notes = models.JSONField(default=list, editable=False)  # sentences, each once
    problem = models.TextField(_("reason"), blank=True)
    holder = models.CharField(max_length=40, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    cancel_asked = models.BooleanField(default=False, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    started_at = models.DateTimeField(_("begun"), null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)

    objects = HarvestQuerySet.as_manager()

    get_state_display = label_of(HarvestState, "state")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("harvest")
        verbose_name_plural = _("harvests")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HarvestState.values), name="library_harvest_state_known"
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state__in=HarvestState.at_work()),
                name="library_harvest_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(read=F("created") + F("updated") + F("unchanged") + F("deleted")),
                name="library_harvest_read_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(offered=F("read") + F("failed")), name="library_harvest_loses_nothing"
            ),
            models.CheckConstraint(
                condition=~Q(state=HarvestState.FAILED) | ~Q(problem=""),
                name="library_harvest_fails_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=HarvestState.RUNNING, lease_until__isnull=False) & ~Q(holder="")
                | ~Q(state=HarvestState.RUNNING) & Q(lease_until__isnull=True, holder=""),
                name="library_harvest_held_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HarvestState.at_work(), finished_at__isnull=True)
                | (~Q(state__in=HarvestState.at_work()) & Q(finished_at__isnull=False)),
                name="library_harvest_ended_or_at_work",
            ),
        ]

    def __str__(self):
        return f"{self.source}, {timezone.localtime(self.created_at):%d/%m/%Y %H:%M}"

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.offered / self.seconds if self.seconds else 0.0

    @property
    def is_at_work(self) -> bool:
        return self.state in HarvestState.at_work()


class HarvestFailure(models.Model):
    """A record that could not be taken, as the source sent it. `number`: its place among what the harvest was offered."""

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="failures")
    number = models.PositiveIntegerField(_("number"))
    identifier = models.TextField(_("identifier in the collection"), blank=True)
    reason = models.TextField(_("reason"))
    raw = models.BinaryField(blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("record that could not be read")
        verbose_name_plural = _("records that could not be read")
        constraints = [
            models.UniqueConstraint(fields=["harvest", "number"], name="library_harvest_failure_once"),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="library_harvest_failure_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.identifier or self.number}: {self.reason}"
