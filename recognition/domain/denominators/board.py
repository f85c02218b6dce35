"""What a commune and its villages have declared for a year, beside what the books and the decisions count."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date

from django.db.models import Count
from django.utils import timezone

from portal.places.models import Place
from recognition.domain.books.communes import villages_of
from recognition.domain.indicators.counting import live_awards
from recognition.domain.indicators.standing_on_map import end_of
from recognition.enums import DenominatorKind
from recognition.models import Denominator, Subject

from .declaring import OF_VILLAGES

UNCOUNTED = (DenominatorKind.WORKERS, DenominatorKind.STAFF)  # neither books nor decisions say how many


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: `locked` and `open` are rows or None; `in_books` and `recognised` what there is to compare, None where
    nothing counts them."""

    place: Place
    kind: DenominatorKind
    locked: Denominator | None
    open: Denominator | None
    in_books: int | None
    recognised: int | None

    @property
    def name(self) -> str:
        """Of its field."""
        return f"n-{self.place.pk}-{self.kind}"

    @property
    def latest(self) -> Denominator | None:
        return self.open or self.locked

    @property
    def is_too_low(self) -> bool:
        """More hold the title than there are."""
        return self.latest is not None and (self.recognised or 0) > self.latest.value


@dataclass(frozen=True, slots=True)
class Line:
    place: Place
    label: str
    is_village: bool
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Board:
    commune: Place
    year: int
    lines: list[Line]

    @property
    def cells(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line.cells]

    @property
    def open_rows(self) -> list[tuple[Line, Cell]]:
        return [(line, cell) for line in self.lines for cell in line.cells if cell.open]

    @property
    def communes(self) -> list[Line]:
        return [line for line in self.lines if not line.is_village]

    @property
    def villages(self) -> list[Line]:
        return [line for line in self.lines if line.is_village]


def board(commune: Place, year: int) -> Board:
    """Of the commune, or where it did not stand by the end of the year, of those that became it."""
    day = min(end_of(year), timezone.localdate())
    standing = [commune] if commune.at(day) else list(commune.predecessors(day).with_versions())
    places = [(place, list(villages_of(place, day))) for place in standing]
    everything = {each.pk for place, villages in places for each in (place, *villages)}
    rows = Denominator.objects.standing().filter(year=year, place__in=everything)
    declared = {(row.place_id, row.kind, row.is_locked): row for row in rows.select_related("entered_by")}
    in_books = _counted(Subject.objects.live().filter(place__in=everything), "kind")
    recognised = Counter()
    for awards in live_awards(year):
        recognised.update(_counted(awards.filter(place__in=everything), "subject_kind"))
    lines = []
    for place, villages in places:
        inside = [place.pk, *(village.pk for village in villages)]
        builder = _Lines(day, declared, in_books, recognised)
        lines.append(builder.line(place, inside, DenominatorKind))
        lines += [builder.line(village, [village.pk], OF_VILLAGES, is_village=True) for village in villages]
    return Board(commune, year, lines)


def _counted(rows, kind: str) -> Mapping[tuple[int, str], int]:
    counted = rows.order_by().values_list("place", kind).annotate(number=Count("pk"))
    return defaultdict(int, {(place, each): number for place, each, number in counted})


@dataclass(frozen=True, slots=True)
class _Lines:
    day: Date
    declared: Mapping
    in_books: Mapping
    recognised: Mapping

    def line(self, place: Place, inside: list[int], kinds, is_village=False) -> Line:
        cells = [self._cell(place, DenominatorKind(kind), inside) for kind in kinds]
        return Line(place, place.label_on(self.day), is_village, cells)

    def _cell(self, place: Place, kind: DenominatorKind, inside: list[int]) -> Cell:
        rows = [self.declared.get((place.pk, kind, locked)) for locked in (True, False)]
        if kind in UNCOUNTED:
            return Cell(place, kind, *rows, None, None)
        of = kind.indicator.subject_kind
        counted = [sum(each[pk, of] for pk in inside) for each in (self.in_books, self.recognised)]
        return Cell(place, kind, *rows, *counted)


def history(commune_board: Board) -> list[Denominator]:
    """What was locked once and has been replaced since, newest first."""
    places = [line.place.pk for line in commune_board.lines]
    rows = Denominator.objects.filter(year=commune_board.year, place__in=places, replaced_at__isnull=False)
    return list(rows.select_related("place", "superseded_by").order_by("-replaced_at"))
