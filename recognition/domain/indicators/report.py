"""The figures of a year: by commune of either administrative map, for each title, and for the whole area."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

from portal.places.models import Place
from recognition.enums import Indicator

from .counting import Counts, count
from .figures import Figure, Shared, add_up
from .parts import parts_of
from .standing_on_map import Commune, Land, communes_named, end_of, homes
from .targets import Targets, chains

Shareds = dict[int, dict[Indicator, list[Shared]]]  # by commune and indicator


@dataclass(frozen=True, slots=True)
class Row:
    """A commune with its figures by indicator. `of_other_map`: it did not stand on the day of the map, but what is known of
    it cannot be divided among those that did."""

    commune: Commune
    figures: dict[Indicator, Figure]
    of_other_map: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """`whole` is the sum of the rows. `unplaced`: citizens whom no target measures; `samples`: there are samples in it."""

    year: int
    day: Date
    rows: list[Row]
    whole: dict[Indicator, Figure]
    unplaced: Decimal
    samples: bool

    @property
    def last(self) -> Date:
        """The day on which a title must stand to count."""
        return end_of(self.year)

    @property
    def provisional(self) -> bool:
        return any(figure.provisional for figure in self.whole.values())

    @property
    def estimated(self) -> bool:
        return any(figure.estimated for row in self.rows for figure in row.figures.values())


def report(year: int, day: Date | None = None, area: Place | None = None) -> Report:
    """`day`: whose communes the rows are, by default those of 31/12 of the year; `area`: a place of any time, None: all.

    A later map adds up the parts of the year by the shares of the changes. An earlier one divides by villages.
    """
    last = end_of(year)
    day = day or last
    counts, targets = count(year), Targets(year)
    land = Land(area)
    communes = land.communes(day)
    shareds = _on_map(counts, day, last, land)
    others = communes_named(set(shareds) - set(communes), last)
    chain_of = chains([*communes, *others], day, area)
    rows = [
        _row(commune, shareds.get(commune.pk, {}), targets, chain_of[commune.pk], commune.pk in others)
        for commune in [*communes.values(), *others.values()]
    ]
    at_the_end = shareds if day >= last else _on_map(counts, last, last, land)
    return Report(
        year, day, rows, _whole(at_the_end, targets, area, day), _unplaced(counts, day, land), counts.samples
    )


def _on_map(counts: Counts, day: Date, last: Date, land: Land) -> Shareds:
    """The parts of the year where they stand on `day`, within the land of the area."""
    base = min(day, last)
    own = land.communes(base)
    parts = parts_of(counts, base, last, own)
    within = set(own) | set(land.communes(last))
    held = homes({pk for pk, _indicator in parts}, day, base)
    shareds: Shareds = defaultdict(lambda: defaultdict(list))
    for (commune, indicator), pieces in parts.items():
        if land.area and commune not in within:
            continue
        for home, share in held[commune].items():
            shareds[home][indicator] += [(part, share) for part in pieces]
    return shareds


def _row(commune: Commune, shareds, targets: Targets, chain, is_other: bool) -> Row:
    figures = {
        indicator: add_up(
            indicator, shareds.get(indicator, []), targets.of(chain, indicator), undivided=is_other
        )
        for indicator in Indicator
    }
    return Row(commune, figures, is_other)


def _whole(shareds: Shareds, targets: Targets, area: Place | None, day: Date) -> dict[Indicator, Figure]:
    chain = chains([area.pk], day, area)[area.pk] if area else []
    whole = {}
    for indicator in Indicator:
        shares: dict[int, Decimal] = defaultdict(Decimal)
        parts = {}
        for pieces in shareds.values():
            for part, share in pieces[indicator]:
                parts[id(part)] = part
                shares[id(part)] += share
        together = [(part, shares[key]) for key, part in parts.items()]
        whole[indicator] = add_up(indicator, together, targets.of(chain, indicator))
    return whole


def _unplaced(counts: Counts, day: Date, land: Land) -> Decimal:
    last = end_of(counts.year)
    inside = set(land.communes(day)) | set(land.communes(last))
    held = homes(set(counts.unplaced), day, last)
    return sum(
        (
            counts.unplaced[pk] * share
            for pk, shares in held.items()
            for home, share in shares.items()
            if home in inside
        ),
        Decimal(0),
    )
