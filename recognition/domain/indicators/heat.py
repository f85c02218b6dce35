"""How far each criterion is reached, by village or commune, out of the sheets as they stand."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from recognition.domain import sheets
from recognition.domain.published_rules import rules_of
from recognition.domain.scoring import Verdict
from recognition.enums import ScoringModel, Stage
from recognition.models import Assessment, CriteriaSet, Criterion, Score

VERIFIED = Q(assessment__verified_at__isnull=False)
# The sheet that is whole: the verifier's once it is signed, else the own one. What a later stage says beside it is a
# correction: few rows, looked up one by one.
WHOLE_SHEET = Q(VERIFIED, stage=Stage.VERIFIER) | Q(~VERIFIED, stage=Stage.SELF)
CORRECTIONS = Q(stage=Stage.COUNCIL) | Q(~VERIFIED, stage=Stage.VERIFIER)

Key = tuple[int, int]  # place or commune, criterion


@dataclass(frozen=True, slots=True)
class Heat:
    """`reached` of `most`: points, or in a set without points how many meet the target. `sheets`: how many answer it."""

    reached: Decimal
    most: Decimal
    sheets: int

    @property
    def share(self) -> Decimal:
        return self.reached / self.most if self.most else Decimal(0)

    @property
    def percent(self) -> int:
        return int(self.share * 100)

    @property
    def level(self) -> int:
        """1 to 5, for its shade."""
        return min(5, int(self.share * 5) + 1)


def heat_map(
    assessments: QuerySet[Assessment], criteria_set: CriteriaSet, by: str = "place"
) -> dict[Key, Heat]:
    """`assessments`: of rounds with this set, already what the person may see. `by`: "place" or "commune"."""
    if criteria_set.scoring_model == ScoringModel.ALL_TARGETS_MET:
        return _by_targets(assessments, criteria_set, by)
    scores = Score.objects.filter(assessment__in=assessments.order_by(), points__isnull=False).order_by()
    place = f"assessment__{by}"
    whole = scores.filter(WHOLE_SHEET).values_list(place, "criterion")
    sums: dict[Key, list] = defaultdict(lambda: [Decimal(0), Decimal(0), 0])
    for key_place, criterion, *numbers in whole.annotate(
        reached=Sum("points"), most=Sum("max_points"), sheets=Count("pk")
    ):
        sums[key_place, criterion] = numbers
    for key_place, criterion, points, before, most in _corrections(scores, place):
        found = sums[key_place, criterion]
        found[0] += points - (before or 0)
        if before is None:
            found[1], found[2] = found[1] + most, found[2] + 1
    return {
        key: Heat(Decimal(reached), Decimal(most), number) for key, (reached, most, number) in sums.items()
    }


def _corrections(scores: QuerySet[Score], place: str):
    """(place, criterion, points, points of the whole sheet or None, most) of what a later stage says."""
    beside = Score.objects.filter(
        WHOLE_SHEET, assessment=OuterRef("assessment"), criterion=OuterRef("criterion"), points__isnull=False
    )
    rows = scores.filter(CORRECTIONS).annotate(before=Subquery(beside.values("points")[:1]))
    return rows.values_list(place, "criterion", "points", "before", "max_points")


def _by_targets(assessments: QuerySet[Assessment], criteria_set: CriteriaSet, by: str) -> dict[Key, Heat]:
    """Sets whose targets are met or not have few subjects: each sheet is judged."""
    rows = list(assessments.select_related("round__criteria_set", "previous_award"))
    criteria = {code: each.pk for code, each in sheets.criteria_by_code(criteria_set).items()}
    counted: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for row, found in sheets.verdicts(rows):
        if isinstance(found, Verdict):
            for code, is_met in found.met.items():
                cell = counted[getattr(row, f"{by}_id"), criteria[code]]
                cell[0], cell[1] = cell[0] + is_met, cell[1] + 1
    return {key: Heat(Decimal(met), Decimal(number), number) for key, (met, number) in counted.items()}


def by_criterion(cells: Mapping[Key, Heat]) -> dict[int, Heat]:
    """All places together."""
    sums: dict[int, Heat] = {}
    for (_place, criterion), heat in cells.items():
        known = sums.get(criterion, Heat(Decimal(0), Decimal(0), 0))
        sums[criterion] = Heat(
            known.reached + heat.reached, known.most + heat.most, known.sheets + heat.sheets
        )
    return sums


def stale_totals(assessments: QuerySet[Assessment]) -> list[int]:
    """Those whose stored total is not the sum of their sheet as it stands; of sets of points that need no evidence.

    Recomputed in the database, sheet by sheet: two queries, however many there are.
    """
    scores = Score.objects.filter(assessment__in=assessments.order_by(), points__isnull=False).order_by()
    totals = dict(scores.filter(WHOLE_SHEET).values_list("assessment").annotate(total=Sum("points")))
    for pk, _criterion, points, before, _most in _corrections(scores, "assessment"):
        totals[pk] = totals.get(pk, Decimal(0)) + points - (before or 0)
    stored = assessments.order_by().values_list("pk", "total").iterator(chunk_size=5000)
    return [pk for pk, total in stored if total != totals.get(pk)]


def recompute(assessments: QuerySet[Assessment], criteria_set: CriteriaSet) -> int:
    """Judge anew every sheet whose total is stale. -> how many."""
    rules = rules_of(criteria_set)
    rows = assessments.select_related("round__criteria_set", "previous_award", "subject")
    if rules.model != ScoringModel.ALL_TARGETS_MET and not rules.needs_evidence:
        rows = rows.filter(pk__in=stale_totals(assessments))
    found = list(rows)
    sheets.judge(found)
    return len(found)


def criteria_in_order(criteria_set: CriteriaSet) -> list[Criterion]:
    return list(
        Criterion.objects.filter(group__criteria_set=criteria_set)
        .annotate(first=F("group__position"))
        .order_by("first", "position")
    )
