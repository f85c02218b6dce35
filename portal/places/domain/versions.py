"""What can be done to a place: found it, change it. One action, one transaction."""

import datetime

from django.db import transaction

from portal.places.models import Place, PlaceVersion


@transaction.atomic
def found(*, name, kind, parent, since, code="", legal_basis=""):
    """A new place in force from the day `since`. -> Place"""
    place = Place.objects.create()
    PlaceVersion.objects.create(
        place=place, name=name, kind=kind, parent=parent, valid_from=since, code=code, legal_basis=legal_basis
    )
    place.refresh_from_db()
    return place


@transaction.atomic
def amend(place, since, **changes):
    """From `since` on the place has another name, kind, code or parent; until the day before it was as it was.

    `changes`: fields of PlaceVersion. A version that begins on `since` itself is corrected in place.
    Raises ValueError when the place is not in force on `since`. -> the PlaceVersion in force on `since`
    """
    version = place.at(since)
    if version is None:
        raise ValueError(f"{place} is not in force on {since}")
    if version.valid_from != since:
        ends = version.valid_to
        version.valid_to = since - datetime.timedelta(days=1)
        version.save()
        version.pk, version.valid_from, version.valid_to, version.legal_basis = None, since, ends, ""
        version._state.adding = True
    for field, value in changes.items():
        setattr(version, field, value)
    version.save()
    return version
