from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.enums import ChangeKind


class PlaceChangeQuerySet(models.QuerySet):
    def onward_from(self, place_ids, since=None, until=None):
        """All changes that can be reached from these places, in order of date; a query a generation."""
        return self._reach(place_ids, "source_id", "target_id", since, until)

    def back_from(self, place_ids, since=None, until=None):
        """All changes that led to these places, latest first."""
        return self._reach(place_ids, "target_id", "source_id", since, until)[::-1]

    def _reach(self, place_ids, near, far, since, until):
        period = Q()
        if since is not None:
            period &= Q(date__gt=since)
        if until is not None:
            period &= Q(date__lte=until)
        found, seen, frontier = {}, set(), set(place_ids)
        while frontier:
            seen |= frontier
            changes = list(self.filter(period, **{f"{near}__in": frontier}))
            found.update((change.pk, change) for change in changes)
            frontier = {getattr(change, far) for change in changes} - seen
        return sorted(found.values(), key=lambda change: (change.date, change.pk))


class PlaceChange(models.Model):
    """On `date`, the part `share` of `source` became (a part of) `target`.

    `share` is a fraction of what is counted (households, people) in (0, 1]; 1 says the whole unit.
    """

    source = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="changes_from", verbose_name=_("from")
    )
    target = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="changes_to", verbose_name=_("into")
    )
    kind = models.CharField(_("what happened"), max_length=8, choices=ChangeKind.choices)
    date = models.DateField(_("in force on"), help_text=_("The first day of the new order."))
    share = models.DecimalField(_("share"), max_digits=7, decimal_places=6, default=1)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PlaceChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a place")
        verbose_name_plural = _("changes of places")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "date"], name="places_change_once"),
            models.CheckConstraint(name="places_change_share", condition=Q(share__gt=0, share__lte=1)),
            models.CheckConstraint(name="places_change_two_places", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="places_change_kind", condition=Q(kind__in=[kind.value for kind in ChangeKind])
            ),
        ]

    def __str__(self):
        return f"{self.source} → {self.target} ({self.date:%d/%m/%Y})"
