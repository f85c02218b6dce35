"""Decisions: drafting, reading, issuing, and their papers for who may see them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.cms.pagination import links, page_of
from portal.web.spreadsheet import XLSX

from ...domain.council import deciding, drafting
from ...domain.council.annex import annex_xlsx, serials_xlsx
from ...domain.council.entries import entries_of
from ...domain.council.wording import paper
from ...domain.papers import decision_docx, decision_pdf
from ...enums import AssessmentState, DecisionState, Outcome
from ...forms.decisions import DecisionForm, RevocationForm
from ...models import Decision
from ...permissions import is_clerk_of, may_issue
from ..books import refuse_unless
from .doors import NOT_POSSIBLE, add_errors, readable_commune, readable_round, sentences, trail

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PER_PAGE = 100


@require_POST
@login_required
def draft(request: HttpRequest, round_pk: int, commune_pk: int) -> HttpResponse:
    """The decision on those whose notice is over."""
    round = readable_round(request, round_pk)
    commune = readable_commune(request, round, commune_pk)
    refuse_unless(is_clerk_of(request.user, commune))
    return redirect(drafting.recognition(round, commune, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its form for the clerk and the button for the issuer; once issued, what was decided."""
    decision = _decision(request, pk)
    is_draft = decision.state == DecisionState.DRAFT
    is_clerk = is_clerk_of(request.user, decision.commune)
    form = DecisionForm(request.POST or None, instance=decision)
    if request.method == "POST":
        refuse_unless(is_clerk)
        if form.is_valid() and _written(form, request.user):
            messages.success(request, _("The draft is saved."))
            return redirect(form.instance)
    entries = entries_of(decision)
    page = page_of(request, entries, PER_PAGE)
    context = _context(decision) | {
        "form": form if is_draft and is_clerk else None,
        "is_clerk": is_clerk,
        "may_issue": may_issue(request.user, decision),
        "problems": deciding.problems(_stored(decision), entries) if is_draft else [],
        "entries": page.object_list,
        "counts": {outcome.value: sum(each.outcome == outcome for each in entries) for outcome in Outcome},
        "pagination": links(request, page.number, page.paginator.num_pages),
        "amended_by": decision.amended_by.filter(state=DecisionState.ISSUED),
    }
    return render(request, "recognition/council/decision.html", context)


@require_POST
@login_required
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `action`: "issue", for the issuer alone, or "discard", for the clerk."""
    decision = _decision(request, pk)
    discarding = request.POST.get("action") == "discard"
    if discarding:
        refuse_unless(is_clerk_of(request.user, decision.commune))
    elif decision.state == DecisionState.DRAFT:
        refuse_unless(may_issue(request.user, decision))
    try:
        if discarding:
            drafting.discard(decision, request.user)
            messages.success(request, _("The draft is discarded."))
            return redirect("recognition:round_commune", decision.round_id, decision.commune_id)
        deciding.issue(decision, request.user)
        messages.success(request, _("The decision is issued. What it says is done."))
    except NOT_POSSIBLE as error:
        for sentence in sentences(error):
            messages.error(request, sentence)
    return redirect("recognition:decision", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft another decision that takes back titles which this one gave."""
    decision = _decision(request, pk)
    refuse_unless(is_clerk_of(request.user, decision.commune))
    holders = decision.assessments.filter(state=AssessmentState.RECOGNISED).select_related("subject", "place")
    form = RevocationForm(
        request.POST or None, holders=holders.order_by("place__sort_key", "subject__sort_name")
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            return redirect(
                drafting.revocation(
                    decision, given["assessments"], given["because"], given["reason"], request.user
                )
            )
        except NOT_POSSIBLE as error:
            add_errors(form, error)
    title = _("Draft a revocation")
    context = _context(decision, (title, "")) | {"page_title": title, "form": form}
    return render(request, "recognition/council/revocation.html", context)


@require_safe
@never_cache
@login_required
def document(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """`form`: "pdf" (of an issued decision the file that was kept), "docx" to edit, "xlsx" of the list, "so-hieu" of the papers
    of the titles that it gave."""
    decision = _decision(request, pk)
    if form == "pdf" and decision.state == DecisionState.ISSUED and decision.document:
        with decision.document.open() as file:
            return _file(file.read(), "application/pdf", decision, form)
    if form == "xlsx":
        return _file(annex_xlsx(decision), XLSX, decision, form)
    if form == "so-hieu" and decision.state == DecisionState.ISSUED:
        serials = serials_xlsx(decision, request.build_absolute_uri)
        return _file(serials, XLSX, decision, f"{form}.xlsx")
    made = paper(decision, entries_of(decision))
    if form == "docx":
        return _file(decision_docx(made), DOCX, decision, form)
    if form == "pdf":
        return _file(decision_pdf(made), "application/pdf", decision, form)
    raise Http404


def _file(content: bytes, kind: str, decision: Decision, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = decision.number.replace("/", "-") or f"du-thao-{decision.pk}"
    name = "".join(
        letter
        for letter in name.replace("Đ", "D")
        if letter.isascii() and (letter.isalnum() or letter in "-_")
    )
    response["Content-Disposition"] = f'attachment; filename="quyet-dinh-{name}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _written(form: DecisionForm, user) -> bool:
    """False with the mistakes in the form."""
    try:
        drafting.write(form.instance, user)
    except NOT_POSSIBLE as error:
        add_errors(form, error)
        return False
    return True


def _stored(decision: Decision) -> Decision:
    """As it is kept, not as somebody is typing it."""
    return Decision.objects.select_related("round", "commune", "amends").get(pk=decision.pk)


def _context(decision: Decision, *rest: tuple[str, str]) -> dict:
    title = _("Decision %(number)s") % {"number": decision.number} if decision.number else _("Draft decision")
    own = (title, decision.get_absolute_url() if rest else "")
    return {
        "page_title": title,
        "breadcrumbs": trail(decision.round, decision.commune, own, *rest),
        "decision": decision,
    }


def _decision(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("round__criteria_set", "commune", "amends"), pk=pk)
