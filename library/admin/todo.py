"""What waits for a librarian, for the panel "Việc cần làm" of the admin."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.cms.dashboard import TodoItem

from ..domain import link_checking, validity
from ..domain.harvesting import reviewing
from ..enums import HarvestState, LinkState, ProposalState
from ..models import Duplicate, Harvest, Proposal, Source
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


def records_to_review(request) -> Iterator[TodoItem]:
    if not request.user.has_perm("library.change_resource"):
        return
    number = reviewing.waiting().count()
    if number:
        label = ngettext("new record of a collection waits", "new records of collections wait", number)
        yield TodoItem(label, reverse("library_review:index"), number)


def collections_that_fail(request) -> Iterator[TodoItem]:
    """Whose last reading broke off; the first good one takes them off the list."""
    if not request.user.has_perms(["library.change_resource", "library.change_source"]):
        return
    last = Harvest.objects.filter(source=OuterRef("pk")).order_by("-pk").values("state")[:1]
    broken = Source.objects.filter(active=True).annotate(last=Subquery(last)).filter(last=HarvestState.FAILED)
    for source in broken:
        label = _("The reading of “%(name)s” broke off") % {"name": source.name}
        yield TodoItem(label, reverse("library_sources:edit", args=[source.pk]))


SUPPLIERS = (
    proposals_to_decide,
    records_to_review,
    collections_that_fail,
    links_to_mend,
    outdated_material,
    duplicates_to_decide,
)
