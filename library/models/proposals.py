from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ProposalState
from .labels import label_of
from .renditions import private_storage
from .resources import WEB_ADDRESS, Resource
from .text import NormalisedText


class Proposal(NormalisedText):
    """Material that an officer hands in: first a link or a file, then its description, then the librarian's answer.

    While it waits its resource exists, but is `proposed`: no reader sees it. A declined one stays so.
    """

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT
    )
    url = models.URLField(_("address"), max_length=1000, blank=True, validators=[WEB_ADDRESS])
    file = models.FileField(
        _("file"), storage=private_storage, upload_to="proposals/%Y", max_length=300, blank=True
    )
    found = models.JSONField(default=dict, editable=False)  # what the material says of itself
    note = models.TextField(_("note for the librarian"), blank=True, max_length=1000)
    resource = models.OneToOneField(
        Resource, on_delete=models.PROTECT, null=True, editable=False, related_name="proposal"
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("handed in"), auto_now_add=True)

    get_state_display = label_of(ProposalState, "state")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ProposalState.DRAFT) | models.Q(resource__isnull=False),
                name="library_proposal_handed_in_has_a_resource",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ProposalState.DECLINED) | ~models.Q(answer=""),
                name="library_proposal_declined_with_an_answer",
            ),
        ]

    def __str__(self):
        return str(self.resource) if self.resource else self.url or self.file.name
