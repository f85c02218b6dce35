"""Who may act: predicates that say why not, in a sentence the person can act upon."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from portal.places.models import Place


class Allowed(NamedTuple):
    """The answer of a predicate; true or false as a whole. `reason` is empty when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self):
        return self.allowed


def can_act(user, role, place=None, date=None):
    """May `user` act in `role` on `date` (today) - for `place`, or anywhere when None? -> Allowed.

    A grant reaches its place and every place below it on that day; a grant without a place reaches all.
    A superuser holds the role of administrator and no other: the books of a place are not theirs by technical right.
    """
    if not user.is_authenticated:
        return Allowed(False, _("Please sign in first."))
    if not user.is_active:
        return Allowed(False, _("This account is locked."))
    if role == Role.ADMINISTRATOR and user.is_superuser:
        return Allowed(True)
    date = date or timezone.localdate()
    grants = list(user.grants.active(date).filter(role=role))
    label = Role(role).label
    if not grants:
        return Allowed(
            False, _("This needs the role «%(role)s», which you do not hold today.") % {"role": label}
        )
    if place is None or any(grant.place_id in (None, place.pk) for grant in grants):
        return Allowed(True)
    above = set(Place.objects.above(place, date).values_list("pk", flat=True))
    if any(grant.place_id in above for grant in grants):
        return Allowed(True)
    reason = _("Your role «%(role)s» does not reach %(place)s.")
    return Allowed(False, reason % {"role": label, "place": place.label_on(date)})


def is_officer(user):
    """Does the person hold any role today? Superusers count."""
    return user.is_authenticated and user.is_active and (user.is_superuser or user.grants.active().exists())


def may_delete_grant(grant):
    """-> Allowed. Who could do what, and when, stays readable; a mistake of today, or of days to come, may go."""
    if not grant.has_begun:
        return Allowed(True)
    reason = _("This role has been held since %(day)s, and that stays on record. Give it a last day instead.")
    return Allowed(False, reason % {"day": date_format(grant.valid_from, "SHORT_DATE_FORMAT")})


def may_delete_person(person):
    """-> Allowed. With the person their grants would go."""
    if any(grant.has_begun for grant in person.grants.all()):
        return Allowed(
            False, _("This person has held a role, and that stays on record. Lock the account instead.")
        )
    return Allowed(True)
