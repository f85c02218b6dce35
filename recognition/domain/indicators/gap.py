"""“Còn thiếu mấy hộ?”: how many more a village of a round needs for the target, and whom a little would help."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.db.models import Count, QuerySet

from portal.places.models import Place
from recognition.domain import sheets
from recognition.domain.published_rules import rules_of
from recognition.domain.scoring import RuleSet
from recognition.enums import UNDER_WAY, AssessmentState, Indicator, ScoringModel, SubjectKind
from recognition.models import Assessment, Criterion, Denominator, Round, Subject

from .standing_on_map import end_of
from .targets import Targets, chains

SHORT_BY = 5  # points, up to which somebody nearly passes
WEAKEST = 5  # criteria that are named


@dataclass(frozen=True, slots=True)
class GapLine:
    """A village: `of` how many; `from_books` says that nobody has declared it and the books were counted; `reached` would
    pass as the sheets stand or hold the title; `near` nearly pass; `missing` None where there is no target."""

    place: Place
    of: int
    from_books: bool
    registered: int
    reached: int
    near: int
    missing: int | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """`short_by` points, 0 when only a condition beside the total is not kept; `criterion`: where most is lost."""

    assessment: Assessment
    short_by: Decimal
    criterion: Criterion | None
    lost: Decimal


@dataclass(frozen=True, slots=True)
class Gap:
    """`declared`: how many the commune says it has in all; None where it has said nothing, or who looks sees a part of it."""

    target: tuple[int, int] | None
    lines: list[GapLine]
    near: list[NearMiss]
    declared: int | None

    @property
    def missing(self) -> int | None:
        """For all villages together: not the sum of theirs, for one may have more than it needs."""
        together = self.together
        return missing_to(self.target[0], together["of"], together["reached"]) if self.target else None

    @property
    def together(self) -> dict[str, int]:
        names = ("of", "registered", "reached", "near")
        sums = {name: sum(getattr(line, name) for line in self.lines) for name in names}
        return sums if self.declared is None else sums | {"of": self.declared}


def missing_to(percent: int, whole: int, reached: int) -> int:
    return max(0, ceil(Decimal(percent * whole) / 100) - reached)


def gap(round: Round, rows: QuerySet[Assessment], commune: Place, places: Sequence[Place]) -> Gap:
    """`rows`: the assessments of the round in the commune that the person may see; `places`: the villages that they may."""
    found = list(rows.live().select_related("subject", "place"))
    target = _target(round, commune)
    near = near_misses(round, found)
    nearly = Counter(each.assessment.place_id for each in near)
    registered = Counter(row.place_id for row in found if row.state != AssessmentState.DRAFT)
    reached = Counter(row.place_id for row in found if _reaches(row))
    declared, in_books = _declared(round, places), _in_books(round, places)
    of_commune = declared.pop(commune.pk, None)  # its villages are part of it
    lines = []
    for place in places:
        of, from_books = declared.get(place.pk, in_books.get(place.pk, 0)), place.pk not in declared
        if of or registered[place.pk]:
            missing = missing_to(target[0], of, reached[place.pk]) if target and of else None
            counted = (registered[place.pk], reached[place.pk], nearly[place.pk])
            lines.append(GapLine(place, of, from_books, *counted, missing))
    return Gap(target, lines, near, of_commune)


def _reaches(row: Assessment) -> bool:
    return row.state == AssessmentState.RECOGNISED or bool(row.passed and row.state in UNDER_WAY)


def _target(round: Round, commune: Place) -> tuple[int, int] | None:
    if round.subject_kind == SubjectKind.CITIZEN:
        return None  # measured among two groups of people, whom a round does not tell apart
    day = end_of(round.year)
    return Targets(round.year).of(chains([commune.pk], day, None)[commune.pk], Indicator(round.subject_kind))


def _declared(round: Round, places: Sequence[Place]) -> dict[int, int]:
    if round.subject_kind == SubjectKind.CITIZEN:
        return {}
    kind = Indicator(round.subject_kind).denominator
    rows = Denominator.objects.standing().filter(place__in=places, year=round.year, kind=kind)
    return {row.place_id: row.value for row in sorted(rows, key=lambda row: row.is_locked)}


def _in_books(round: Round, places: Sequence[Place]) -> dict[int, int]:
    rows = Subject.objects.live().filter(place__in=places, kind=round.subject_kind).order_by()
    return dict(rows.values_list("place").annotate(Count("pk")))


def near_misses(round: Round, rows: Iterable[Assessment]) -> list[NearMiss]:
    """Those under way that lack at most five points, or only a condition beside the total; the nearest first."""
    rules = rules_of(round.criteria_set)
    if rules.model == ScoringModel.ALL_TARGETS_MET:
        return []
    near = [
        (row, short_by)
        for row in rows
        if row.passed is False and row.state in UNDER_WAY
        if (short_by := _short_by(rules, row)) is not None and short_by <= SHORT_BY
    ]
    criteria = sheets.criteria_by_code(round.criteria_set)
    answers = sheets.answers_of([row for row, _short in near])
    found = [NearMiss(row, short_by, *_most_lost(answers[row.pk], criteria)) for row, short_by in near]
    return sorted(found, key=lambda each: (each.short_by, each.assessment.subject.sort_name))


def _short_by(rules: RuleSet, row: Assessment) -> Decimal | None:
    """How many points it lacks; None where no total passes."""
    passing = [band.least for band in rules.bands if band.passes and band.area in (None, row.area)]
    if not passing or row.total is None:
        return None
    return max(Decimal(0), min(passing) - row.total)


def _most_lost(answers: Mapping, criteria: Mapping[str, Criterion]) -> tuple[Criterion | None, Decimal]:
    lost = {
        code: Decimal(criterion.max_points) - Decimal(answers[code].get("points") or 0)
        for code, criterion in criteria.items()
        if criterion.max_points and code in answers
    }
    if not lost:
        return None, Decimal(0)
    code = max(lost, key=lost.get)
    return criteria[code], lost[code]
