"""The sheets of an assessment on a page: what each stage says, and the boxes of the one that the person fills in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.text import nfc

from ..display.criteria import DescribedCriterion, described, points_vi, said_in_words
from ..domain import sheets
from ..domain.filling_in import fill_in
from ..domain.published_rules import rules_of
from ..domain.scoring import MalformedSheet, Verdict, read_answer
from ..domain.sheets import STAGES, Unfinished
from ..enums import Stage
from ..models import Assessment, CriteriaGroup, Criterion, Evidence, Score
from ..permissions import PROVED_AT
from .answer_boxes import Box, answer_in, boxes, read_typed, typed_of

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """Between what a stage says and what counted before it: in words, and whether somebody has to say why."""

    words: str
    wide: bool


@dataclass(slots=True)
class Cell:
    """What one stage says to one criterion; with `boxes` it is the person's to fill in."""

    stage: Stage
    words: str = ""
    note: str = ""
    by: str = ""
    difference: Difference | None = None
    boxes: list[Box] = field(default_factory=list)
    error: str = ""

    @property
    def must_say_why(self) -> bool:
        council_changes = self.stage == Stage.COUNCIL
        return council_changes or bool(self.note or (self.difference and self.difference.wide))


@dataclass(frozen=True, slots=True)
class Row:
    criterion: DescribedCriterion
    cells: list[Cell]
    proofs: list[Evidence]

    @property
    def code(self) -> str:
        return self.criterion.criterion.code


