"""`/tu-cham/<token>/minh-chung/`: what a household itself gives in to prove its own sheet, and only that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..domain import evidence as keeping
from ..domain.workflow import HOUSEHOLD
from ..models import Assessment, Evidence
from .evidence import new_form, saved, sent_file
from .household import ask_again_later, own_row, own_stage, private

MOST = 60  # pieces of one household: whoever finds an address must not fill the store


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, token: str) -> HttpResponse:
    """`?tieu-chi=` the code of the criterion that it proves."""
    if refused := ask_again_later(request):
        return refused
    row = own_row(token)
    if not own_stage(row):
        raise Http404
    form = new_form(request, row.round)
    if request.method == "POST" and form.is_valid():
        form.instance.round, form.instance.commune = row.round, row.commune
        if own(row).count() >= MOST:
            form.add_error(None, _("There is a lot of evidence already. Take something off first."))
        elif saved(form, [row], None, hand=HOUSEHOLD):
            messages.success(request, _("The evidence is kept: %(evidence)s.") % {"evidence": form.instance})
            return private(redirect(f"{_sheet(token)}#c-{form.instance.criterion.code}"))
    context = {
        "page_title": _("Evidence of %(name)s") % {"name": row.subject},
        "breadcrumbs": [(str(row.subject), _sheet(token)), (_("Add evidence"), "")],
        "lead": _("One piece at a time; more can follow."),
        "form": form,
        "own": own(row),
        "token": token,
        "hide_header_search": True,
    }
    return private(render(request, "recognition/evidence/form.html", context))


@require_POST
def take_off(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    row = own_row(token)
    try:
        keeping.uncover(get_object_or_404(own(row), pk=pk), [row], hand=HOUSEHOLD)
        messages.success(request, _("The evidence is taken off."))
    except keeping.NotNow as error:
        messages.error(request, str(error))
    return private(
        redirect("recognition:household_evidence", token) if own_stage(row) else redirect(_sheet(token))
    )


@require_safe
@never_cache
def file(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    if refused := ask_again_later(request):
        return refused
    return private(sent_file(get_object_or_404(own(own_row(token)), pk=pk)))


def own(row: Assessment):
    """What it gave in itself. A list of a school shows others too, so that is for the officers."""
    return Evidence.objects.filter(assessments=row, added_by=None).select_related("file", "criterion")


def _sheet(token: str) -> str:
    return reverse("recognition:household", args=[token])
