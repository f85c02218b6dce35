"""Whose books they are: the commune of a place, and the communes whose books a person may open."""

from collections.abc import Iterable
from datetime import date as Date

from django.db.models import Q, QuerySet

from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place, PlaceVersion
from recognition.models.subject import READERS


def communes_read_by(user, day: Date) -> QuerySet[Place]:
    return communes_open_to(user, READERS, day)


def communes_open_to(user, roles: Iterable[Role], day: Date) -> QuerySet[Place]:
    """The communes of that day that one of these roles of the person reaches, whole or by one of their villages."""
    reached = places_reached(user, roles, day).values("pk")
    above = PlaceVersion.objects.on(day).filter(place__in=reached).values("parent")
    communes = Place.objects.of_kinds(COMMUNE_KINDS, day)
    return communes.filter(Q(pk__in=reached) | Q(pk__in=above)).with_versions()


def commune_of(place: Place, day: Date) -> Place:
    """The place itself when it was a commune on that day, else the one it belonged to."""
    version = place.at(day)
    return place if version is None or version.is_commune else version.parent


def villages_of(commune: Place, day: Date) -> QuerySet[Place]:
    return Place.objects.within(commune, day).with_versions()
