from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recognition.enums import AppealState, AssessmentState


class Appeal(models.Model):
    """A complaint about a decision, put in for the subject; the association decides it, the committee acts on it."""

    assessment = models.ForeignKey("recognition.Assessment", on_delete=models.PROTECT, related_name="appeals")
    against = models.CharField(
        _("against"),
        max_length=11,
        choices=[
            (state.value, state.label) for state in (AssessmentState.REFUSED, AssessmentState.RECOGNISED)
        ],
    )
    ground = models.TextField(_("ground"))
    filed_on = models.DateField(_("filed on"))
    state = models.CharField(
        _("state"), max_length=8, choices=AppealState.choices, default=AppealState.OPEN, editable=False
    )
    outcome = models.TextField(_("outcome and its reasons"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-filed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(state="open"), name="recognition_appeal_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="recognition_appeal_has_a_ground"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=["upheld", "rejected"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(outcome="")
                ),
                name="recognition_appeal_decided_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.assessment_id}: {self.get_state_display()}"