@dataclass(frozen=True, slots=True)
class Group:
    group: CriteriaGroup
    points: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sheet comes to, as it is shown and sent to the page: `state` is "passed", "failed" or "unfinished"."""

    state: str
    words: str
    total: str
    reasons: list[str]
    vetoed: bool
    groups: Mapping[str, str]

    @classmethod
    def of(cls, found: Verdict | Unfinished) -> "Standing":
        total = "" if found.total is None else points_vi(found.total)
        groups = {code: points_vi(points) for code, points in found.groups.items()}
        if isinstance(found, Unfinished):
            return cls("unfinished", _("Not complete yet"), total, [str(found)], False, groups)
        words = found.result or (_("Passes") if found.passed else _("Does not pass"))
        state = "passed" if found.passed else "failed"
        return cls(state, words, total, list(found.reasons), bool(found.vetoes), groups)


class SheetForm:
    """`stage`: the sheet that the person may fill in, None to read all; `shown`: the stages on the page; `data`: what was sent.

    After `read`: `answers` and `notes` by code of what can be taken as it is, `errors` by code of what cannot.
    """

    def __init__(self, assessment: Assessment, stage: Stage | None, data=None, shown=STAGES):
        self.assessment, self.stage, self.shown = assessment, stage, shown
        self.rules = rules_of(assessment.round.criteria_set)
        self.pairs = sheets.side_by_side(assessment)
        self.proofs = proofs_of(assessment)
        self.typed: dict[str, dict[str, str]] = {}
        self.notes: dict[str, str] = {}
        self.answers: dict[str, dict] = {}
        self.errors: dict[str, str] = {}
        if stage and data is not None:
            self._read(data)

    def _read(self, data) -> None:
        for code, target in self.rules.targets.items():
            self.typed[code] = read_typed(target, data)
            self.notes[code] = " ".join(nfc(data.get(f"{code}-note", "")).split())[:LONGEST_NOTE]
            try:
                answer = answer_in(target, self.typed[code])
                if answer:
                    read_answer(self.rules, code, answer)
                self.answers[code] = answer
            except MalformedSheet as error:
                self.errors[code] = str(error)

    def save(self, user) -> bool:
        """Write what can be taken. -> was it all of it? What cannot keeps its boxes as they were typed."""
        if self.stage == Stage.COUNCIL:
            self._ask_the_council_why()
        stored = {criterion.code: scores.get(self.stage) for criterion, scores in self.pairs}
        changed = {
            code: answer
            for code, answer in self.answers.items()
            if code not in self.errors and self._is_changed(code, answer, stored[code])
        }
        fill_in(self.assessment, self.stage, changed, user, notes=self.notes)
        self.pairs = sheets.side_by_side(self.assessment)
        return not self.errors

    def _is_changed(self, code: str, answer: Mapping, stored: Score | None) -> bool:
        if stored is None:
            return bool(answer)
        return stored.said != answer or stored.note != self.notes[code]

    def _ask_the_council_why(self) -> None:
        before = sheets.answers_of([self.assessment], Stage.VERIFIER)[self.assessment.pk]
        for code, answer in self.answers.items():
            if answer and answer != before.get(code) and not self.notes[code]:
                self.errors[code] = _("%(code)s: write why the council decides otherwise.") % {"code": code}

    @cached_property
    def standing(self) -> Standing:
        """What the sheets shown come to with what was typed, or as they are stored."""
        if self.typed:
            return Standing.of(sheets.preview(self.assessment, self.stage, self.answers))
        if Stage.COUNCIL not in self.shown:
            last = self.shown[-1]
            said = {criterion.code: scores[last].said for criterion, scores in self.pairs if last in scores}
            return Standing.of(sheets.preview(self.assessment, last, said))
        return Standing.of(next(found for _row, found in sheets.verdicts([self.assessment])))

    @property
    def may_prove(self) -> bool:
        """Does who fills it in add evidence too?"""
        return self.stage in PROVED_AT

    @property
    def groups(self) -> list[Group]:
        by_group = groupby(self.pairs, key=lambda pair: pair[0].group)
        points = self.standing.groups
        return [
            Group(group, points.get(group.code, ""), [self._row(*pair) for pair in pairs])
            for group, pairs in by_group
        ]

    @property
    def differences(self) -> dict[str, Difference]:
        """By code, of the sheet that is being filled in."""
        found = {
            criterion.code: self._cells(criterion, scores)[self.stage].difference
            for criterion, scores in self.pairs
        }
        return {code: difference for code, difference in found.items() if difference}

    def _row(self, criterion: Criterion, scores: Mapping[str, Score]) -> Row:
        cells = self._cells(criterion, scores)
        shown = [cells[stage] for stage in self.shown]
        return Row(described(criterion), shown, self.proofs.get(criterion.pk, []))

    def _cells(self, criterion: Criterion, scores: Mapping[str, Score]) -> dict[Stage, Cell]:
        cells, before = {}, None
        for stage in STAGES:
            score = scores.get(stage)
            said = self._said(criterion.code, stage, score)
            cell = Cell(stage, difference=difference(before, said))
            if said:
                cell.words = said_in_words(said, criterion)
            if score:
                cell.note, cell.by = score.note, score.by.full_name if score.by else ""
            if stage == self.stage:
                self._open(cell, criterion.code, said)
            cells[stage], before = cell, said or before
        return cells

    def _said(self, code: str, stage: Stage, score: Score | None) -> dict | None:
        if stage == self.stage and code in self.answers:
            return self.answers[code]
        return score.said if score else None

    def _open(self, cell: Cell, code: str, said: Mapping | None) -> None:
        typed = self.typed[code] if code in self.errors else typed_of(said)
        cell.boxes = boxes(self.rules.targets[code], typed)
        cell.note, cell.error = self.notes.get(code, cell.note), self.errors.get(code, "")


def proofs_of(assessment: Assessment) -> dict[int, list[Evidence]]:
    """The pieces of evidence by criterion."""
    found: dict[int, list[Evidence]] = {}
    for piece in assessment.evidence.select_related("file").order_by("pk"):
        found.setdefault(piece.criterion_id, []).append(piece)
    return found


def difference(before: Mapping | None, said: Mapping | None) -> Difference | None:
    if not before or not said or before == said:
        return None
    if "points" not in before or "points" not in said:
        return Difference(_("says something else"), True)
    apart = Decimal(said["points"]) - Decimal(before["points"])
    points = {"points": points_vi(abs(apart))}
    words = _("%(points)s points more") if apart > 0 else _("%(points)s points fewer")
    return Difference(words % points, abs(apart) >= sheets.WIDE) if apart else None
