"""The counts of a year as parts of communes of one day, each with the denominator that is known for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date as Date
from decimal import Decimal

from portal.places.enums import VILLAGE_KINDS
from portal.places.models import PlaceVersion
from recognition.enums import Indicator

from .counting import Counts, Declared
from .figures import WHOLE, Part
from .standing_on_map import Shares, belonged_to, homes

NOTHING = Decimal(0)


def parts_of(
    counts: Counts, day: Date, last: Date, communes: Collection[int]
) -> dict[tuple[int, Indicator], list[Part]]:
    """By commune of `day` (not after `last`, the end of the year) and indicator; an empty part for each of `communes`
    about which nothing is known."""
    places = counts.places()
    standing = homes(places, day, last)
    at_the_end = standing if day == last else homes(places, last, last)
    declared = _that_stand(counts.declared, at_the_end)
    villages = _villages(places, communes, day)
    of_commune = defaultdict(set)
    for village, parent in villages.items():
        of_commune[parent].add(village)
    found = {}
    for indicator in Indicator:
        sorted_in = _sorted_in(_known(counts, declared, indicator), standing)
        for commune in {*communes, *sorted_in}:
            inside = sorted_in.get(commune, {})
            own_villages = {pk for pk in inside if pk in villages} | of_commune[commune]
            builder = _Commune(commune, indicator, inside, own_villages, counts, declared)
            found[commune, indicator] = builder.parts()
    return found


def _known(counts: Counts, declared, indicator: Indicator) -> set[int]:
    """The places of which something is known."""
    sources = (counts.recognised, counts.registered, declared)
    return {place for source in sources for place, each in source if each == indicator}


def _sorted_in(places: Iterable[int], standing: dict[int, Shares]) -> dict[int, Shares]:
    """{commune: {place: the share of it that stands there}}"""
    inside = defaultdict(dict)
    for place in places:
        for commune, share in standing[place].items():
            inside[commune][place] = share
    return inside


def _that_stand(declared: dict, standing: dict[int, Shares]) -> dict:
    """Without the numbers of villages and former communes whose commune has declared the whole: nothing counts twice."""
    above = belonged_to({place for place, _indicator in declared})
    kept = {}
    for (place, indicator), number in declared.items():
        holders = {*above.get(place, ()), *standing[place]} - {place}
        if not any((holder, indicator) in declared for holder in holders):
            kept[place, indicator] = number
    return kept


def _villages(places: Collection[int], communes: Collection[int], day: Date) -> dict[int, int | None]:
    """{village: the commune that it belongs to on `day`} of the communes, and of the places that are villages."""
    versions = PlaceVersion.objects.filter(kind__in=VILLAGE_KINDS)
    ours = dict.fromkeys(versions.filter(place__among=places).values_list("place", flat=True))
    return ours | dict(versions.on(day).filter(parent__among=communes).values_list("place", "parent"))


class _Commune:
    """One commune and indicator: whole when it has declared itself (or nothing is declared), else by villages."""

    def __init__(self, pk, indicator, inside: Shares, villages: set[int], counts: Counts, declared):
        self.pk, self.indicator, self.inside, self.villages = pk, indicator, inside, villages
        self.counts = counts
        self.declared = {
            place: declared[place, indicator] for place in inside if (place, indicator) in declared
        }
        self.has_rounds = any((place, indicator) in counts.registered for place in inside)

    def parts(self) -> list[Part]:
        if self.pk not in self.declared and self.villages & self.declared.keys():
            return self._by_village()
        total = sum((known.value * self.inside[pk] for pk, known in self.declared.items()), NOTHING)
        return [self._part(self.inside, total if self.declared else None, self.declared)]

    def _by_village(self) -> list[Part]:
        parts = []
        for village in self.villages:
            known = self.declared.get(village)
            share = self.inside.get(village, WHOLE)
            total = known.value * share if known else None
            of_it = {village: known} if known else {}
            parts.append(self._part({village: share}, total, of_it, village=True))
        rest = {pk: share for pk, share in self.inside.items() if pk not in self.villages}
        if rest:
            parts.append(self._part(rest, None, {}, counts_as_unit=False))
        return parts

    def _part(self, places: Shares, total: Decimal | None, declared: Mapping[int, Declared], **more) -> Part:
        return Part(
            commune=self.pk,
            recognised=self._sum(self.counts.recognised, places),
            this_year=self._sum(self.counts.this_year, places),
            registered=self._sum(self.counts.registered, places) if self.has_rounds else None,
            total=total,
            locked=all(known.locked for known in declared.values()),
            declared_by=frozenset(declared),
            estimated=any(share != WHOLE for share in places.values()),
            **more,
        )

    def _sum(self, counted: dict, places: Shares) -> Decimal:
        return sum((counted.get((pk, self.indicator), 0) * share for pk, share in places.items()), NOTHING)
