from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.text import format_date
from recognition.enums import ConsentPurpose

from .subject import refuse_identity_numbers


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_on__isnull=True)

    def of(self, *subjects):
        """Those of the subjects, and of what was entered twice and leads to them."""
        return self.filter(Q(subject__in=subjects) | Q(subject__merged_into__in=subjects))


class Consent(models.Model):
    """Somebody agreed to something for a subject, on paper that is kept; taken back as easily as given (Luật 91/2025/QH15)."""

    subject = models.ForeignKey("recognition.Subject", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(
        _("purpose"), max_length=11, choices=ConsentPurpose.choices, default=ConsentPurpose.PUBLICATION
    )
    given_by = models.CharField(
        _("given by"),
        max_length=150,
        validators=[refuse_identity_numbers],
        help_text=_("The name of the person who signed."),
    )
    given_on = models.DateField(_("given on"), help_text=_("Day/month/year, as on the paper."))
    of_age = models.BooleanField(
        _("The holder is 18 or older"),
        default=False,
        help_text=_("The name of a child is never published, not even with consent."),
    )
    document = models.CharField(
        _("paper"),
        max_length=150,
        validators=[refuse_identity_numbers],
        help_text=_(
            "What was signed and where it is kept, for example “Consent form, file 12 of the commune”."
        ),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("recognition", "consent")
        verbose_name_plural = pgettext_lazy("recognition", "consents")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="recognition_consent_one_in_force",
                violation_error_message=_("A consent is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values) & ~Q(given_by="") & ~Q(document=""),
                name="recognition_consent_can_be_proved",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="recognition_consent_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self):
        """As it stands as a basis on an award: the words of the office, whatever the language of the portal."""
        return f"Đồng ý của {self.given_by} ngày {format_date(self.given_on)}: {self.document}"
