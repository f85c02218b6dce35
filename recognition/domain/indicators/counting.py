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


@dataclass(frozen=True, slots=True)
class Declared:
    value: int
    locked: bool


@dataclass(slots=True)
class Counts:
    """By place and indicator. `this_year`: of the recognised those whose title is of the year itself, which is what the
    registered of the year compare with; `unplaced` are citizens of whom the books do not say in which family or unit they
    belong, so that no target is measured by them; `samples` says that there are samples among all this."""

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
        _recognise(counts, awards)
    _register(counts)
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
        if kind == SubjectKind.CITIZEN:
            counts.unplaced[place] += number
        else:
            counts.recognised[place, Indicator(kind)] += number
            counts.this_year[place, Indicator(kind)] += this_year
        counts.samples |= samples > 0


def _register(counts: Counts) -> None:
    """A round of which nobody is registered yet is there all the same: nought is known then."""
    rounds = Round.objects.filter(year=counts.year).exclude(subject_kind=SubjectKind.CITIZEN).in_bulk()
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
    of_it = {"subject_kind": indicator.subject_kind, "place__in": places}
    return sum(awards.filter(**of_it).count() for awards in live_awards(year))


def years() -> list[int]:
    """Those of which anything is known, latest first."""
    known = set(Award.objects.order_by().values_list("year", flat=True).distinct())
    known |= set(Denominator.objects.order_by().values_list("year", flat=True).distinct())
    known |= set(Round.objects.order_by().values_list("year", flat=True).distinct())
    return sorted(known, reverse=True)
