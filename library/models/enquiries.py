from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal.web.visitors.messages import VisitorMessage


class Enquiry(VisitorMessage):
    """What a reader looked for and did not find: a question to the librarian, open until somebody has answered it."""

    question = models.TextField(_("question"), max_length=2000)
    reply_to = models.EmailField(_("e-mail"), blank=True)
    answer = models.TextField(
        _("answer"),
        blank=True,
        help_text=_("What was found, or why nothing was. For the library itself: it is shown to no visitor."),
    )

    class Meta(VisitorMessage.Meta):
        abstract = False
        verbose_name = _("question to the library")
        verbose_name_plural = _("questions to the library")
        constraints = [
            models.CheckConstraint(condition=~models.Q(question=""), name="library_enquiry_asks_something"),
        ]

    def __str__(self):
        return Truncator(self.question).chars(80)

    @property
    def is_open(self) -> bool:
        return self.handled_at is None
