"""The sheets of an assessment: its own, the verifier's, the council's; what they come to together.

A later sheet counts before an earlier one, criterion by criterion: the council fills in only what it changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from recognition.enums import Stage
from recognition.models import Assessment, CriteriaSet, Criterion, EvidenceCover, Score, Subject

from .published_rules import rules_of
from .scoring import MalformedSheet, RuleSet, Verdict, read_answer, read_sheet, verdict
from .validity import months_between

Answers = Mapping[str, Mapping[str, object]]
STAGES = (Stage.SELF, Stage.VERIFIER, Stage.COUNCIL)
WIDE = (
    2  # points between two sheets from which on somebody has to say why (recognition_design, state machine)
)
BATCH = 2000


def put(
    assessment: Assessment, stage: Stage, answers: Answers, user, *, notes: Mapping[str, str] | None = None
) -> None:
    """Write answers of one stage and judge the sheet anew; what is not among them stays as it was. An answer {} is taken back.

    `answers`: by code, in the shape of `read_sheet`; `notes`: by code, why it differs. Raises MalformedSheet with a sentence, and
    then nothing is written. Whether the person may is `permissions.may_fill_in`.
    """
    put_all(stage, [(assessment, answers)], user, notes={assessment.pk: notes or {}})


@transaction.atomic
def put_all(
    stage: Stage,
    sheets: Sequence[tuple[Assessment, Answers]],
    user,
    *,
    notes: Mapping[int, Mapping[str, str]] | None = None,
) -> None:
    """`put` for the sheets of many assessments in as many queries as for one. `notes`: by assessment and code."""
    sets = {row.round.criteria_set_id: row.round.criteria_set for row, _answers in sheets}
    rules = {pk: rules_of(criteria_set) for pk, criteria_set in sets.items()}
    criteria = {pk: criteria_by_code(criteria_set) for pk, criteria_set in sets.items()}
    written, taken_back = [], set()
    for row, answers in sheets:
        of_set, said = row.round.criteria_set_id, (notes or {}).get(row.pk, {})
        if stage == Stage.COUNCIL:
            answers = _changes(row, answers, said)
        for code, answer in answers.items():
            if answer:
                read_answer(rules[of_set], code, answer)
                written.append(_score(row, stage, criteria[of_set][code], answer, said.get(code, ""), user))
            elif code in criteria[of_set]:
                taken_back.add((row.pk, criteria[of_set][code].pk))
    _take_back(stage, taken_back)
    Score.objects.bulk_create(
        written,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assessment", "stage", "criterion"],
        update_fields=["points", "max_points", "answer", "na_reason", "note", "by", "at"],
    )
    judge([row for row, _answers in sheets])


def _take_back(stage: Stage, pairs: set[tuple[int, int]]) -> None:
    """`pairs`: (assessment, criterion)."""
    if not pairs:
        return
    of_these = Score.objects.filter(stage=stage, assessment__among={row for row, _criterion in pairs})
    found = of_these.values_list("pk", "assessment", "criterion")
    Score.objects.filter(pk__among=[pk for pk, *pair in found if tuple(pair) in pairs]).delete()


def _changes(assessment: Assessment, answers: Answers, notes: Mapping[str, str]) -> Answers:
    """What the council decides otherwise than the sheets before it; each of it needs a note. The rest is taken back."""
    before = answers_of([assessment], Stage.VERIFIER)[assessment.pk]
    changed = {code: answer if answer != before.get(code) else {} for code, answer in answers.items()}
    if silent := [code for code, answer in changed.items() if answer and not notes.get(code, "").strip()]:
        raise MalformedSheet(
            _("%(codes)s: write why the council decides otherwise.") % {"codes": ", ".join(silent)}
        )
    return changed


def criteria_by_code(criteria_set: CriteriaSet) -> dict[str, Criterion]:
    criteria = Criterion.objects.filter(group__criteria_set=criteria_set)
    return {
        each.code: each for each in criteria.select_related("group").order_by("group__position", "position")
    }


def _score(assessment, stage, criterion: Criterion, answer: Mapping, note: str, user) -> Score:
    said = {key: value for key, value in answer.items() if key != "evidence"}
    return Score(
        assessment=assessment,
        stage=stage,
        criterion=criterion,
        max_points=criterion.max_points,
        points=said.get("points"),
        na_reason=said.get("na", ""),
        answer=None if "points" in said or "na" in said else said,
        note=note,
        by=user,
        at=timezone.now(),
    )


def answers_of(rows: Sequence[Assessment], upto: Stage = Stage.COUNCIL) -> dict[int, dict[str, dict]]:
    """{assessment: {code: what counts}} of the stages up to `upto`; one query."""
    counted = STAGES[: STAGES.index(upto) + 1]
    found: dict[int, dict[str, dict]] = {row.pk: {} for row in rows}
    scores = Score.objects.filter(assessment__among=list(found), stage__in=counted)
    by_stage = defaultdict(list)
    for score in scores.select_related("criterion"):
        by_stage[score.stage].append(score)
    for stage in counted:
        for score in by_stage[stage]:
            found[score.assessment_id][score.criterion.code] = score.said
    return found


def judge(rows: Sequence[Assessment]) -> None:
    """Write the verdict on each sheet as it stands, with its reasons in Vietnamese. An incomplete one has a total so far and
    the reason why it cannot be judged."""
    for row, found in verdicts(rows):
        if isinstance(found, Verdict):
            row.total, row.passed, row.result = found.total, found.passed, found.result or ""
            row.vetoes, row.reasons = list(found.vetoes), list(found.reasons)
        else:
            row.total, row.passed, row.result, row.vetoes = found.total, None, "", []
            row.reasons = [str(found)]
    Assessment.objects.bulk_update(rows, ["total", "passed", "result", "vetoes", "reasons"], batch_size=BATCH)


class Unfinished(MalformedSheet):
    """A sheet that cannot be judged yet; `total`: the sum of its points so far, None in a set without points; `groups`: by
    group."""

    def __init__(self, sentence: str, rules: RuleSet, given: Answers):
        super().__init__(sentence)
        points = {code: each["points"] for code, each in given.items() if "points" in each}
        self.total = sum(points.values()) if points else None
        self.groups = {
            group: sum(points.get(code, 0) for code in codes)
            for group, codes in rules.groups.items()
            if points
        }


def verdicts(rows: Sequence[Assessment]) -> Iterator[tuple[Assessment, Verdict | Unfinished]]:
    answers, rules = answers_of(rows), _rules_for(rows)
    covered = _covered(rows, rules)
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows:
            yield row, _judged(row, answers[row.pk], rules[row.round_id], covered)


def preview(row: Assessment, stage: Stage, answers: Answers) -> Verdict | Unfinished:
    """What it would come to if the sheet of that stage held just these answers; nothing is written."""
    rules, position = rules_of(row.round.criteria_set), STAGES.index(stage)
    before = answers_of([row], STAGES[position - 1])[row.pk] if position else {}
    given = before | {code: answer for code, answer in answers.items() if answer}
    return _judged(row, given, rules, _covered([row], {row.round_id: rules}))


def _judged(row: Assessment, given: Answers, rules: RuleSet, covered) -> Verdict | Unfinished:
    try:
        return verdict(rules, read_sheet(rules, sheet_of(row, given, rules, covered)))
    except MalformedSheet as error:
        return Unfinished(str(error), rules, given)


def sheet_of(row: Assessment, answers: Answers, rules: RuleSet, covered: set[tuple[int, str]]) -> dict:
    """What `read_sheet` takes. `covered`: (assessment, code) for which there is evidence."""
    sheet = {
        "answers": {
            code: {**answer, "evidence": not rules.needs_evidence or (row.pk, code) in covered}
            for code, answer in answers.items()
        },
        "level": row.level or None,
        "months_since_previous": _months(row),
    }
    return {**sheet, "area": row.area} if row.area else sheet


def _months(row: Assessment) -> int | None:
    if row.previous_award is None:
        return None
    return months_between(row.previous_award.decision_date, timezone.localdate())


def _rules_for(rows: Sequence[Assessment]) -> dict[int, RuleSet]:
    """By round; each set is read and proved unchanged once."""
    sets = {row.round_id: row.round.criteria_set for row in rows}
    by_set = {each.pk: rules_of(each) for each in sets.values()}
    return {round_pk: by_set[each.pk] for round_pk, each in sets.items()}


def _covered(rows: Sequence[Assessment], rules: Mapping[int, RuleSet]) -> set[tuple[int, str]]:
    asked = [row.pk for row in rows if rules[row.round_id].needs_evidence]
    covers = EvidenceCover.objects.filter(assessment__among=asked)
    return set(covers.values_list("assessment", "evidence__criterion__code"))


def problems(rows: Sequence[Assessment], stage: Stage) -> Iterator[tuple[Assessment, str]]:
    """Those whose sheet of this stage alone lacks an answer or does not fit its set, with a sentence."""
    rules = _rules_for(rows)
    given = _alone(rows, stage)
    Subject.objects.attach_to(rows)  # each sentence begins with its name
    for row in rows:
        of_set = rules[row.round_id]
        try:
            read_sheet(of_set, sheet_of(row, given[row.pk], of_set, set()))
        except MalformedSheet as error:
            yield row, f"{row.subject}: {error}"


def unexplained(rows: Sequence[Assessment]) -> Iterator[tuple[Assessment, list[str]]]:
    """Those with criteria on which own sheet and verifier's are wide apart without a note."""
    scores = Score.objects.filter(
        assessment__among=[row.pk for row in rows], stage__in=[Stage.SELF, Stage.VERIFIER]
    )
    pairs = defaultdict(dict)
    for score in scores.select_related("criterion"):
        pairs[score.assessment_id, score.criterion.code][score.stage] = score
    missing = defaultdict(list)
    for (pk, code), pair in pairs.items():
        if (
            len(pair) == 2
            and wide_apart(pair[Stage.SELF], pair[Stage.VERIFIER])
            and not pair[Stage.VERIFIER].note
        ):
            missing[pk].append(code)
    yield from ((row, sorted(missing[row.pk])) for row in rows if row.pk in missing)


