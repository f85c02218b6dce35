"""Who may do what in the library; each answer gives its reason, which reaches the person."""

from django.utils.translation import gettext as _

from portal.accounts.permissions import Allowed, is_officer

from .enums import ProposalState
from .models import Proposal, Resource


def may_propose(user) -> Allowed:
    """Every officer may hand in material."""
    if not user.is_authenticated:
        return Allowed(False, _("Please sign in first."))
    if not is_officer(user):
        return Allowed(
            False, _("You hold no role today. Please ask the administrator of the portal to give you one.")
        )
    return Allowed(True)


def may_see_proposal(user, proposal: Proposal) -> Allowed:
    """Who handed it in, and who decides on it."""
    if proposal.proposed_by_id == user.pk or may_decide(user):
        return Allowed(True)
    return Allowed(False, _("Somebody else has handed this in."))


def may_change_draft(user, proposal: Proposal) -> Allowed:
    """Only the sender, and only until it is handed in."""
    if proposal.proposed_by_id != user.pk:
        return Allowed(False, _("Somebody else has handed this in."))
    if proposal.state != ProposalState.DRAFT:
        return Allowed(False, _("It is with the librarian already."))
    return may_propose(user)


def may_decide(user) -> Allowed:
    if user.has_perm("library.change_proposal") and user.has_perm("library.change_resource"):
        return Allowed(True)
    return Allowed(False, _("Only a librarian decides what is taken into the library."))


def may_self_test(user) -> Allowed:
    """Who cares for the catalogue."""
    if user.has_perm("library.change_resource"):
        return Allowed(True)
    return Allowed(False, _("Only a librarian runs the self-test."))


def may_look_ahead(user, resource: Resource) -> Allowed:
    """May the person open what no reader sees yet: the librarian, and who has handed it in."""
    if not user.is_authenticated:
        return Allowed(False, _("Please sign in first."))
    if user.has_perm("library.change_resource"):
        return Allowed(True)
    if resource.proposed and Proposal.objects.filter(resource=resource, proposed_by=user).exists():
        return Allowed(True)
    return Allowed(False, _("It is not in the library yet."))
