"""What there is to count of a year, by the place where it was given, registered or declared; one query each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from portal.places.models import Place
from recognition.enums import AssessmentState, Indicator, SubjectKind
from recognition.models import Assessment, Award, Denominator, Round

from .standing_on_map import end_of

Key = tuple[int, Indicator]  # id of a place, what is counted there
HOLDER = ("subject__member_of", "subject__member_of__kind", "subject__member_of__place")


@dataclass(frozen=True, slots=True)
class Declared:
    value: int
    locked: bool


@dataclass(slots=True)
class Counts:
    """By place and indicator. `this_year`: of the recognised those whose title is of the year itself, which is what the
    registered of the year compare with; `samples` says that there are samples among all this.

    A citizen is counted where the unit is of whose staff they are, or the family, clan or community to which they belong,
    when that one holds its title itself (Quyết định 677/QĐ-TTg); `unplaced` are the others: no target is measured by them.
    """

    year: int
    recognised: dict[Key, int]
    this_year: dict[Key, int]
    registered: dict[Key, int]
    declared: dict[Key, Declared]
    unplaced: dict[int, int]
    samples: bool = False

    def places(self) -> set[int]:
        counted = (self.recognised, self.registered, self.declared)
        return {place for each in counted for place, _indicator in each} | set(self.unplaced)


def count(year: int) -> Counts:
    counts = Counts(year, defaultdict(int), defaultdict(int), defaultdict(int), {}, defaultdict(int))
    for awards in live_awards(year):
        _recognise(counts, awards.exclude(subject_kind=SubjectKind.CITIZEN))
    _recognise_citizens(counts)
    rounds = Round.objects.filter(year=year).in_bulk()
    of_citizens = {pk for pk, round in rounds.items() if round.subject_kind == SubjectKind.CITIZEN}
    _register(counts, {pk: round for pk, round in rounds.items() if pk not in of_citizens})
    _register_citizens(counts, of_citizens)
    for row in Denominator.objects.standing().filter(year=year):
        _declare(counts, row)
    return counts


def _recognise(counts: Counts, awards: QuerySet[Award]) -> None:
    rows = (
        awards.order_by()
        .values_list("place", "subject_kind")
        .annotate(
            number=Count("pk"),
            this_year=Count("pk", filter=Q(year=counts.year)),
            samples=Count("pk", filter=Q(is_sample=True)),
        )
    )
    for place, kind, number, this_year, samples in rows:
        counts.recognised[place, Indicator(kind)] += number
        counts.this_year[place, Indicator(kind)] += this_year
        counts.samples |= samples > 0


def _recognise_citizens(counts: Counts) -> None:
    numbers = {
        "number": Count("pk"),
        "this_year": Count("pk", filter=Q(year=counts.year)),
        "samples": Count("pk", filter=Q(is_sample=True)),
    }
    rows = []
    for awards in live_awards(counts.year):
        citizens = awards.filter(subject_kind=SubjectKind.CITIZEN).order_by()
        rows += citizens.values_list("place", *HOLDER).annotate(**numbers)
    titled = _titled(counts.year, {holder for _place, holder, *_rest in rows})
    for place, holder, kind, at, number, this_year, samples in rows:
        if indicator := _measured_by(kind, holder in titled):
            counts.recognised[at, indicator] += number
            counts.this_year[at, indicator] += this_year
        else:
            counts.unplaced[place] += number
        counts.samples |= samples > 0


def _register_citizens(counts: Counts, rounds: set[int]) -> None:
    rows = Assessment.objects.registered().filter(round__in=rounds).order_by().values_list(*HOLDER)
    samples = Count("pk", filter=Q(round__is_sample=True))
    rows = list(rows.annotate(number=Count("subject", distinct=True), samples=samples))
    titled = _titled(counts.year, {holder for holder, *_rest in rows})
    for holder, kind, at, number, of_samples in rows:
        if indicator := _measured_by(kind, holder in titled):
            counts.registered[at, indicator] += number
        counts.samples |= of_samples > 0


def _titled(year: int, holders: set[int | None]) -> set[int]:
    """Those of the holders who hold their own title in the year."""
    holders = holders - {None}
    if not holders:
        return set()
    return {
        subject
        for awards in live_awards(year)
        for subject in awards.filter(subject__among=holders).order_by().values_list("subject", flat=True)
    }


def _measured_by(kind: str | None, holds: bool) -> Indicator | None:
    """`kind` of the one to whom a citizen belongs, and whether that one holds its own title."""
    if kind == SubjectKind.UNIT:
        return Indicator.STAFF
    return Indicator.WORKERS if kind is not None and holds else None


def _register(counts: Counts, rounds: Mapping[int, Round]) -> None:
    """A round of which nobody is registered yet is there all the same: nought is known then."""
    rows = Assessment.objects.live().filter(round__in=rounds).order_by()
    for place, kind, number in _registered(rows, rounds):
        counts.registered[place, Indicator(kind)] += number
    samples = [round.pk for round in rounds.values() if round.is_sample]
    counts.samples |= bool(samples) and rows.filter(round__in=samples).exists()


def _registered(rows: QuerySet[Assessment], rounds: Mapping[int, Round]) -> Iterator[tuple[int, str, int]]:
    """(place, kind, how many). Who takes part in two rounds of a title is counted once; where nobody can, PostgreSQL counts
    in the index alone, which takes a third of the time."""
    registered = ~Q(state=AssessmentState.DRAFT)
    if _held_twice(rounds):
        once = Count("subject", distinct=True, filter=registered)
        yield from rows.values_list("place", "round__subject_kind").annotate(number=once)
        return
    counted = rows.values_list("place", "round").annotate(number=Count("state", filter=registered))
    for place, round, number in counted:
        yield place, rounds[round].subject_kind, number


def _held_twice(rounds: Mapping[int, Round]) -> bool:
    """Does any commune hold two rounds of a title?"""
    held = Round.communes.through.objects.filter(round__in=rounds)
    pairs = Counter(
        (place, rounds[round].subject_kind) for place, round in held.values_list("place", "round")
    )
    return any(number > 1 for number in pairs.values())


def _declare(counts: Counts, row: Denominator) -> None:
    """What is locked stands before what is only entered."""
    key = (row.place_id, row.indicator)
    if key not in counts.declared or row.is_locked:
        counts.declared[key] = Declared(row.value, row.is_locked)
    counts.samples |= row.is_sample


def live_awards(year: int) -> tuple[QuerySet[Award], QuerySet[Award]]:
    """Titles that stand on 31/12 of the year, in two parts that share no holder: those of the year itself, and the few that were
    revoked later or are of a year before and say that they are still valid.

    A title that names no last day is one of its year: "Gia đình học tập" is earned anew each year. Who holds several is
    counted once, by the latest.
    """
    last = end_of(year)
    standing = Q(revoked_on__isnull=True) | Q(revoked_on__gt=last)
    valid = Q(year=year) | Q(year__lt=year, valid_from__lte=last, valid_to__gte=last)
    of_year = Award.objects.filter(year=year, revoked_on__isnull=True)
    found = Award.objects.filter(standing, valid)
    others = found.exclude(year=year, revoked_on__isnull=True)
    for same in (("subject",), ("subject_kind", "place", "name_key", "distinction")):
        others = others.exclude(Exists(found.filter(_LATER, **{name: OuterRef(name) for name in same})))
    return of_year, others


_LATER = Q(year__gt=OuterRef("year")) | Q(year=OuterRef("year"), pk__gt=OuterRef("pk"))


def recognised_within(place: Place, year: int, indicator: Indicator) -> int:
    """How many hold the title in the place and the places below it."""
    last = end_of(year)
    places = [place.pk, *Place.objects.within(place, last).values_list("pk", flat=True)]
    if indicator.subject_kind == SubjectKind.CITIZEN:
        recognised = count(year).recognised
        return sum(recognised.get((pk, indicator), 0) for pk in places)
    of_it = {"subject_kind": indicator.subject_kind, "place__among": places}
    return sum(awards.filter(**of_it).count() for awards in live_awards(year))


def years() -> list[int]:
    """Those of which anything is known, latest first."""
    known = set(Award.objects.order_by().values_list("year", flat=True).distinct())
    known |= set(Denominator.objects.order_by().values_list("year", flat=True).distinct())
    known |= set(Round.objects.order_by().values_list("year", flat=True).distinct())
    return sorted(known, reverse=True)
