from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.web.visitors.messages import VisitorMessage


class ContactMessage(VisitorMessage):
    """What a visitor wrote to the office."""

    name = models.CharField(_("name"), max_length=120)
    reply_to = models.CharField(_("e-mail or telephone"), max_length=120, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("message"), max_length=5000)
    note = models.TextField(_("note of the office"), blank=True, help_text=_("What was answered, by whom."))

    class Meta(VisitorMessage.Meta):
        abstract = False
        verbose_name = _("message from a visitor")
        verbose_name_plural = _("messages from visitors")

    def __str__(self):
        return self.subject
