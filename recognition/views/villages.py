"""`/can-bo/so/<commune>/xom/`: the villages of a commune, which its officers bring up to date."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.places.domain.villages import KIND, NAME, import_villages
from portal.places.models import Place
from portal.web.imports import Counts, ImportRefused, read_table

from ..domain.books.communes import villages_of
from ..forms.books import VillageForm, VillageSheetForm
from ..permissions import may_keep_books
from .books import readable_commune, refuse_unless, trail


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def villages(request: HttpRequest, commune_pk: int) -> HttpResponse:
    commune, today = readable_commune(request, commune_pk), timezone.localdate()
    allowed = may_keep_books(request.user, commune)
    one, sheet = VillageForm(initial={"since": today}), VillageSheetForm(initial={"since": today})
    if request.method == "POST":
        refuse_unless(allowed)
        if "file" in request.FILES:
            counts = _entered(sheet := VillageSheetForm(request.POST, request.FILES), commune)
        else:
            counts = _entered(one := VillageForm(request.POST), commune)
        if counts:
            messages.success(
                request,
                _("%(created)s new villages, %(updated)s changed, %(unchanged)s as they were.")
                % vars(counts),
            )
            return redirect("recognition:villages", commune.pk)
    context = {
        "page_title": _("Villages of %(place)s") % {"place": commune},
        "breadcrumbs": trail(commune, (_("Villages"), "")),
        "commune": commune,
        "villages": [village.at(today) for village in villages_of(commune, today)],
        "may_keep": allowed,
        "form": one,
        "sheet_form": sheet,
    }
    return render(request, "recognition/books/villages.html", context)


def _entered(form: VillageForm | VillageSheetForm, commune: Place) -> Counts | None:
    """None with the mistakes in the form."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    if commune.at(asked["since"]) is None:
        form.add_error("since", _("%(place)s did not exist on that day.") % {"place": commune})
        return None
    try:
        rows = _rows(asked)
        return import_villages(rows, commune, asked["since"])
    except ImportRefused as refused:
        for error in refused.errors:
            form.add_error(
                "file" if "file" in asked else "name", str(error if "file" in asked else error.reason)
            )
        return None


def _rows(asked: dict):
    if "file" in asked:
        return list(read_table(asked["file"], required=(KIND, NAME)))
    return [(1, {KIND: asked["kind"], NAME: asked["name"]})]
