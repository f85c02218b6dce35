"""Which places the roles of a person reach."""

from collections.abc import Iterable
from datetime import date as Date

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.enums import Role
from portal.places.models import Place, PlaceChange


def places_reached(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """The places of the grants that `user` holds on `date` (today) in any of these roles, and all below them on that day.

    A grant without a place reaches every place, also those that have ceased to be; without a grant there are none.
    A superuser is an administrator everywhere, as in `can_act`.
    """
    if not (user.is_authenticated and user.is_active):
        return Place.objects.none()
    if user.is_superuser and Role.ADMINISTRATOR in (roles := list(roles)):
        return Place.objects.all()
    date = date or timezone.localdate()
    grants = list(user.grants.active(date).filter(role__in=list(roles)).select_related("place"))
    if any(grant.place_id is None for grant in grants):
        return Place.objects.all()
    reached = Q(pk__in=[grant.place_id for grant in grants])
    for place in {grant.place for grant in grants}:
        reached |= Q(pk__in=Place.objects.within(place, date).values("pk"))
    return Place.objects.filter(reached)


def archive_reached(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """The places reached, and the former ones that went into them whole: who keeps the books of a merged commune reads
    those of the communes that it was made of."""
    places = places_reached(user, roles, date)
    held = set(places.order_by().values_list("pk", flat=True))
    merged = {change.source_id for change in PlaceChange.objects.back_from(held) if change.share == 1}
    return Place.objects.filter(pk__in=held | merged) if merged - held else places


def reached_to_act(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """As `archive_reached`, without what is reached by a role over a place that has ceased to be: who held it goes on
    reading there, and whoever holds the role over its heir acts."""
    roles, date = list(roles), date or timezone.localdate()
    if user.is_authenticated and user.grants.active(date).filter(role__in=roles, place=None).exists():
        return places_reached(user, roles, date)
    held = set(places_reached(user, roles, date).on(date).order_by().values_list("pk", flat=True))
    merged = {change.source_id for change in PlaceChange.objects.back_from(held) if change.share == 1}
    return Place.objects.filter(pk__in=held | merged)
