"""`/can-bo/dot-xet/<pk>/luoi/<village>/`: the sheets of a village side by side, as a plain form and for its script."""

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.reach import archive_reached
from portal.cms.pagination import links, page_of
from portal.places.models import Place
from portal.text import fold

from ..display.grid import grid_data, lines, saved_data, seen_data, standing
from ..display.grid_words import words
from ..domain.grid.saving import CellState, Outcome, save, take_over
from ..domain.grid.village import Grid, grid_of, rows_of
from ..domain.published_rules import ChangedCriteria
from ..domain.workflow import Refused, move_those_possible
from ..domain.workflow.transitions import REGISTER, SUBMIT, VERIFY
from ..enums import Stage, SubjectKind
from ..forms.grid import changes_of_form, changes_of_json, versions_of_form
from ..models import Assessment, Round
from ..models.subject import READERS
from ..permissions import sheets_kept_by
from .rounds import readable_round, trail

PER_PAGE = 20  # subjects on a plain page; the script shows all of the village
STAGES = {"tu-cham": Stage.SELF, "tham-dinh": Stage.VERIFIER}
STEPS = {"register": REGISTER, "submit": SUBMIT, "verify": VERIFY}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose sheets of which village are on it. `stages`: between which ones the person may choose."""

    round: Round
    village: Place
    stage: Stage
    stages: list[Stage]

    @property
    def url(self) -> str:
        return grid_address(self.round, self.village, self.stage)

    @property
    def steps(self) -> list[str]:
        return ["register", "submit"] if self.stage == Stage.SELF else ["verify"]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def grid(request: HttpRequest, pk: int, village_pk: int) -> HttpResponse:
    desk = _desk(request, pk, village_pk, STAGES.get(request.GET.get("phieu", "")))
    if request.method == "POST":
        return _acted(request, desk)
    return _page(request, desk)


@require_POST
@never_cache
def grid_cells(request: HttpRequest, pk: int, village_pk: int) -> JsonResponse:
    """Cells as JSON, saved as they are typed; see `changes_of_json`. Every answer is JSON, refusals with a sentence."""
    if not request.user.is_authenticated:
        return _refused(401, _("You are signed out. Sign in again; what is unsent stays in this browser."))
    try:
        data, changes = changes_of_json(request.body)
        if data.get("user") != request.user.pk:
            raise PermissionDenied(_("Somebody else has signed in here. Please load the page again."))
        desk = _desk(request, pk, village_pk, Stage(data.get("stage")))
        outcome = save(request.user, desk.round, desk.village, desk.stage, changes)
    except (BadRequest, ValueError) as error:
        sentence = str(error) if isinstance(error, BadRequest) else _("There is no such sheet.")
        return _refused(400, sentence)
    except (PermissionDenied, ChangedCriteria) as error:
        return _refused(403, str(error))
    except Http404:
        return _refused(404, _("There is no such grid."))
    cells = [saved_data(each) for each in outcome.cells]
    return JsonResponse({"at": time.time(), "cells": cells, "rows": [standing(row) for row in outcome.rows]})


@require_safe
def grid_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens the grid without a connection. It lies here because it may only watch over addresses below
    its own: those of the officers' corner, signing in and out among them."""
    script = Path(finders.find("js/grid-offline.js")).read_text("utf-8")
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"detail": sentence}, status=status)


def _desk(request: HttpRequest, pk: int, village_pk: int, stage: Stage | None) -> Desk:
    """Raises Http404 for a round or a village that no role of the person reaches, PermissionDenied for a sheet that is not
    theirs to fill in."""
    user = request.user
    round = readable_round(request, pk)
    reached = archive_reached(user, READERS).order_by()
    village = get_object_or_404(
        Place.objects.filter(pk__in=reached.values("pk")).with_versions(), pk=village_pk
    )
    stages = sheets_kept_by(user, village)
    stage = stage or (stages[0] if stages else Stage.SELF)
    if stage not in stages:
        raise PermissionDenied(_("These sheets are not yours to fill in."))
    return Desk(round, village, stage, stages)


