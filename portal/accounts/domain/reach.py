"""Which places the roles of a person reach."""

from collections.abc import Iterable
from datetime import date as Date

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.enums import Role
from portal.accounts.models import Grant
from portal.places.models import Place, PlaceChange


def places_reached(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """The places of the grants that `user` holds on `date` (today) in any of these roles, and all below them on that day.

    A grant without a place reaches every place, also those that have ceased to be; without a grant there are none.
    A superuser is an administrator everywhere, as in `can_act`.
    """
    if not (user.is_authenticated and user.is_active):
        return Place.objects.none()
    roles, date = list(roles), date or timezone.localdate()
    if _reaches_everywhere(user, roles, date):
        return Place.objects.all()
    granted = list(Place.objects.filter(grants__in=_grants(user, roles, date)).distinct())
    reached = Q(pk__in=[place.pk for place in granted])
    for place in granted:
        reached |= Q(pk__in=Place.objects.within(place, date).values("pk"))
    return Place.objects.filter(reached)


def _grants(user, roles: list[Role], date: Date) -> QuerySet[Grant]:
    return user.grants.active(date).filter(role__in=roles)


def _reaches_everywhere(user, roles: list[Role], date: Date) -> bool:
    if user.is_superuser and Role.ADMINISTRATOR in roles:
        return True
    return _grants(user, roles, date).filter(place=None).exists()


def archive_reached(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """The places reached, and the former ones that went into them whole: who keeps the books of a merged commune reads
    those of the communes that it was made of."""
    roles, date = list(roles), date or timezone.localdate()
    places = places_reached(user, roles, date)
    if user.is_authenticated and _reaches_everywhere(user, roles, date):
        return places
    return _with_merged(places)


def reached_to_act(user, roles: Iterable[Role], date: Date | None = None) -> QuerySet[Place]:
    """As `archive_reached`, without what is reached by a role over a place that has ceased to be: who held it goes on
    reading there, and whoever holds the role over its heir acts."""
    roles, date = list(roles), date or timezone.localdate()
    places = places_reached(user, roles, date)
    if user.is_authenticated and _reaches_everywhere(user, roles, date):
        return places
    return _with_merged(places.on(date))


def _with_merged(places: QuerySet[Place]) -> QuerySet[Place]:
    """By their ids: nested once more in the queries of others, the steps down the tree are too deep for SQLite's parser."""
    held = set(places.order_by().values_list("pk", flat=True))
    merged = {change.source_id for change in PlaceChange.objects.back_from(held) if change.share == 1}
    return Place.objects.filter(pk__in=held | merged)
