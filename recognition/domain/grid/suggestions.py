"""What a cell of the grid may be filled with at once, so that only changes are asked: shown pale, and an answer only once
somebody has taken it over as their own."""

from collections.abc import Iterable, Mapping, Sequence

from recognition.domain.scoring import MalformedSheet, RuleSet, read_answer
from recognition.domain.sheets import answers_of, criteria_by_code
from recognition.enums import AssessmentState, Stage, TargetKind
from recognition.models import Assessment

from .cells import cell_text

NOTHING_SAID_YET = (AssessmentState.DRAFT, AssessmentState.REGISTERED)
Suggested = dict[int, dict[str, str]]


def suggestions(rows: Sequence[Assessment], user, stage: Stage, rules: RuleSet) -> Suggested:
    """By assessment and code: for the verifier the own sheet, else what counted for the same subject the last time.
    What would be no answer by the rules of today is left out."""
    if stage == Stage.VERIFIER:
        own = answers_of(rows, Stage.SELF)
        return {row.pk: _lines(rules, own[row.pk]) for row in rows}
    return _of_last_time(rows, user, rules)


def _of_last_time(rows: Sequence[Assessment], user, rules: RuleSet) -> Suggested:
    last = _last_assessments(rows, user)
    counted, kept = answers_of(list(last.values())), _kept_criteria(rows, last.values())
    found: Suggested = {row.pk: {} for row in rows}
    for row in rows:
        if before := last.get(row.subject_id):
            same = kept[before.round.criteria_set_id]
            answers = {same[code]: said for code, said in counted[before.pk].items() if code in same}
            found[row.pk] = _lines(rules, answers, left_out=TargetKind.TREND)
    return found


def _last_assessments(rows: Sequence[Assessment], user) -> dict[int, Assessment]:
    """By subject, its latest assessment of an earlier year that came as far as a sheet."""
    if not rows:
        return {}
    round = rows[0].round
    earlier = Assessment.objects.visible_to(user).live().exclude(state__in=NOTHING_SAID_YET)
    earlier = earlier.filter(
        subject__in=[row.subject_id for row in rows],
        round__year__lt=round.year,
        round__subject_kind=round.subject_kind,
    )
    ordered = earlier.select_related("round__criteria_set").order_by("round__year", "pk")
    return {each.subject_id: each for each in ordered}


def _kept_criteria(rows: Sequence[Assessment], earlier: Iterable[Assessment]) -> Mapping[int, dict[str, str]]:
    """By earlier set, {its code: the code under which the set of today asks the same}."""
    sets = {each.round.criteria_set_id: each.round.criteria_set for each in earlier}
    if not sets:
        return {}
    today = criteria_by_code(rows[0].round.criteria_set).values()
    now = {(criterion.lineage, criterion.kind): criterion.code for criterion in today}
    return {
        pk: {
            code: now[criterion.lineage, criterion.kind]
            for code, criterion in criteria_by_code(criteria_set).items()
            if (criterion.lineage, criterion.kind) in now
        }
        for pk, criteria_set in sets.items()
    }


def _lines(
    rules: RuleSet, answers: Mapping[str, Mapping], left_out: TargetKind | None = None
) -> dict[str, str]:
    """`left_out`: the figures of two years are other figures a year later."""
    lines = {}
    for code, answer in answers.items():
        try:
            read_answer(rules, code, answer)
        except MalformedSheet:
            continue
        if rules.targets[code].kind != left_out:
            lines[code] = cell_text(rules.targets[code], answer)
    return lines