def _acted(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was typed is saved first, whatever button was pressed; then the step is taken with all that can."""
    user, action = request.user, request.POST.get("action", "save")
    versions = versions_of_form(request.POST)
    outcome = save(user, desk.round, desk.village, desk.stage, changes_of_form(request.POST))
    count = len(outcome.of(CellState.SAVED))
    if (rows := _to_take_over(action)) is not None:
        taken = take_over(user, desk.round, desk.village, desk.stage, rows or None)
        count += len(taken.of(CellState.SAVED))
    if count:
        messages.success(request, ngettext("%(n)s cell saved.", "%(n)s cells saved.", count) % {"n": count})
    refusals = []
    if action in desk.steps:
        refusals = _swept(request, desk, action, versions, outcome)
    if refusals or len(outcome.of(CellState.SAVED)) < len(outcome.cells):
        return _page(request, desk, outcome, refusals)
    if not count and action == "save":
        messages.info(request, _("Nothing was changed."))
    return redirect(request.get_full_path())


def _to_take_over(action: str) -> list[int] | None:
    """The row of the button, none for the whole village; None when another button was pressed."""
    name, colon, row = action.partition(":")
    if name != "take-over":
        return None
    is_row = row.isascii() and row.isdigit() and len(row) < 19
    return [int(row) if is_row else 0] if colon else []


def _swept(request: HttpRequest, desk: Desk, name: str, versions: dict[int, int], outcome: Outcome):
    """-> [(assessment, why it was not taken along)]."""
    troubled = {each.change.row: each.reason for each in outcome.cells if each.state != CellState.SAVED}
    rows = [
        row for row in rows_of(request.user, desk.round, desk.village) if row.state in STEPS[name].sources
    ]
    held = [(row, troubled[row.pk]) for row in rows if row.pk in troubled]
    rows = [_as_seen(row, versions) for row in rows if row.pk not in troubled]
    try:
        count, refusals = move_those_possible(STEPS[name], rows, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return held
    done = {
        "register": ngettext("%(n)s registered.", "%(n)s registered.", count),
        "submit": ngettext("%(n)s handed in.", "%(n)s handed in.", count),
        "verify": ngettext("%(n)s verified.", "%(n)s verified.", count),
    }
    messages.success(request, done[name] % {"n": count})
    return [(row, sentence.removeprefix(f"{row.subject}: ")) for row, sentence in held + refusals]


def _as_seen(row: Assessment, versions: dict[int, int]) -> Assessment:
    row.version = versions.get(row.pk, row.version)
    return row


def _page(request: HttpRequest, desk: Desk, outcome: Outcome | None = None, refusals=()) -> HttpResponse:
    try:
        grid = grid_of(request.user, desk.round, desk.village, desk.stage)
    except (ChangedCriteria, ValueError) as error:
        raise PermissionDenied(str(error)) from error
    name = request.GET.get("ten", "")
    found = [row for row in grid.rows if fold(name) in fold(str(row.assessment.subject))]
    page = page_of(request, found, PER_PAGE)
    shown, data = list(lines(grid, page.object_list, outcome)), grid_data(grid, request.user)
    context = {
        "page_title": _("%(village)s: all sheets side by side") % {"village": desk.village},
        "breadcrumbs": trail(desk.round, (str(desk.village), "")),
        "desk": desk,
        "columns": data["columns"],
        "lines": shown,
        "count": len(grid.rows),
        "name": name,
        "troubled": [field for line in shown for field in line.errors],
        "refusals": refusals,
        "seen_json": json.dumps(seen_data(page.object_list), ensure_ascii=False),
        "versions_json": json.dumps({row.assessment.pk: row.assessment.version for row in grid.rows}),
        "steps": _steps(desk, grid),
        "pagination": links(request, page.number, page.paginator.num_pages),
        "data": {"at": time.time(), **data},
        "words": words(desk.stage, SubjectKind(desk.round.subject_kind)),
        "other_sheets": [(_word(each), each.label) for each in desk.stages if each != desk.stage],
    }
    return render(request, "recognition/grid/grid.html", context)


def _steps(desk: Desk, grid: Grid) -> list[tuple[str, str]]:
    """[(name, label)] of the steps that some row of the village can take now."""
    states = Counter(row.assessment.state for row in grid.rows)
    counts = {name: sum(states[state] for state in STEPS[name].sources) for name in desk.steps}
    labels = {
        "register": _("Register the whole village (%(n)s)"),
        "submit": _("Hand in the whole village (%(n)s)"),
        "verify": _("Confirm the whole village as verified (%(n)s)"),
    }
    return [(name, labels[name] % {"n": count}) for name, count in counts.items() if count]


def grid_address(round: Round, village: Place, stage: Stage) -> str:
    return f"{reverse('recognition:grid', args=[round.pk, village.pk])}?phieu={_word(stage)}"


def _word(stage: Stage) -> str:
    return next(word for word, each in STAGES.items() if each == stage)
