"""Which places the roles of a person reach."""

from collections.abc import Iterable
from datetime import date as Date

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.enums import Role
from portal.places.models import Place, PlaceChange

EVERYWHERE = None  # what a grant without a place reaches, as a set of numbers


def places_reached(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """The places of the grants that `user` holds on `date` (today) in any of these roles, and all below them on that day.

    A grant without a place reaches every place, also those that have ceased to be; without a grant there are none.
    A superuser is an administrator everywhere, as in `can_act`.
    """
    date = date or timezone.localdate()
    granted = _granted(user, roles, date)
    return Place.objects.all() if granted is EVERYWHERE else _below(granted, date)


def archive_reached(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """The places reached, and the former ones that went into them whole: who keeps the books of a merged commune reads
    those of the communes that it was made of."""
    return _places(archive_pks(user, roles, date))


def archive_pks(user, roles: Iterable[Role], date: Date | None = None) -> set[int] | None:
    """The same as numbers, or EVERYWHERE: with these at hand a query over a large table finds its indexes."""
    date = date or timezone.localdate()
    granted = _granted(user, roles, date)
    if granted is EVERYWHERE:
        return EVERYWHERE
    return _with_merged(Place.objects.numbers_from([place.pk for place in granted], date))


def reached_to_act(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """As `archive_reached`, without what is reached by a role over a place that has ceased to be: who held it goes on
    reading there, and whoever holds the role over its heir acts."""
    return _places(acting_pks(user, roles, date))


def acting_pks(user, roles: Iterable[Role], date: Date | None = None) -> set[int] | None:
    """The same as numbers, or EVERYWHERE."""
    date = date or timezone.localdate()
    granted = _granted(user, roles, date)
    if granted is EVERYWHERE:
        return EVERYWHERE
    in_force = Place.objects.filter(pk__in=[place.pk for place in granted]).on(date).order_by()
    return _with_merged(Place.objects.numbers_from(in_force.values_list("pk", flat=True), date))


def _granted(user, roles: Iterable[Role], date: Date) -> list[Place] | None:
    """The places of the grants, or EVERYWHERE."""
    roles = list(roles)
    if not (user.is_authenticated and user.is_active):
        return []
    if user.is_superuser and Role.ADMINISTRATOR in roles:
        return EVERYWHERE
    grants = list(user.grants.active(date).filter(role__in=roles).select_related("place"))
    if any(grant.place_id is None for grant in grants):
        return EVERYWHERE
    return list({grant.place_id: grant.place for grant in grants}.values())


def _below(granted: list[Place], date: Date) -> QuerySet[Place]:
    """They themselves and all below them on that day."""
    reached = Q(pk__in=[place.pk for place in granted])
    for place in granted:
        reached |= Q(pk__in=Place.objects.within(place, date).values("pk"))
    return Place.objects.filter(reached)


def _with_merged(held: set[int]) -> set[int]:
    return held | {change.source_id for change in PlaceChange.objects.back_from(held) if change.share == 1}


def _places(pks: set[int] | None) -> QuerySet[Place]:
    return Place.objects.all() if pks is EVERYWHERE else Place.objects.filter(pk__among=pks)
