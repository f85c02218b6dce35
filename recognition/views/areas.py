"""`/can-bo/dia-ban/`: which threshold holds in the villages of a commune, decided by the association."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.places.models import Place

from ..domain import areas
from ..domain.books.communes import communes_open_to, villages_of
from ..forms.areas import AreaForm
from ..models import VillageArea
from ..permissions import AREA_READERS, area_decider, may_decide_areas
from .books import refuse_unless
from .communes import choice_of


@require_safe
@never_cache
@login_required
def all_areas(request: HttpRequest) -> HttpResponse:
    """The communes whose areas the person may read; a single one is opened at once."""
    title = _("Areas of the villages")
    return choice_of(request, _communes(request), "recognition:areas", title=title, breadcrumbs=_trail())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def commune_areas(request: HttpRequest, commune_pk: int) -> HttpResponse:
    """The villages with what holds today and what was decided for them; for who decides, the form."""
    commune, today = get_object_or_404(_communes(request), pk=commune_pk), timezone.localdate()
    places = [commune, *villages_of(commune, today)]
    allowed = may_decide_areas(request.user, commune)
    form = AreaForm(request.POST or None, places=places)
    if request.method == "POST":
        refuse_unless(allowed)
        if form.is_valid() and (count := _decided(form, commune, request.user)):
            messages.success(request, _done(count))
            return redirect("recognition:areas", commune.pk)
    context = {
        "page_title": _("Areas of the villages of %(place)s") % {"place": commune},
        "breadcrumbs": _trail(commune),
        "commune": commune,
        "rows": _rows(places, today),
        "form": form if allowed else None,
    }
    return render(request, "recognition/areas/areas.html", context)


@require_POST
@login_required
def take_back(request: HttpRequest, commune_pk: int, pk: int) -> HttpResponse:
    """A decision that was recorded by mistake goes."""
    commune = get_object_or_404(_communes(request), pk=commune_pk)
    refuse_unless(may_decide_areas(request.user, commune))
    places = [commune.pk, *villages_of(commune, timezone.localdate()).values_list("pk", flat=True)]
    row = get_object_or_404(VillageArea, pk=pk, place__in=places)
    areas.take_back(commune, row, request.user, area_decider(request.user, commune))
    messages.success(request, _("Taken back. If another area holds instead, please record it now."))
    return redirect("recognition:areas", commune.pk)


def _communes(request: HttpRequest):
    return communes_open_to(request.user, AREA_READERS, timezone.localdate())


def _rows(places: list[Place], today) -> list[dict]:
    decided: dict[int, list[VillageArea]] = {}
    for row in VillageArea.objects.filter(place__in=places).order_by("-valid_from"):
        decided.setdefault(row.place_id, []).append(row)
    return [
        {
            "place": place,
            "now": next((row for row in decided.get(place.pk, []) if row.holds_on(today)), None),
            "decisions": decided.get(place.pk, []),
        }
        for place in places
    ]


def _decided(form: AreaForm, commune: Place, user) -> int:
    """0 with the mistake in the form."""
    try:
        role = area_decider(user, commune)
        return areas.decide(commune, form.cleaned_data["places"], form.decision(), user, role)
    except areas.LaterDecision as later:
        form.add_error("since", str(later))
        return 0


def _done(count: int) -> str:
    return ngettext("Recorded for %(count)s place.", "Recorded for %(count)s places.", count) % {
        "count": count
    }


def _trail(commune: Place | None = None) -> list[tuple[str, str]]:
    parts = [(_("Home"), "/"), (_("Officers' corner"), reverse("officer_home"))]
    parts.append((_("Areas of the villages"), reverse("recognition:all_areas") if commune else ""))
    return [*parts, (str(commune), "")] if commune else parts
