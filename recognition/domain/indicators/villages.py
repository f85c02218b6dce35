"""The figures of one commune of the map by village: sums only, nobody is named."""

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

from portal.places.enums import VILLAGE_KINDS
from portal.places.models import PlaceVersion
from recognition.enums import Indicator

from .counting import Counts, count
from .figures import Figure, Part, add_up
from .report import Row
from .standing_on_map import Shares, end_of, homes


@dataclass(frozen=True, slots=True)
class VillageRow:
    """`label` "" for what belongs to no village but to the commune itself."""

    label: str
    figure: Figure


def by_village(row: Row, year: int, day: Date, indicator: Indicator) -> list[VillageRow]:
    """In the order of the alphabet; together they are what the row of the commune counts."""
    counts, last = count(year), end_of(year)
    labels = _labels(counts, row.commune.pk, min(day, last))
    places = counts.places() | set(labels)
    held = homes(places, day, last)
    shares = {pk: held[pk][row.commune.pk] for pk in places if row.commune.pk in held[pk]}
    has_rounds = any((pk, indicator) in counts.registered for pk in shares)
    target = row.figures[indicator]
    milestone = (target.target, target.target_year) if target.target else None
    villages = [
        VillageRow(label, add_up(indicator, [_shared(counts, pk, indicator, shares, has_rounds)], milestone))
        for pk, label in labels.items()
        if pk in shares
    ]
    rest = [
        _shared(counts, pk, indicator, shares, has_rounds, with_total=False)
        for pk in shares
        if pk not in labels
    ]
    figure = add_up(indicator, rest)
    return villages if figure.is_empty else [*villages, VillageRow("", figure)]


def _labels(counts: Counts, commune: int, day: Date) -> dict[int, str]:
    """Villages that are known to belong there on `day`, and those of which something is counted."""
    versions = PlaceVersion.objects.filter(kind__in=VILLAGE_KINDS)
    counted = versions.filter(place__in=counts.places()).order_by("valid_from")
    there = versions.on(day).filter(parent=commune)
    found = {version.place_id: version for version in [*counted, *there]}
    return {pk: version.label for pk, version in sorted(found.items(), key=lambda item: item[1].sort_key)}


def _shared(counts: Counts, pk: int, indicator: Indicator, shares: Shares, has_rounds: bool, with_total=True):
    key = (pk, indicator)
    declared = counts.declared.get(key) if with_total else None
    part = Part(
        commune=pk,
        recognised=Decimal(counts.recognised.get(key, 0)),
        this_year=Decimal(counts.this_year.get(key, 0)),
        registered=Decimal(counts.registered.get(key, 0)) if has_rounds else None,
        total=Decimal(declared.value) if declared else None,
        locked=declared is None or declared.locked,
        village=True,
    )
    return part, shares[pk]