def wide_apart(first: Score, second: Score) -> bool:
    """Do two stages differ so much that somebody should say why?"""
    if first.points is not None and second.points is not None:
        return abs(first.points - second.points) >= WIDE
    return first.said != second.said


@transaction.atomic
def agree(rows: Sequence[Assessment], user) -> None:
    """The verifier agrees with the own sheet wherever nothing was filled in yet."""
    filled_in = set(
        Score.objects.filter(assessment__among=[row.pk for row in rows], stage=Stage.VERIFIER).values_list(
            "assessment", "criterion"
        )
    )
    own = Score.objects.filter(assessment__among=[row.pk for row in rows], stage=Stage.SELF)
    copies = [
        _copy(score, user) for score in own if (score.assessment_id, score.criterion_id) not in filled_in
    ]
    Score.objects.bulk_create(copies, batch_size=BATCH)


def _copy(score: Score, user) -> Score:
    score.pk, score._state.adding = None, True
    score.stage, score.note, score.by = Stage.VERIFIER, "", user
    return score


def _alone(rows: Sequence[Assessment], stage: Stage) -> dict[int, dict[str, dict]]:
    found: dict[int, dict[str, dict]] = {row.pk: {} for row in rows}
    for score in Score.objects.filter(assessment__among=list(found), stage=stage).select_related("criterion"):
        found[score.assessment_id][score.criterion.code] = score.said
    return found


def side_by_side(assessment: Assessment) -> list[tuple[Criterion, dict[str, Score]]]:
    """Every criterion of the set in order, with what each stage said to it."""
    by_criterion = defaultdict(dict)
    for score in assessment.scores.select_related("by"):
        by_criterion[score.criterion_id][score.stage] = score
    criteria = criteria_by_code(assessment.round.criteria_set).values()
    return [(criterion, by_criterion[criterion.pk]) for criterion in criteria]
