from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactMessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(handled_at__isnull=True)


class ContactMessage(models.Model):
    """What a visitor wrote. No address of the sender's machine is kept (vn_rules R2.35)."""

    name = models.CharField(_("name"), max_length=120)
    reply_to = models.CharField(_("e-mail or telephone"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("message"), max_length=5000)
    created_at = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)
    handled_at = models.DateTimeField(_("dealt with"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dealt with by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    note = models.TextField(_("note of the office"), blank=True, help_text=_("What was answered, by whom."))

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message from a visitor")
        verbose_name_plural = _("messages from visitors")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.subject
