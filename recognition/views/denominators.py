"""`/can-bo/mau-so/`: how many there are, entered by the officers of a commune, checked by the association."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.places.models import Place
from portal.text import slug
from portal.web.imports import ImportRefused, read_table
from portal.web.spreadsheet import XLSX

from ..domain.books.communes import communes_read_by
from ..domain.denominators import sheet as sheets
from ..domain.denominators.board import Board, board, history
from ..domain.denominators.declaring import lock
from ..domain.indicators.counting import years
from ..forms.denominators import DeclareForm, SheetForm, YearForm, years_to_choose
from ..permissions import may_check_declared, may_declare
from .books import readable_commune, refuse_unless
from .communes import choice_of

MOST_ERRORS = 200  # shown at once


@require_safe
@never_cache
@login_required
def all_denominators(request: HttpRequest) -> HttpResponse:
    """The communes whose numbers the person may see; a single one is opened at once."""
    return choice_of(
        request,
        communes_read_by(request.user, timezone.localdate()),
        "recognition:denominators",
        title=_("Denominators"),
        breadcrumbs=_trail(),
        lead=_("How many households, clans, communities and units there are: what the rates are taken over."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def denominators(request: HttpRequest, commune_pk: int) -> HttpResponse:
    commune = readable_commune(request, commune_pk)
    year, chooser = _year(request)
    found, may_enter = board(commune, year), may_declare(request.user, commune)
    form = DeclareForm(request.POST or None, board=found)
    if request.method == "POST":
        refuse_unless(may_enter)
        if form.declare(request.user):
            return _entered(request, found, len(form.entries))
    may_check = may_check_declared(request.user, commune)
    context = {
        "page_title": _("Denominators of %(place)s, %(year)s") % {"place": commune, "year": year},
        "breadcrumbs": _trail(commune),
        "board": found,
        "chooser": chooser,
        "form": form,
        "sheet_form": SheetForm(),
        "may_enter": may_enter,
        "may_check": may_check,
        "waiting": [
            (line, cell, cell.open.entered_by_id != request.user.pk) for line, cell in found.open_rows
        ],
        "history": history(found),
    }
    return render(request, "recognition/denominators/commune.html", context)


@require_POST
@login_required
def check(request: HttpRequest, commune_pk: int) -> HttpResponse:
    """Lock the numbers chosen: fields `so`, each the id of a row and the value that was seen."""
    commune = readable_commune(request, commune_pk)
    refuse_unless(may_check_declared(request.user, commune))
    year, _chooser = _year(request)
    wanted = set(request.POST.getlist("so"))
    rows = [cell.open for _line, cell in board(commune, year).open_rows]
    chosen = [row for row in rows if f"{row.pk}:{row.value}" in wanted]
    locked, left = lock(chosen, commune, request.user)
    for sentence in left:
        messages.warning(request, sentence)
    if len(chosen) < len(wanted):
        messages.warning(
            request, _("Somebody has changed some of these numbers meanwhile. Look at them again.")
        )
    if locked:
        text = ngettext("%(count)s number is locked.", "%(count)s numbers are locked.", locked)
        messages.success(request, text % {"count": locked})
    return redirect(_address(commune, year))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def denominator_sheet(request: HttpRequest, commune_pk: int) -> HttpResponse:
    """The numbers as XLSX; POST: the sheet comes back."""
    commune = readable_commune(request, commune_pk)
    year, chooser = _year(request)
    found = board(commune, year)
    if request.method != "POST":
        response = HttpResponse(sheets.sheet(found), content_type=XLSX)
        name = f"mau-so-{slug(commune.label)}-{year}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    refuse_unless(may_declare(request.user, commune))
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            rows = read_table(form.cleaned_data["file"], required=sheets.REQUIRED)
            return _entered(request, found, sheets.declare_rows(rows, found, request.user))
        except ImportRefused as refused:
            for error in refused.errors[:MOST_ERRORS]:
                form.add_error("file", str(error))
    context = {
        "page_title": _("Denominators of %(place)s, %(year)s") % {"place": commune, "year": year},
        "breadcrumbs": _trail(commune),
        "board": found,
        "sheet_form": form,
    }
    return render(request, "recognition/denominators/sheet.html", context)


def _entered(request: HttpRequest, of: Board, count: int) -> HttpResponse:
    text = ngettext(
        "%(count)s number is entered and waits to be checked.",
        "%(count)s numbers are entered and wait to be checked.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect(_address(of.commune, of.year))


def _address(commune: Place, year: int) -> str:
    return f"{reverse('recognition:denominators', args=[commune.pk])}?nam={year}"


def _year(request: HttpRequest) -> tuple[int, YearForm]:
    """That of the address, else the current one. Raises Http404 for one that cannot be."""
    today = timezone.localdate()
    asked = {"nam": request.GET.get("nam") or str(today.year)}
    chooser = YearForm(asked, years=years_to_choose(today, years()))
    if not chooser.is_valid():
        raise Http404
    return chooser.cleaned_data["nam"], chooser


def _trail(commune: Place | None = None) -> list[tuple[str, str]]:
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home"))]
    parts.append((_("Denominators"), reverse("recognition:all_denominators") if commune else ""))
    return [*parts, (str(commune), "")] if commune else parts
