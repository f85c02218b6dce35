"""What the officers' corner shows of handing in material."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.desk import DeskEntry, Section

from .enums import ProposalState
from .models import Proposal
from .permissions import may_propose


def proposal_entries(request) -> Iterator[DeskEntry]:
    if not may_propose(request.user):
        return
    text = _("A link, a photo or a file: three minutes, also on a phone.")
    yield DeskEntry(Section.WORK, _("Send material to the library"), reverse("library:propose"), text)
    drafts = Proposal.objects.filter(proposed_by=request.user, state=ProposalState.DRAFT).count()
    if drafts:
        title = _("Material that you have not sent off yet")
        yield DeskEntry(Section.WAITING, title, reverse("library:propose") + "#own", count=drafts)
