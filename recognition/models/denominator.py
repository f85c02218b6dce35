from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recognition.enums import DenominatorKind


class DenominatorQuerySet(models.QuerySet):
    def open(self):
        """Entered and not checked yet."""
        return self.filter(locked_at__isnull=True)

    def locked(self):
        """Checked, and not replaced by a later one."""
        return self.filter(locked_at__isnull=False, replaced_at__isnull=True)

    def standing(self):
        """All that figures may be made of: what is locked, and what is only entered."""
        return self.filter(replaced_at__isnull=True)


class Denominator(models.Model):
    """How many households (clans, communities, units, people) a commune or village has in a year, and which paper says so.

    An officer enters it, somebody of the next level checks it, and with that it is locked. A later change is a row of its
    own with a reason; it takes the place of the old one when it is checked in turn, and the old one stays.
    """

    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("what is counted"), max_length=12, choices=DenominatorKind.choices)
    value = models.PositiveIntegerField(_("number"))
    as_of = models.DateField(_("as of"))
    source_document = models.CharField(_("source document"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="superseded_by", editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    locked_at = models.DateTimeField(pgettext_lazy("denominator", "locked"), null=True, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, editable=False)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    objects = DenominatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("denominator")
        verbose_name_plural = _("denominators")
        ordering = ["-year", "place", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "kind"],
                condition=Q(locked_at__isnull=False, replaced_at__isnull=True),
                name="recognition_denominator_one_locked",
            ),
            models.UniqueConstraint(
                fields=["place", "year", "kind"],
                condition=Q(locked_at__isnull=True),
                name="recognition_denominator_one_open",
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0, year__range=(1996, 2100), kind__in=DenominatorKind.values),
                name="recognition_denominator_counts_something",
            ),
            models.CheckConstraint(
                condition=~Q(source_document=""), name="recognition_denominator_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, checked_by__isnull=True)
                | Q(locked_at__isnull=False, checked_by__isnull=False),
                name="recognition_denominator_locked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                name="recognition_denominator_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason="") & ~Q(supersedes=F("id")),
                name="recognition_denominator_changed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(locked_at__isnull=False),
                name="recognition_denominator_replaced_once_locked",
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.year}: {self.value} ({self.get_kind_display()})"

    @property
    def is_locked(self):
        return self.locked_at is not None

    @property
    def indicator(self):
        return DenominatorKind(self.kind).indicator
