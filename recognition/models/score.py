from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recognition.enums import Stage


class Score(models.Model):
    """What one stage says to one criterion: points, or an answer of another kind, or why it does not apply.

    `answer` has the shape in which `manage.py verdict` takes it. `max_points` repeats those of the criterion; the database
    refuses others (migration 0002), so that no sum can be pushed up behind the criteria set.
    """

    assessment = models.ForeignKey("recognition.Assessment", on_delete=models.CASCADE, related_name="scores")
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices)
    criterion = models.ForeignKey("recognition.Criterion", on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1, null=True, blank=True)
    max_points = models.PositiveSmallIntegerField(null=True, editable=False)
    answer = models.JSONField(null=True, blank=True)
    na_reason = models.CharField(_("does not apply because"), max_length=300, blank=True)
    note = models.CharField(_("reason for the difference"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "stage", "criterion"], name="recognition_score_one_a_criterion"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="recognition_score_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True)
                | Q(max_points__isnull=False, points__gte=0, points__lte=F("max_points")),
                name="recognition_score_points_up_to_the_most",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=False, answer__isnull=True, na_reason="")
                | Q(points__isnull=True, answer__isnull=False, na_reason="")
                | (Q(points__isnull=True, answer__isnull=True) & ~Q(na_reason="")),
                name="recognition_score_says_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.said}"

    @property
    def said(self):
        """The answer as `read_sheet` takes it."""
        if self.na_reason:
            return {"na": self.na_reason}
        return {"points": self.points} if self.points is not None else self.answer
