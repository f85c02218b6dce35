from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recognition.enums import FeedbackState

from .reached import OfCommuneQuerySet


class PublicNotice(models.Model):
    """The list that hangs out for people to speak up before the decision. Both days included.

    `snapshot`: [{"assessment", "shown", "village", "result"}], as it was hung out: `shown` is the name where a consent
    allows it, else what may be shown without.
    """

    round = models.ForeignKey("recognition.Round", on_delete=models.PROTECT, related_name="notices")
    commune = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField(_("hung out from"))
    closes_on = models.DateField(_("until"))
    snapshot = models.JSONField(default=list, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    objects = OfCommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")), name="recognition_notice_days_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.commune} · {self.opens_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("recognition:public_notice", args=[self.pk])


class NoticeFeedback(models.Model):
    """What somebody said to a notice, without an account; a way to reach them only if they gave one."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.CASCADE, related_name="feedback")
    assessment = models.ForeignKey(
        "recognition.Assessment", on_delete=models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    text = models.TextField(_("what you want to say"), max_length=2000)
    contact = models.CharField(
        _("how we reach you"), max_length=150, blank=True, help_text=_("Only if you want an answer.")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=8, choices=FeedbackState.choices, default=FeedbackState.OPEN
    )
    reply = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = pgettext_lazy("notice", "opinion on a notice")
        verbose_name_plural = pgettext_lazy("notice", "opinions on notices")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", reply="") | (Q(state="answered") & ~Q(reply="")),
                name="recognition_feedback_answered_with_words",
            ),
        ]

    def __str__(self):
        return self.text[:60]
