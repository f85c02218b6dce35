"""What waits for a librarian, for the panel "Việc cần làm" of the admin."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from portal.cms.dashboard import TodoItem

from ..domain import link_checking, validity
from ..enums import LinkState, ProposalState
from ..models import Duplicate, Proposal
from ..permissions import may_decide


def proposals_to_decide(request) -> Iterator[TodoItem]:
    if not may_decide(request.user):
        return
    number = Proposal.objects.filter(state=ProposalState.WAITING).count()
    if number:
        label = ngettext("proposal of an officer waits for you", "proposals of officers wait for you", number)
        yield TodoItem(label, reverse("library_proposals:index"), number)


def links_to_mend(request) -> Iterator[TodoItem]:
    if not request.user.has_perm("library.change_linkcheck"):
        return
    number = link_checking.told().filter(state__in=LinkState.for_a_librarian()).count()
    if number:
        label = ngettext("link of the library needs a look", "links of the library need a look", number)
        yield TodoItem(label, reverse("library_links:index"), number)


def outdated_material(request) -> Iterator[TodoItem]:
    if not request.user.has_perm("library.change_resource"):
        return
    number = validity.outdated(timezone.localdate()).count()
    if number:
        label = ngettext("resource is out of date", "resources are out of date", number)
        yield TodoItem(label, f"{reverse('library_resources:index')}?validity=outdated", number)


def duplicates_to_decide(request) -> Iterator[TodoItem]:
    if not request.user.has_perm("library.change_resource"):
        return
    number = Duplicate.objects.waiting().count()
    if number:
        label = ngettext("pair of resources may be one", "pairs of resources may be one", number)
        yield TodoItem(label, reverse("library_duplicates:index"), number)


SUPPLIERS = (proposals_to_decide, links_to_mend, outdated_material, duplicates_to_decide)
