"""Where figures stand on the administrative map of a day."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place, PlaceChange, PlaceVersion
from portal.places.succession import trace_back

Shares = dict[int, Decimal]  # id of a commune -> the part of a figure that stands there; together 1
WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Stay:
    """A place under one parent, as `PlaceVersion` has it."""

    kind: str
    parent: int | None
    since: Date
    until: Date

    def covers(self, day: Date) -> bool:
        return self.since <= day <= self.until


def homes(place_ids: Collection[int], day: Date, of: Date) -> dict[int, Shares]:
    """The communes of `day` that hold what is counted for these villages and communes, counted on the day `of`.

    A village goes with the commune that it belongs to on `day`. A figure that is known for a whole commune follows the
    changes from `of` to `day`; backwards it cannot be divided and stays with its own commune. A few queries in all.
    """
    stays = _stays(place_ids)
    communes = {pk: _commune_of(pk, stays.get(pk, ()), day, of) for pk in place_ids}
    held = _followed(set(communes.values()), day, of)
    return {pk: held[commune] for pk, commune in communes.items()}


def _commune_of(pk: int, stays, day: Date, of: Date) -> int:
    """The commune itself, or the one that the village belongs to on `day`, else did on `of` or last."""
    on_the_day = next((stay for stay in stays if stay.covers(day)), None)
    stay = (
        on_the_day
        or next((each for each in stays if each.covers(of)), None)
        or max(stays, key=_since, default=None)
    )
    return pk if stay is None or stay.kind in COMMUNE_KINDS or stay.parent is None else stay.parent


def _since(stay: _Stay) -> Date:
    return stay.since


def _followed(communes: Collection[int], day: Date, of: Date) -> dict[int, Shares]:
    """Each commune through the changes between `of`, or its own last day if that was before, and `day`."""
    ends = {pk: max(stays, key=_since).until for pk, stays in _stays(communes).items()}
    by_start = defaultdict(set)
    for pk in communes:
        by_start[min(ends.get(pk, of), of)].add(pk)
    held = {pk: {pk: WHOLE} for pk in communes}
    for since, starting in by_start.items():
        if since < day:
            held |= Place.objects.successor_shares(starting, day, since=since)
    return held


def belonged_to(place_ids: Collection[int]) -> dict[int, set[int]]:
    """All places that these have ever belonged to directly."""
    return {pk: {stay.parent for stay in stays if stay.parent} for pk, stays in _stays(place_ids).items()}


def _stays(place_ids: Collection[int]) -> dict[int, list[_Stay]]:
    rows = PlaceVersion.objects.filter(place__among=place_ids)
    found = defaultdict(list)
    for pk, *facts, since, until in rows.values_list("place", "kind", "parent", "valid_from", "valid_to"):
        found[pk].append(_Stay(*facts, since or Date.min, until or Date.max))
    return found


@dataclass(frozen=True, slots=True)
class Commune:
    pk: int
    label: str
    code: str


class Land:
    """The land of `area`, a place of any time; None: all there is.

    It is that of the communes of today: a unit that came from another district with the merger is part of it on the old map
    too, so that no total depends on the map.
    """

    def __init__(self, area: Place | None):
        self.area, self._today, self._on = area, timezone.localdate(), {}

    def communes(self, day: Date) -> dict[int, Commune]:
        """The communes of `day` on this land, in the order of the alphabet."""
        if day not in self._on:
            self._on[day] = _named(None if self.area is None else self._reached(day), day)
        return self._on[day]

    def _reached(self, day: Date) -> set[int]:
        if day >= self._today:
            return {heir for held in _followed(self._core, day, self._today).values() for heir in held}
        changes = PlaceChange.objects.back_from(self._core, since=day)
        return {origin for pk in self._core for origin in trace_back(pk, changes)}

    @cached_property
    def _core(self) -> set[int]:
        """Its communes of today."""
        base = self._today if self.area.at(self._today) else self.area.latest().valid_to
        below = Place.objects.within(self.area, base).values("pk")
        own = PlaceVersion.objects.on(base).filter(
            Q(place__in=below) | Q(place=self.area), kind__in=COMMUNE_KINDS
        )
        held = _followed(set(own.values_list("place", flat=True)), self._today, base)
        return {heir for shares in held.values() for heir in shares}


def communes_named(pks: Collection[int], day: Date) -> dict[int, Commune]:
    """These, of those that are communes on `day`."""
    return _named(pks, day) if pks else {}


def _named(pks: Collection[int] | None, day: Date) -> dict[int, Commune]:
    """In the order of the Vietnamese alphabet."""
    versions = PlaceVersion.objects.on(day).filter(kind__in=COMMUNE_KINDS).order_by("sort_key", "place")
    if pks is not None:
        versions = versions.filter(place__among=pks)
    return {version.place_id: Commune(version.place_id, version.label, version.code) for version in versions}


def end_of(year: int) -> Date:
    return Date(year, 12, 31)
