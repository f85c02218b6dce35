from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.pagination import links, page_of
from portal.web.client_address import client_address
from portal.web.spreadsheet import XLSX
from portal.web.visitors.rate_limit import RateLimit
from recognition.domain import honour_roll as roll
from recognition.domain.figures import with_places
from recognition.forms.public import HonourRollFilter

from .waiting import ask_to_wait

PER_PAGE = 30
SHEETS = RateLimit("honour-roll-sheet", 30, 60 * 60)  # an hour


@require_safe
def honour_roll(request):
    form = _filter(request)
    awards = roll.find(**form.asked)
    summary = roll.summary(awards)
    named = summary["total"] - summary["unnamed"]
    page = page_of(request, awards.named_in_public(), PER_PAGE, count=named)
    return render(
        request,
        "recognition/honour_roll.html",
        {
            "page_title": _("Honour roll"),
            "page_description": _(
                "Families, clans, communities, units and citizens who earned a learning title."
            ),
            "breadcrumbs": [(_("Home"), "/"), (_("Honour roll"), "")],
            "form": form,
            "summary": summary,
            "named": named,
            "query": request.GET.urlencode(),
            "longest_sheet": roll.LONGEST_SHEET,
            "sheet_is_too_long": named > roll.LONGEST_SHEET,
            "awards": with_places(page.object_list),
            "pagination": links(request, page.number, page.paginator.num_pages),
        },
    )


@require_safe
def honour_roll_sheet(request):
    """Everything that the honour roll shows for these choices, on one sheet."""
    form = _filter(request)
    if not SHEETS.allows(client_address(request)):
        return ask_to_wait(request, _("Many lists went to your connection in the last hour."))
    awards = roll.find(**form.asked).named_in_public()
    if awards.count() > roll.LONGEST_SHEET:
        return redirect(f"{reverse('recognition:honour_roll')}?{request.GET.urlencode()}")
    response = HttpResponse(roll.sheet(with_places(awards)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="vinh-danh-{timezone.localdate():%Y%m%d}.xlsx"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _filter(request) -> HonourRollFilter:
    """Raises Http404 for a choice that cannot be."""
    years, communes = roll.choices()
    form = HonourRollFilter(request.GET, years=years, communes=communes)
    if not form.is_valid():
        raise Http404("The honour roll has no such title, year or commune.")
    return form
