"""Codes of communes, as sets of records are called by them."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from portal.places.enums import COMMUNE_KINDS, VILLAGE_KINDS
from portal.places.models import PlaceVersion


def codes(place_ids: Collection[int], day: date) -> dict[int, str]:
    """{place: official code of the commune that it is or lies in}; a place above the communes is left out."""
    if not place_ids:
        return {}
    versions = _versions(place_ids, day)
    parents = {each.parent_id for each in versions.values() if each.kind in VILLAGE_KINDS}
    above = _versions(parents, day) if parents else {}
    found = {
        place: above.get(each.parent_id) if each.kind in VILLAGE_KINDS else each
        for place, each in versions.items()
    }
    return {place: each.code for place, each in found.items() if each and each.kind in COMMUNE_KINDS}


def names(of: Collection[str]) -> dict[str, str]:
    """{code: what the commune is called}: that of today, for codes are given again; else the last that had it."""
    found = PlaceVersion.objects.filter(code__in=of, kind__in=COMMUNE_KINDS)
    return {each.code: each.label for each in _in_order(found, timezone.localdate())}


def _versions(place_ids: Collection[int], day: date) -> dict[int, PlaceVersion]:
    """The version of each place in force on `day`, else its last."""
    found = PlaceVersion.objects.filter(place__in=place_ids)
    return {each.place_id: each for each in _in_order(found, day)}


def _in_order(versions, day: date) -> list[PlaceVersion]:
    """Those in force last, so that they win."""
    return sorted(versions, key=lambda each: (each.covers(day), each.valid_from or date.min))
