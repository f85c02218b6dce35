from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import get_text_for_indexing


class AlertBanner(models.Model):
    """An urgent notice, or the notice of planned maintenance: 7 working days ahead (NĐ 224/2026, Điều 13)."""

    text = RichTextField(
        _("text"), features=["bold", "link"], help_text=_("One or two sentences: what happens, what to do.")
    )
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("Empty: until you take it down.")
    )

    panels = [FieldPanel("text"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])]

    class Meta:
        verbose_name = _("urgent notice")
        verbose_name_plural = _("urgent notices")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="cms_alert_period", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self):
        return Truncator(get_text_for_indexing(self.text)).chars(80)

    def clean(self):
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})

    def is_shown_at(self, moment):
        """Does it stand at the top of every page at `moment`?"""
        return self.starts_at <= moment and (self.ends_at is None or self.ends_at > moment)
