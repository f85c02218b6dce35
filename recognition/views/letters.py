"""“Vì sao chưa đạt?” as PDF, for officers to print and hand over: one, or all of a commune or village."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.places.models import Place
from portal.text import slug

from ..domain.letters import letters, not_passed
from ..domain.papers import why_not_pdf
from ..models import Assessment
from .council.doors import readable_commune, readable_round

MOST = 600  # letters in one file


@require_safe
@never_cache
@login_required
def why_not(request: HttpRequest, pk: int) -> HttpResponse:
    """To one subject; 404 where it passes, as where the person may not see it."""
    row = get_object_or_404(not_passed(Assessment.objects.visible_to(request.user)), pk=pk)
    return _pdf([row], row.commune, f"vi-sao-chua-dat-{row.pk}")


@require_safe
@never_cache
@login_required
def why_not_all(request: HttpRequest, pk: int, commune_pk: int) -> HttpResponse:
    """To all of the commune who do not pass; `?xom=` of one village."""
    round = readable_round(request, pk)
    commune = readable_commune(request, round, commune_pk)
    rows = not_passed(Assessment.objects.visible_to(request.user).filter(round=round, commune=commune))
    village = request.GET.get("xom", "")
    if village.isascii() and village.isdigit() and len(village) < 19:
        rows = rows.filter(place=int(village))
    found = list(rows[: MOST + 1])
    if not found:
        messages.info(request, _("There is nobody to write to: all who were judged pass."))
        return redirect("recognition:gap", round.pk, commune.pk)
    if len(found) > MOST:
        messages.warning(request, _("These are too many letters for one file: choose a village."))
        return redirect("recognition:gap", round.pk, commune.pk)
    return _pdf(found, commune, f"vi-sao-chua-dat-{slug(commune.label)}-{round.year}")


def _pdf(rows: list[Assessment], commune: Place, name: str) -> HttpResponse:
    sender = _("Learning Promotion Association of %(commune)s") % {"commune": commune}
    content = why_not_pdf(letters(rows), sender=sender, day=timezone.localdate())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
