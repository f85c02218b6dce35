"""What the grid of a village shows: its subjects by its criteria, and what each cell may be filled with at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.accounts.permissions import Allowed
from portal.places.models import Place
from recognition.domain.published_rules import rules_of
from recognition.domain.scoring import RuleSet
from recognition.domain.scoring.rules import Target
from recognition.domain.sheets import criteria_by_code, wide_apart
from recognition.enums import Stage
from recognition.models import Assessment, Criterion, Round, Score
from recognition.permissions import may_fill_in_each

from .cells import cell_text
from .suggestions import suggestions


@dataclass(frozen=True, slots=True)
class Column:
    criterion: Criterion
    target: Target

    @property
    def code(self) -> str:
        return self.target.code


@dataclass(frozen=True, slots=True)
class Cell:
    """`text`: what this stage says; `suggestion`: what is taken over with one key; `apart`: so far from the own sheet that
    somebody has to say why, in `note`."""

    text: str = ""
    note: str = ""
    suggestion: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    assessment: Assessment
    cells: Mapping[str, Cell]
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class Grid:
    round: Round
    village: Place
    stage: Stage
    rules: RuleSet
    columns: Sequence[Column]
    rows: Sequence[Row] = field(default_factory=tuple)


def rows_of(user, round: Round, village: Place):
    """The assessments of the village that the person may see and that take part, by name."""
    visible = Assessment.objects.visible_to(user).live().filter(round=round, place=village)
    return visible.select_related("round__criteria_set", "subject", "previous_award", "commune")


def grid_of(user, round: Round, village: Place, stage: Stage) -> Grid:
    """In as many queries for sixty subjects as for one. Raises what `rules_of` raises."""
    rows = list(rows_of(user, round, village))
    rules = rules_of(round.criteria_set)
    criteria = criteria_by_code(round.criteria_set)
    allowed = may_fill_in_each(user, rows, stage)
    said, suggested = scores_of(rows), suggestions(rows, user, stage, rules)
    return Grid(
        round,
        village,
        stage,
        rules,
        [Column(criteria[code], target) for code, target in rules.targets.items()],
        [
            Row(row, dict(_cells(rules, stage, said, suggested[row.pk], row.pk)), allowed[row.pk])
            for row in rows
        ],
    )


Said = Mapping[tuple[int, str, str], Score]


def scores_of(rows: Sequence[Assessment]) -> Said:
    """Own sheets and those of the verifier, by assessment, stage and code."""
    scores = Score.objects.filter(
        assessment__in=[row.pk for row in rows], stage__in=[Stage.SELF, Stage.VERIFIER]
    )
    return {
        (each.assessment_id, each.stage, each.criterion.code): each
        for each in scores.select_related("criterion", "by")
    }


def _cells(
    rules: RuleSet, stage: Stage, said: Said, suggested: Mapping[str, str], row: int
) -> Iterator[tuple[str, Cell]]:
    for code, target in rules.targets.items():
        score = said.get((row, stage, code))
        if score is None:
            yield code, Cell(suggestion=suggested.get(code, ""))
        else:
            yield code, Cell(cell_text(target, score.said), score.note, "", is_apart(said, stage, row, code))


def is_apart(said: Said, stage: Stage, row: int, code: str) -> bool:
    pair = [said.get((row, each, code)) for each in (Stage.SELF, Stage.VERIFIER)]
    return stage == Stage.VERIFIER and all(pair) and wide_apart(*pair)
