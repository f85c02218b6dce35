"""Reading what is offered: one record, a page of a list, how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ...models import OfferedCount, OfferedRecord
from .stamping import ALL

HEADER = ("position", "number", "datestamp", "deleted", "sets")
TEXTS = ("dc", "marc", "lom")


@dataclass(frozen=True, slots=True)
class Selection:
    """Datestamps from `first` to `last`, both included, in whole seconds; `spec` a set, "" for all."""

    first: datetime | None = None
    last: datetime | None = None
    spec: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`text` is compressed (zlib); None for a tombstone, and where only headers were asked for."""

    position: int
    number: int
    datestamp: datetime
    deleted: bool
    sets: Sequence[str]
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    live: int
    deleted: int


def page(selection: Selection, *, after: int | None, size: int, text: str = "") -> list[Row]:
    """The next `size` records behind the position `after` (None: from the beginning), with the text `text` of `TEXTS`.

    Positions grow with datestamps, so a period is a stretch of positions and every page costs the same.
    """
    rows = _within(selection, after).order_by(_order(selection))
    return [Row(*values) for values in rows.values_list(*_columns(text))[:size]]


def end(selection: Selection, text: str = "") -> list[Row]:
    """The last record alone; nothing when there is none."""
    rows = _within(selection, None).order_by(f"-{_order(selection)}")
    return [Row(*values) for values in rows.values_list(*_columns(text))[:1]]


def how_many(selection: Selection) -> int:
    if selection.first or selection.last:
        return _within(selection, None).count()
    return sum(
        OfferedCount.objects.filter(spec=selection.spec).values_list("live", "deleted").first() or (0,)
    )


def one(number: int, text: str = "") -> Row | None:
    """The record of a resource, or its tombstone; None when it was never offered."""
    values = OfferedRecord.objects.filter(pk=number).values_list(*_columns(text)).first()
    return Row(*values) if values else None


def earliest() -> datetime | None:
    """No datestamp is or will be older; None while nothing is offered."""
    return OfferedRecord.objects.order_by("position").values_list("datestamp", flat=True).first()


def numbers() -> Numbers:
    """Records and tombstones that are offered now; costs one row."""
    row = OfferedCount.objects.filter(spec=ALL).values_list("live", "deleted").first()
    return Numbers(*(row or (0, 0)))


def _within(selection: Selection, after: int | None) -> QuerySet[OfferedRecord]:
    """With a set, the index of the set is read; both of its conditions are one join."""
    first = (after if after is not None else _position_before(selection.first)) + 1
    last = _last_position(selection.last)
    name = _order(selection)
    conditions: dict = {f"{name}__gte": first}
    if last is not None:
        conditions[f"{name}__lte"] = last
    if selection.spec:
        conditions["memberships__spec"] = selection.spec
    return OfferedRecord.objects.filter(**conditions)


def _order(selection: Selection) -> str:
    return "memberships__position" if selection.spec else "position"


def _columns(text: str) -> tuple[str, ...]:
    return (*HEADER, text) if text else HEADER


def _position_before(first: datetime | None) -> int:
    if first is None:
        return 0
    earlier = OfferedRecord.objects.filter(datestamp__lt=first).order_by("-datestamp", "-position")
    return earlier.values_list("position", flat=True).first() or 0


def _last_position(last: datetime | None) -> int | None:
    """0, which no record has, when all are later."""
    if last is None:
        return None
    up_to = OfferedRecord.objects.filter(datestamp__lte=last).order_by("-datestamp", "-position")
    return up_to.values_list("position", flat=True).first() or 0
