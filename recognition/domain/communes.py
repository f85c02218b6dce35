"""The commune of then, as an award or an assessment names it, and the commune that stands in its place today."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from portal.places.models import Place, PlaceChange, PlaceVersion
from portal.places.succession import follow, trace_back


@dataclass(frozen=True)
class Located:
    """Where an award was given. ``village`` is "" when it was given to the commune itself; ``now`` is ""
    when the commune still stands, else ``since`` is the day from which it belongs to today's. ``codes_now`` are the official
    codes of today's communes."""

    village: str
    commune: str
    now: str
    since: datetime.date | None
    codes_now: tuple[str, ...]


def locate(pairs: Iterable[tuple[int, datetime.date]], today: datetime.date) -> dict[tuple, Located]:
    """Locate each (place id, day of the decision); a handful of queries, however many pairs."""
    pairs = set(pairs)
    history = _History({place_id for place_id, _day in pairs}, today)
    return {pair: history.locate(*pair) for pair in pairs}


def everything_within(place: Place) -> set[int]:
    """The ids of the places whose awards count for ``place``: itself, what went into it, and their villages."""
    origins = trace_back(place.pk, PlaceChange.objects.back_from([place.pk]))
    villages = PlaceVersion.objects.filter(parent__in=origins).values_list("place", flat=True)
    return origins | set(villages)


def heirs_of(communes: set[int], today: datetime.date) -> set[int]:
    """The communes of today into which those of these that are gone went."""
    held = Place.objects.successor_shares(communes, today)
    return {heir for shares in held.values() for heir in shares} - communes


def of_commune(pk: int, today: datetime.date) -> Q:
    """What bears a place and its commune of then: that of this commune then, and all that lies in it today."""
    inside = PlaceVersion.objects.on(today).filter(parent=pk).values("place")
    merged = PlaceChange.objects.filter(target=pk, share=1, date__lte=today).values("source")
    return Q(commune=pk) | Q(place__in=inside) | Q(place__in=merged)


class _History:
    def __init__(self, place_ids, today):
        self.today = today
        self.versions = _versions_of(place_ids)
        village_parents = {v.parent_id for vs in self.versions.values() for v in vs if not v.is_commune}
        self.versions |= _versions_of(village_parents - place_ids)
        communes = {pk for pk, versions in self.versions.items() if any(v.is_commune for v in versions)}
        self.changes = PlaceChange.objects.onward_from(communes, until=today)
        self.heirs = {pk: follow(pk, self.changes) for pk in communes}
        self.versions |= _versions_of(
            {heir for held in self.heirs.values() for heir in held} - set(self.versions)
        )

    def at(self, place_id, day):
        """The version on ``day``; outside the place's time the nearest one."""
        versions = self.versions.get(place_id, [])
        covering = next((version for version in versions if version.covers(day)), None)
        return covering or max(versions, key=lambda v: v.valid_from or datetime.date.min)

    def locate(self, place_id, day) -> Located:
        then = self.at(place_id, day)
        is_commune = then.is_commune or then.parent_id not in self.versions
        commune = then if is_commune else self.at(then.parent_id, day)
        heirs = self._heirs(then, commune)
        stands = [heir.place_id for heir in heirs] == [commune.place_id]
        return Located(
            village="" if is_commune else then.label,
            commune=commune.label,
            now="" if stands else " / ".join(heir.label for heir in heirs),
            since=None if stands else self._since(then, heirs),
            codes_now=tuple(heir.code for heir in heirs),
        )

    def _heirs(self, then, commune):
        """Today's communes: the village's own parent where it is known today, else the heirs of the commune."""
        if not then.is_commune:
            village_today = self.at(then.place_id, self.today)
            if village_today.covers(self.today) and village_today.parent_id in self.versions:
                return [self.at(village_today.parent_id, self.today)]
        return [self.at(pk, self.today) for pk in self.heirs.get(commune.place_id, {commune.place_id: 1})]

    def _since(self, then, heirs) -> datetime.date | None:
        """The day of the last change on the way to today's communes; of a village, its first day under its parent."""
        last = heirs[-1].place_id
        under = [v for v in self.versions.get(then.place_id, []) if v.parent_id == last and not v.is_commune]
        into = [change.date for change in self.changes if change.target_id == last]
        days = [version.valid_from for version in under if version.valid_from] or into
        return max(days, default=None)


def _versions_of(place_ids) -> dict[int, list[PlaceVersion]]:
    found: dict[int, list[PlaceVersion]] = {}
    for version in PlaceVersion.objects.filter(place__among=place_ids):
        found.setdefault(version.place_id, []).append(version)
    return found
