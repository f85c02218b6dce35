"""One figure with its two rates, added up from parts; pure, in exact numbers.

A part is the smallest thing that has a denominator of its own: a commune, or a village where the commune has declared its
villages. Rates are taken over the parts whose denominator is known, and say over how many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from portal.text import format_number_vi
from recognition.enums import Indicator

WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """`registered` None: no round of the year is kept in the books; `total` None: no denominator. `counts_as_unit` False
    for what was given to a commune whose villages are the units; `declared_by`: the places whose numbers make the total."""

    commune: int
    recognised: Decimal
    this_year: Decimal
    registered: Decimal | None
    total: Decimal | None
    locked: bool = True
    village: bool = False
    counts_as_unit: bool = True
    estimated: bool = False
    declared_by: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator`, both of the parts that are covered."""

    numerator: Decimal
    denominator: Decimal

    @property
    def percent(self) -> Decimal:
        return self.numerator * 100 / self.denominator

    @property
    def text(self) -> str:
        """One decimal: "70,0 %"."""
        return f"{format_number_vi(self.percent, 1)} %"

    @property
    def is_too_high(self) -> bool:
        """More than there are: one of the two numbers is wrong."""
        return self.numerator > self.denominator

    def reaches(self, percent: int) -> bool:
        return self.numerator * 100 >= percent * self.denominator

    def missing_to(self, percent: int) -> int:
        """How many more it takes. Compared in whole numbers: 69,96 % is shown as 70,0 % and one household is missing."""
        return max(0, ceil(percent * self.denominator / 100 - self.numerator))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many communes (or villages) the denominator is known."""

    covered: int
    units: int
    of_villages: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of one title in one place. `estimated`: a part of it was divided by the shares of a change of places;
    `undivided`: it belongs to several communes of the map and says nothing about one of them."""

    indicator: Indicator
    recognised: Decimal
    registered: Decimal | None
    total: Decimal | None
    over_total: Rate | None
    over_registered: Rate | None
    coverage: Coverage
    target: int | None = None
    target_year: int | None = None
    provisional: bool = False
    estimated: bool = False
    undivided: bool = False
    declared_by: frozenset[int] = frozenset()

    @property
    def missing(self) -> int | None:
        """Households (clans ...) short of the target; None where there is no target or no denominator."""
        if self.target is None or self.over_total is None:
            return None
        return self.over_total.missing_to(self.target)

    @property
    def is_reached(self) -> bool:
        return self.missing == 0

    @property
    def is_empty(self) -> bool:
        return not self.recognised and not self.registered and self.total is None


Shared = tuple[Part, Decimal]  # a part, and the share of it that belongs here


def add_up(
    indicator: Indicator,
    shared: Sequence[Shared],
    target: tuple[int, int] | None = None,
    *,
    undivided: bool = False,
) -> Figure:
    """`target`: (per cent, year by the end of which)."""
    covered = [(part, share) for part, share in shared if part.total is not None]
    asked = [(part, share) for part, share in shared if part.registered is not None]
    total = _sum(covered, "total") if covered else None
    registered = _sum(asked, "registered") if asked else None
    return Figure(
        indicator=indicator,
        recognised=_sum(shared, "recognised"),
        registered=registered,
        total=total,
        over_total=Rate(_sum(covered, "recognised"), total) if total and not undivided else None,
        over_registered=Rate(_sum(asked, "this_year"), registered) if registered and not undivided else None,
        coverage=_coverage([part for part, _share in shared]),
        target=target[0] if target else None,
        target_year=target[1] if target else None,
        provisional=any(not part.locked for part, _share in covered),
        estimated=any(part.estimated or share != WHOLE for part, share in shared),
        undivided=undivided,
        declared_by=frozenset().union(*(part.declared_by for part, _share in covered)),
    )


def _sum(shared: Iterable[Shared], name: str) -> Decimal:
    return sum((getattr(part, name) * share for part, share in shared), Decimal(0))


def _coverage(parts: Sequence[Part]) -> Coverage:
    """In villages where one commune has declared them, else in communes: one is covered when all of its parts are."""
    units = [part for part in parts if part.counts_as_unit]
    communes = {part.commune for part in units}
    if len(communes) == 1 and any(part.village for part in units):
        return Coverage(sum(part.total is not None for part in units), len(units), of_villages=True)
    lacking = {part.commune for part in units if part.total is None}
    return Coverage(len(communes - lacking), len(communes))
