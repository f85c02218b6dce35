"""`/thu-vien/cua-toi/`: what a reader keeps. Who signs in has it on the server; of all others it lies in their browser,
and the page, the same for everybody, is filled in by a script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from ..domain import reading
from ..domain.ways import PLAYED
from ..models import Resource
from .access import file_of, refusal
from .trail import trail

AN_HOUR = (
    60 * 60
)  # s that a browser may show the page without asking, for the way to where there is no signal

LONGEST_NUMBER = 9  # digits


@require_safe
@vary_on_cookie
def my_list(request: HttpRequest) -> HttpResponse:
    context = {
        "page_title": _("My list"),
        "page_description": _("What you keep to read, and where you stopped."),
        "breadcrumbs": trail((_("Library"), reverse("library:list")), (_("My list"), "")),
    }
    if request.user.is_authenticated:
        context["log"] = reading.log_of(request.user)
    response = render(request, "library/my_list.html", context)
    response["X-Robots-Tag"] = "noindex"
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, private=True, max_age=AN_HOUR)
    return response


@require_POST
@login_required
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Field `action`: "keep", "let-go", or "forget" for the page at which the reader stopped."""
    resource = get_object_or_404(Resource, pk=pk)
    action = request.POST.get("action")
    if action == "keep":
        if refused := refusal(request, resource):
            return refused
        reading.keep(request.user, resource)
    elif action == "let-go":
        reading.let_go(request.user, pk)
    elif action == "forget":
        reading.forget_place(request.user, pk)
    else:
        return HttpResponseBadRequest()
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    way = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure())
    return way if ours else reverse("library:my_list")


@require_POST
@login_required
def played_to(request: HttpRequest, pk: int, rendition_pk: int) -> HttpResponse:
    """Field `second` of a recording, sent by the script of its page while it plays; 0 when it has come to its end."""
    rendition = file_of(pk, rendition_pk)
    if refused := refusal(request, rendition.resource):
        return refused
    if rendition.form not in PLAYED:
        raise Http404
    second = request.POST.get("second", "")
    if not (second.isascii() and second.isdigit() and len(second) <= LONGEST_NUMBER):
        return HttpResponseBadRequest()
    try:
        reading.played_to(request.user, rendition, int(second))
    except ValueError:
        return HttpResponseBadRequest()
    return HttpResponse(status=204)


@require_POST
@login_required
def merge(request: HttpRequest) -> HttpResponse:
    """The list of this browser (field `list`, JSON) into that of the person."""
    try:
        new = reading.merge(request.user, request.POST.get("list", ""))
    except reading.NotAList:
        messages.error(request, _("The list of this browser could not be read. Nothing was changed."))
    else:
        text = ngettext("%d entry was taken over.", "%d entries were taken over.", new)
        messages.success(request, text % new)
    return redirect("library:my_list")


@require_POST
@login_required
def forget_all(request: HttpRequest) -> HttpResponse:
    reading.forget_all(request.user)
    messages.success(request, _("Your list is empty now."))
    return redirect("library:my_list")


@require_safe
@never_cache
@login_required
def export(request: HttpRequest, form: str) -> HttpResponse:
    """`form`: "json" or "csv"."""
    write, media_type = {
        "json": (reading.as_json, "application/json"),
        "csv": (reading.as_csv, "text/csv; charset=utf-8"),
    }[form]
    text = write(reading.log_of(request.user), request.build_absolute_uri)
    response = HttpResponse(text, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="so-hoc-tap.{form}"'
    return response
