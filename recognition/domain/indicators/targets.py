"""Which target of which plan holds for a place and a year."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date as Date

from portal.places.models import Place, PlaceVersion
from recognition.enums import Indicator
from recognition.models import Target

EVERYWHERE = None


class Targets:
    """Those of the coming milestone: of several years the next one that is not over."""

    def __init__(self, year: int):
        self.by_place = defaultdict(dict)
        rows = Target.objects.filter(year__gte=year).order_by("-year")
        for place, indicator, percent, by in rows.values_list("place", "indicator", "percent", "year"):
            self.by_place[place][indicator] = (percent, by)

    def of(self, chain: Collection[int | None], indicator: Indicator) -> tuple[int, int] | None:
        """(per cent, year) of the first place of the chain, nearest first, that has one."""
        places = [*chain, EVERYWHERE]
        return next((found for place in places if (found := self.by_place[place].get(indicator))), None)


def chains(communes: Collection[int], day: Date, area: Place | None) -> dict[int, list[int]]:
    """For each commune of `day` the places above it, nearest first, and the area that the figures are asked for."""
    parents = dict(PlaceVersion.objects.on(day).exclude(parent=None).values_list("place", "parent"))
    found = {}
    for commune in communes:
        chain = [commune]
        while (above := parents.get(chain[-1])) is not None:
            chain.append(above)
        found[commune] = [*chain, area.pk] if area and area.pk not in chain else chain
    return found
