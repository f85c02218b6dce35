"""Saving cells of the grid: each with what its writer saw before, so that nobody overwrites another without knowing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from portal.places.models import Place
from recognition.domain import sheets
from recognition.domain.published_rules import rules_of
from recognition.domain.scoring import MalformedSheet, RuleSet
from recognition.enums import Stage
from recognition.models import Assessment, Round, Score
from recognition.permissions import may_fill_in_each

from .cells import cell_text, read_cell
from .suggestions import suggestions
from .village import is_apart, rows_of, scores_of

LONGEST_NOTE = Score._meta.get_field("note").max_length


class CellState(TextChoices):
    SAVED = "saved"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """`text` and `seen`: what the cell shall say, and what it said when it was changed; `note` None: as it is."""

    row: int
    code: str
    text: str
    seen: str
    note: str | None = None
    note_seen: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change. `text`, `note`: what the cell says now; `reason`: why not; `by`: who wrote what it says."""

    change: Change
    state: CellState
    text: str = ""
    note: str = ""
    reason: str = ""
    by: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`rows`: the assessments that were touched, judged anew."""

    cells: Sequence[Saved] = ()
    rows: Sequence[Assessment] = field(default_factory=tuple)

    def of(self, state: CellState) -> list[Saved]:
        return [each for each in self.cells if each.state == state]


@transaction.atomic
def save(user, round: Round, village: Place, stage: Stage, changes: Iterable[Change]) -> Outcome:
    """Write what can be written and say of every other change why not; in as many queries for hundreds as for one."""
    changes = list({(each.row, each.code): each for each in changes}.values())
    rows = _locked(user, round, village, {each.row for each in changes})
    rules, said = rules_of(round.criteria_set), scores_of(list(rows.values()))
    allowed = may_fill_in_each(user, list(rows.values()), stage)
    refused, answers, notes = [], defaultdict(dict), defaultdict(dict)
    for change in changes:
        score = said.get((change.row, stage, change.code))
        try:
            if change.row not in rows:
                raise MalformedSheet(_("It is not in this grid."))
            if not allowed[change.row]:
                raise MalformedSheet(allowed[change.row].reason)
            answer = _read(rules, change)
        except MalformedSheet as error:
            refused.append(_now(rules, change, CellState.REFUSED, score, reason=str(error)))
            continue
        if _changed_meanwhile(rules, change, score):
            reason = _("Somebody else has changed this cell meanwhile.")
            refused.append(_now(rules, change, CellState.CONFLICT, score, reason=reason))
            continue
        answers[change.row][change.code] = answer
        kept = score.note if score else ""
        notes[change.row][change.code] = kept if change.note is None else change.note
    sheets.put_all(stage, [(rows[row], given) for row, given in answers.items()], user, notes=notes)
    return Outcome([*_written(rows, rules, stage, changes, answers), *refused], list(rows.values()))


def _locked(user, round: Round, village: Place, pks: set[int]) -> dict[int, Assessment]:
    """Nobody else writes on these sheets, or moves them on, before we are done."""
    rows = rows_of(user, round, village).filter(pk__in=pks).select_for_update(of=("self",))
    return {row.pk: row for row in rows.order_by("pk")}


def _read(rules: RuleSet, change: Change) -> dict:
    if change.note is not None and len(change.note) > LONGEST_NOTE:
        raise MalformedSheet(
            _("%(code)s: at most %(most)s characters.") % {"code": change.code, "most": LONGEST_NOTE}
        )
    return read_cell(rules, change.code, change.text)


def _changed_meanwhile(rules: RuleSet, change: Change, score: Score | None) -> bool:
    """What is there already in the same words is no conflict: the answer to an earlier try may have been lost on the way."""
    target = rules.targets[change.code]
    text, note = (cell_text(target, score.said), score.note) if score else ("", "")
    wanted = cell_text(target, read_cell(rules, change.code, change.text))
    other_note = change.note is not None and note not in (change.note_seen, change.note)
    return text not in (change.seen, wanted) or other_note


def _now(rules: RuleSet, change: Change, state: CellState, score: Score | None, **values) -> Saved:
    """With what the cell says now, for who may see it: a row that is not in the grid has no score here."""
    if score is None:
        return Saved(change, state, **values)
    by = score.by.full_name if score.by else ""
    return Saved(
        change, state, cell_text(rules.targets[change.code], score.said), score.note, by=by, **values
    )


def _written(
    rows: Mapping[int, Assessment], rules: RuleSet, stage: Stage, changes: Iterable[Change], answers: Mapping
) -> Iterable[Saved]:
    said = scores_of([rows[row] for row in answers])
    for change in changes:
        if change.code in answers.get(change.row, ()):
            apart = is_apart(said, stage, change.row, change.code)
            score = said.get((change.row, stage, change.code))
            yield _now(rules, change, CellState.SAVED, score, apart=apart)


def take_over(user, round: Round, village: Place, stage: Stage, pks: Iterable[int] | None = None) -> Outcome:
    """Fill every empty cell of the village, or of these rows, with what is suggested for it, as the person's own entry."""
    rows = list(rows_of(user, round, village))
    allowed = may_fill_in_each(user, rows, stage)
    rows = [row for row in rows if allowed[row.pk] and (pks is None or row.pk in set(pks))]
    said = scores_of(rows)
    suggested = suggestions(rows, user, stage, rules_of(round.criteria_set))
    changes = [
        Change(row.pk, code, text, "")
        for row in rows
        for code, text in suggested[row.pk].items()
        if (row.pk, stage, code) not in said
    ]
    return save(user, round, village, stage, changes)
