from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recognition.enums import Indicator


class Target(models.Model):
    """The share that a plan wants to reach by the end of `year`. Without a place it is set for everywhere.

    A target holds for the place and all below it that have none of their own; those of merged units are never added up by
    a machine (recognition_design.md, "Surviving July 2025").
    """

    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
        help_text=_("It holds for the places below it too. Empty: everywhere."),
    )
    year = models.PositiveSmallIntegerField(_("by the end of the year"))
    indicator = models.CharField(_("indicator"), max_length=20, choices=Indicator.choices)
    percent = models.PositiveSmallIntegerField(_("percent"))
    legal_document = models.CharField(_("document that sets it"), max_length=200)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set"), auto_now=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "indicator"],
                name="recognition_target_one_for_a_place",
                violation_error_message=_("There is such a target already: change that one."),
            ),
            models.UniqueConstraint(
                fields=["year", "indicator"],
                condition=Q(place__isnull=True),
                name="recognition_target_one_for_everywhere",
                violation_error_message=_("There is such a target already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(
                    percent__range=(1, 100), year__range=(1996, 2100), indicator__in=Indicator.values
                ),
                name="recognition_target_can_be_reached",
            ),
            models.CheckConstraint(condition=~Q(legal_document=""), name="recognition_target_has_a_document"),
        ]

    def __str__(self):
        return f"{self.get_indicator_display()} {self.percent} % ({self.year})"
