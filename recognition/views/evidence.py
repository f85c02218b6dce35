"""Evidence of one assessment, and one piece of it: `/can-bo/ho-so/<number>/minh-chung/`, `/can-bo/minh-chung/<number>/`."""

from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.cms.uploads import UploadRefused

from ..domain import evidence as keeping
from ..domain.evidence import files
from ..enums import EvidenceKind
from ..forms.evidence import AttachForm, EvidenceForm
from ..models import Assessment, Evidence
from ..permissions import may_prove, may_prove_many, those_to_prove
from .books import refuse_unless
from .rounds import trail

RELATED = ("criterion", "file", "round__criteria_set", "commune", "added_by")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """`?tieu-chi=` the code of the criterion that it proves."""
    visible = Assessment.objects.visible_to(request.user)
    row = get_object_or_404(
        visible.select_related("round__criteria_set", "subject", "place", "commune"), pk=pk
    )
    refuse_unless(may_prove(request.user, row))
    form = new_form(request, row.round)
    if request.method == "POST" and form.is_valid():
        form.instance.round, form.instance.commune = row.round, row.commune
        if saved(form, [row], request.user):
            messages.success(request, _("The evidence is kept: %(evidence)s.") % {"evidence": form.instance})
            return redirect(f"{row.get_absolute_url()}#c-{form.instance.criterion.code}")
    context = {
        "page_title": _("Evidence of %(name)s") % {"name": row.subject},
        "breadcrumbs": trail(row.round, (_("Add evidence"), "")),
        "lead": _("One piece at a time; more can follow."),
        "form": form,
    }
    return render(request, "recognition/evidence/form.html", context)


def new_form(request: HttpRequest, round) -> EvidenceForm:
    criteria_set = round.criteria_set
    form = EvidenceForm(request.POST or None, request.FILES or None, criteria_set=criteria_set)
    asked = form.fields["criterion"].queryset.filter(code=request.GET.get("tieu-chi", "")).first()
    form.initial["criterion"] = asked
    return form


def saved(form: EvidenceForm, rows, user, hand: str = "") -> bool:
    """False with the mistakes in the form; what was typed stays there."""
    piece = form.instance
    try:
        if form.sent:
            piece.file, piece.kind, piece.file_name = files.keep(form.cleaned_data[form.sent])
        keeping.add(piece, rows, user, hand=hand)
    except UploadRefused as refused:
        form.add_error(form.sent, refused)
    except keeping.NotNow as error:
        form.add_error(None, str(error))
    return not form.errors


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is and whom it covers; a POST brings the photo or scan of one that was only described."""
    found = readable(request, pk)
    covered = _covered(request, found)
    provable = those_to_prove(request.user, covered)
    may_attach = found.file_id is None and len(provable) == found.covers.count() and provable
    form = AttachForm(request.POST or None, request.FILES or None) if may_attach else None
    if request.method == "POST" and form and form.is_valid() and _attached(form, found, request.user):
        messages.success(request, _("The file is kept."))
        return redirect(found)
    context = {
        "page_title": str(found),
        "breadcrumbs": trail(found.round, *_way(found)),
        "piece": found,
        "villages": [(place, list(rows)) for place, rows in groupby(covered, key=lambda row: row.place)],
        "count": len(covered),
        "provable": {row.pk for row in provable},
        "form": form,
        "may_cover": may_prove_many(request.user, found.round, found.commune),
    }
    return render(request, "recognition/evidence/piece.html", context)


def _attached(form: AttachForm, found: Evidence, user) -> bool:
    try:
        keeping.attach(found, *files.keep(form.cleaned_data[form.sent]), user)
    except UploadRefused as refused:
        form.add_error(form.sent, refused)
    except keeping.NotNow as error:
        form.add_error(None, str(error))
    return not form.errors


@require_POST
@login_required
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Fields `ho`: the assessments that it shall not cover any more."""
    found = readable(request, pk)
    rows = chosen(request, _covered(request, found))
    try:
        count = keeping.uncover(found, rows, request.user)
        told = ngettext("Taken off %(count)s sheet.", "Taken off %(count)s sheets.", count)
        messages.success(request, told % {"count": count})
    except keeping.NotNow as error:
        messages.error(request, str(error))
    if Evidence.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect(found)
    return redirect("recognition:round_evidence", found.round_id, found.commune_id)


@require_safe
@never_cache
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, for those who may see an assessment that it covers."""
    return sent_file(readable(request, pk))


def sent_file(found: Evidence) -> FileResponse:
    """Photos were drawn by us, so they may be looked at; what else came from outside is for keeping. Raises Http404."""
    if found.file is None or not found.file.file.storage.exists(found.file.file.name):
        raise Http404
    response = FileResponse(
        found.file.file.open("rb"),
        as_attachment=found.kind != EvidenceKind.PHOTO,
        filename=found.file_name or found.file.file.name,
        content_type=found.file.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def readable(request: HttpRequest, pk: int) -> Evidence:
    """Raises Http404 for what the person may not see, as for what does not exist."""
    return get_object_or_404(Evidence.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def chosen(request: HttpRequest, rows) -> list[Assessment]:
    """Those of the rows whose boxes were ticked."""
    ticked = set(request.POST.getlist("ho"))
    return [row for row in rows if str(row.pk) in ticked]


def asked_to_prove(request: HttpRequest, address: str) -> str:
    """`address` with the criterion whose button for evidence was pressed on a sheet; "" when none was."""
    code = request.POST.get("prove", "")
    return f"{address}?{urlencode({'tieu-chi': code})}" if code else ""


def _covered(request: HttpRequest, found: Evidence) -> list[Assessment]:
    """The assessments that it covers and that the person may see, by village."""
    visible = Assessment.objects.visible_to(request.user).filter(evidence=found)
    related = ("subject", "place", "round", "commune")
    return list(
        visible.select_related(*related).order_by("place__sort_key", "place", "subject__sort_name", "pk")
    )


def _way(found: Evidence) -> list[tuple[str, str]]:
    shared = reverse("recognition:round_evidence", args=[found.round_id, found.commune_id])
    return [(_("Evidence"), shared), (str(found), "")]
