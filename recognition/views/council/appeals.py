"""Appeals: filed by the officer for the subject, decided by the association, followed by a decision that amends."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...domain.council import appeals, drafting
from ...domain.workflow import may
from ...domain.workflow.transitions import APPEAL
from ...enums import AppealState, AssessmentState
from ...forms.decisions import AppealForm, OutcomeForm
from ...models import Appeal, Assessment
from ...permissions import is_clerk_of, may_decide_appeal
from ..books import refuse_unless
from .doors import NOT_POSSIBLE, add_errors, trail


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: the assessment that is appealed against."""
    visible = Assessment.objects.visible_to(request.user)
    assessment = get_object_or_404(
        visible.select_related("round", "commune", "subject", "place", "decision"), pk=pk
    )
    if request.method != "POST" or assessment.state != AssessmentState.APPEALED:
        refuse_unless(may(request.user, assessment, APPEAL))
    form = AppealForm(request.POST or None, initial={"version": assessment.version})
    if request.method == "POST" and form.is_valid():
        assessment.version = form.cleaned_data["version"]
        try:
            appeal = appeals.file(assessment, form.cleaned_data["ground"], request.user)
        except NOT_POSSIBLE as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The appeal is entered. The association decides it."))
            return redirect("recognition:appeal", appeal.pk)
    title = _("Appeal of %(name)s") % {"name": assessment.subject}
    context = {
        "page_title": title,
        "breadcrumbs": trail(assessment.round, assessment.commune, (title, "")),
        "assessment": assessment,
        "form": form,
    }
    return render(request, "recognition/council/appeal_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Reading it; for the association, deciding it: field `action` is "uphold" or "reject"."""
    appeal = _appeal(request, pk)
    allowed = may_decide_appeal(request.user, appeal)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST":
        if appeal.state == AppealState.OPEN:
            refuse_unless(allowed)
        if form.is_valid() and _decided(request, appeal, form):
            return redirect("recognition:appeal", appeal.pk)
    row = appeal.assessment
    title = _("Appeal of %(name)s") % {"name": row.subject}
    upheld = appeal.state == AppealState.UPHELD and row.state == AssessmentState.APPEALED
    context = {
        "page_title": title,
        "breadcrumbs": trail(row.round, row.commune, (title, "")),
        "appeal": appeal,
        "assessment": row,
        "form": form if allowed or form.errors else None,
        "may_amend": upheld and is_clerk_of(request.user, row.commune),
    }
    return render(request, "recognition/council/appeal.html", context)


@require_POST
@login_required
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the decision that amends the one which was appealed against."""
    appeal = _appeal(request, pk)
    refuse_unless(is_clerk_of(request.user, appeal.assessment.commune))
    if appeal.state != AppealState.UPHELD or appeal.assessment.state != AssessmentState.APPEALED:
        messages.error(request, _("There is nothing to amend by this appeal."))
        return redirect("recognition:appeal", appeal.pk)
    return redirect(drafting.amendment(appeal, request.user))


def _decided(request: HttpRequest, appeal: Appeal, form: OutcomeForm) -> bool:
    """False with the mistakes in the form."""
    upholding = request.POST.get("action") == "uphold"
    try:
        (appeals.uphold if upholding else appeals.reject)(appeal, form.cleaned_data["outcome"], request.user)
    except NOT_POSSIBLE as error:
        add_errors(form, error)
        return False
    done = (
        _("The appeal is upheld. The clerk drafts the decision that amends.")
        if upholding
        else _("The appeal is rejected.")
    )
    messages.success(request, done)
    return True


def _appeal(request: HttpRequest, pk: int) -> Appeal:
    visible = Assessment.objects.visible_to(request.user)
    appeals = Appeal.objects.select_related(
        "assessment__round",
        "assessment__commune",
        "assessment__subject",
        "assessment__decision",
        "decided_by",
    )
    return get_object_or_404(appeals, pk=pk, assessment__in=visible.values("pk"))
