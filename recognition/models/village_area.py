from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.places.constraints import OneAtATime
from portal.places.models.version import valid_on
from recognition.enums import Area


class VillageAreaQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(valid_on(day))


class VillageArea(models.Model):
    """Which threshold holds for a village, from a day on, by whose decision. Communes merged in 2025 mix classes, so the
    class is the village's; a commune has one only for titles that it earns itself.
    """

    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="areas", verbose_name=_("village")
    )
    area = models.CharField(_("area"), max_length=13, choices=Area.choices)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    decided_by = models.CharField(_("decided by"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = VillageAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area of a village")
        verbose_name_plural = _("areas of villages")
        ordering = ["place", "valid_from"]
        constraints = [
            OneAtATime(owner="place", name="recognition_area_one_at_a_time"),
            models.CheckConstraint(
                name="recognition_area_period",
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
            models.CheckConstraint(name="recognition_area_kind", condition=Q(area__in=Area.values)),
            models.CheckConstraint(
                name="recognition_area_has_a_basis", condition=~Q(legal_basis="") & ~Q(decided_by="")
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.get_area_display()}"

    def holds_on(self, day):
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
