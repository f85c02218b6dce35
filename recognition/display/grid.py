"""The grid of a village as a page shows it: the rows of the plain form, and the same as data for its script."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.text import fold, format_number_vi

from ..domain.grid.cells import choices, example
from ..domain.grid.saving import CellState, Outcome, Saved
from ..domain.grid.village import Cell, Column, Grid, Row
from ..enums import Stage
from ..models import Assessment
from .criteria import described


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the plain form. `error`: why what was typed was not saved; the typed text stays in it."""

    name: str
    label: str
    code: str
    value: str
    suggestion: str
    note_name: str
    note: str
    asks_why: bool
    error: str

    @property
    def id(self) -> str:
        return f"id_{self.name.replace('.', '_')}"


@dataclass(frozen=True, slots=True)
class Line:
    row: Row
    fields: list[Field]
    standing: Mapping

    @property
    def may_take_over(self) -> bool:
        return bool(self.row.allowed) and any(each.suggestion for each in self.fields)

    @property
    def errors(self) -> list[Field]:
        return [each for each in self.fields if each.error]


def lines(grid: Grid, rows: Iterable[Row], outcome: Outcome | None = None) -> Iterator[Line]:
    trouble = {(each.change.row, each.change.code): each for each in (outcome or Outcome()).cells}
    for row in rows:
        pk = row.assessment.pk
        fields = [_field(row, column, trouble.get((pk, column.code))) for column in grid.columns]
        yield Line(row, fields, standing(row.assessment))


def _field(row: Row, column: Column, saved: Saved | None) -> Field:
    cell, place = row.cells[column.code], f"{row.assessment.pk}-{column.code}"
    failed = saved is not None and saved.state != CellState.SAVED
    return Field(
        name=f"cell-{place}",
        label=f"{row.assessment.subject}, {column.code}",
        code=column.code,
        value=saved.change.text if failed else cell.text,
        suggestion=cell.suggestion,
        note_name=f"note-{place}",
        note=(saved.change.note or "") if failed else cell.note,
        asks_why=cell.apart or bool(cell.note),
        error=_trouble(saved) if failed else "",
    )


def _trouble(saved: Saved) -> str:
    if saved.state == CellState.CONFLICT:
        return _("%(reason)s It says “%(text)s” now.") % {"reason": saved.reason, "text": saved.text}
    return saved.reason


def standing(row: Assessment) -> dict:
    """What the stored verdict says of a sheet, for a page and for its script."""
    words = {True: _("passes"), False: _("does not pass yet"), None: _("not complete")}
    return {
        "row": row.pk,
        "total": "" if row.total is None else format_number_vi(_plain(row.total)),
        "passed": row.passed,
        "verdict": row.result or words[row.passed],
        "reasons": row.reasons,
    }


def _plain(total):
    return int(total) if total == int(total) else total


def column_data(column: Column) -> dict:
    criterion, target = column.criterion, column.target
    return {
        "code": column.code,
        "text": criterion.text,
        "kind": target.kind,
        "most": target.max_points,
        "asks": described(criterion).requirements,
        "appliesIf": criterion.applies_if,
        "mayNotApply": target.conditional and target.max_points is None,
        "choices": choices(target),
        "example": example(target),
    }


def grid_data(grid: Grid, user) -> dict:
    """Everything that the script draws the grid from; cells in the order of the columns."""
    return {
        "user": user.pk,
        "round": grid.round.pk,
        "village": grid.village.pk,
        "stage": grid.stage,
        "title": f"{grid.village} · {grid.round}",
        "address": reverse("recognition:assessment", args=[0]),
        "asksWhy": grid.stage == Stage.VERIFIER,
        "columns": [column_data(column) for column in grid.columns],
        "rows": [_row_data(row) for row in grid.rows],
    }


def _row_data(row: Row) -> dict:
    cells = list(row.cells.values())
    return {
        **standing(row.assessment),
        "name": str(row.assessment.subject),
        "folded": fold(str(row.assessment.subject)),
        "state": row.assessment.get_state_display(),
        "why": row.allowed.reason,
        "cells": [cell.text for cell in cells],
        "suggested": [cell.suggestion for cell in cells],
        "notes": {column: _note(cell) for column, cell in row.cells.items() if cell.note or cell.apart},
    }


def _note(cell: Cell) -> dict:
    return {"note": cell.note, "apart": cell.apart}


def saved_data(saved: Saved) -> dict:
    """What the script is told of one change."""
    return {
        "row": saved.change.row,
        "code": saved.change.code,
        "state": saved.state,
        "text": saved.text,
        "note": saved.note,
        "reason": saved.reason,
        "by": saved.by,
        "apart": saved.apart,
    }


def seen_data(rows: Iterable[Row]) -> dict:
    """What the plain form says each cell said when it was shown; empty cells are left out."""
    return {
        row.assessment.pk: {
            code: [cell.text, cell.note] for code, cell in row.cells.items() if cell.text or cell.note
        }
        for row in rows
        if row.allowed
    }
