"""`/can-bo/ho-so/<number>/`: one assessment with its three sheets side by side, and the steps that stand open."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..domain import sheets
from ..domain.areas import decision_behind
from ..domain.communes import locate
from ..domain.history import history
from ..domain.letters import not_passed
from ..domain.published_rules import ChangedCriteria
from ..domain.workflow import MovedMeanwhile, Refused, move, steps_for
from ..domain.workflow.facts import Facts
from ..domain.workflow.transitions import BY_NAME, REGISTER, RETURN, SUBMIT, VERIFY, VOID, WITHDRAW
from ..enums import Stage
from ..forms.sheets import SheetForm
from ..models import Assessment
from ..permissions import may_fill_in, may_keep_books
from .evidence import asked_to_prove
from .rounds import trail

WITHOUT_PAPERS = (
    REGISTER,
    SUBMIT,
    VERIFY,
    RETURN,
    WITHDRAW,
    VOID,
)  # the others are taken with the papers of the council
ENDS = {SUBMIT: Stage.SELF, VERIFY: Stage.VERIFIER}  # what is handed on by it


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `action`: "save", "agree" (the verifier, with the own sheet) or the name of a step; what was typed is saved first."""
    row = readable_assessment(request, pk)
    stage = _own_stage(request.user, row)
    if request.method != "POST":
        return _page(request, row, _form(row, stage))
    row.version = seen_version(request)
    form = _form(row, stage, request.POST if stage else None)
    try:
        if _done(request, row, form):
            return redirect(
                asked_to_prove(request, reverse("recognition:evidence_add", args=[row.pk])) or row
            )
    except MovedMeanwhile as error:
        messages.error(request, str(error))
        row.refresh_from_db()
        form = _form(row, _own_stage(request.user, row), request.POST)
    except Refused as error:
        messages.error(request, str(error))
    return _page(request, row, form)


@require_POST
@login_required
def figures(request: HttpRequest, pk: int) -> JsonResponse:
    """What the sheet would come to with what is typed; nothing is written."""
    row = readable_assessment(request, pk)
    stage = _own_stage(request.user, row)
    if stage is None:
        raise PermissionDenied
    return as_json(_form(row, stage, request.POST))


def as_json(form: SheetForm) -> JsonResponse:
    differences = {code: asdict(each) for code, each in form.differences.items()}
    return JsonResponse({**asdict(form.standing), "differences": differences, "errors": form.errors})


def readable_assessment(request: HttpRequest, pk: int) -> Assessment:
    """Raises Http404 for one that the person may not see, as for one that does not exist."""
    visible = Assessment.objects.visible_to(request.user)
    related = ("round__criteria_set", "subject", "place", "commune", "decision", "previous_award")
    return get_object_or_404(visible.select_related(*related), pk=pk)


def _own_stage(user, row: Assessment) -> Stage | None:
    """The sheet that the person may fill in now."""
    return next((stage for stage in sheets.STAGES if may_fill_in(user, row, stage)), None)


def _form(row: Assessment, stage: Stage | None, data=None) -> SheetForm:
    """Raises PermissionDenied when the criteria are not what was published."""
    try:
        return SheetForm(row, stage, data)
    except ChangedCriteria as error:
        raise PermissionDenied(str(error)) from error


def seen_version(request: HttpRequest) -> int:
    """The one of the page that the person saw."""
    value = request.POST.get("version", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def _done(request: HttpRequest, row: Assessment, form: SheetForm) -> bool:
    """False when something is left to mend. Raises MovedMeanwhile, Refused."""
    action = request.POST.get("action", "save")
    if form.stage and not form.save(request.user):
        messages.warning(request, _("All but what is marked was saved."))
        return False
    if action == "agree" and form.stage == Stage.VERIFIER:
        sheets.agree([row], request.user)
        messages.success(request, _("You agree with the own sheet wherever you had filled in nothing else."))
    elif step := BY_NAME.get(action):
        if step not in WITHOUT_PAPERS:
            raise PermissionDenied
        move(step, [row], request.user, facts=Facts(reason=request.POST.get("reason", "").strip()))
        messages.success(request, _("%(name)s: %(done)s.") % {"name": row.subject, "done": step.done})
    elif form.stage:
        messages.success(request, _("Saved."))
    return True


def _page(request: HttpRequest, row: Assessment, form: SheetForm) -> HttpResponse:
    steps = steps_for(request.user, row)
    commune = (row.commune_id, row.round.register_by)
    context = {
        "page_title": str(row.subject),
        "breadcrumbs": trail(row.round, (str(row.subject), "")),
        "assessment": row,
        "commune": locate([commune], timezone.localdate())[commune],
        "area": decision_behind(row),
        "sheet": form,
        "figures_url": reverse("recognition:assessment_figures", args=[row.pk]) if form.stage else "",
        "forward": [_button(each, form.stage) for each in steps if not each[0].needs_reason],
        "reasoned": [
            step for step, allowed in steps if step.needs_reason and allowed and step in WITHOUT_PAPERS
        ],
        "reason": request.POST.get("reason", ""),
        "why_not": not_passed(Assessment.objects.filter(pk=row.pk)).exists(),
        "may_hand_out": may_keep_books(request.user, row.place),
        "next": _next(request.user, row) if form.stage else None,
        "history": history(row),
    }
    return render(request, "recognition/assessments/assessment.html", context)


def _next(user, row: Assessment) -> Assessment | None:
    """The next of the village, by name, that waits for the same step."""
    others = Assessment.objects.visible_to(user).filter(round=row.round, place=row.place, state=row.state)
    others = others.exclude(pk=row.pk).select_related("subject")
    after = Q(subject__sort_name__gt=row.subject.sort_name) | Q(
        subject__sort_name=row.subject.sort_name, pk__gt=row.pk
    )
    return others.filter(after).first() or others.first()


def _button(step_and_allowed, stage: Stage | None) -> dict:
    """A step that hands on the sheet being filled in is offered though something is missing: it saves first, and then asks."""
    step, allowed = step_and_allowed
    offered = step in WITHOUT_PAPERS and (bool(allowed) or (stage is not None and ENDS.get(step) == stage))
    return {
        "step": step,
        "offered": offered,
        "why_not": allowed.reason,
        "by_papers": step not in WITHOUT_PAPERS,
    }
