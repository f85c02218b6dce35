from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.pagination import links, page_of
from recognition.domain import honour_roll as roll
from recognition.domain.figures import with_places
from recognition.forms import HonourRollFilter

PER_PAGE = 30


@require_safe
def honour_roll(request):
    years, communes = roll.choices()
    form = HonourRollFilter(request.GET, years=years, communes=communes)
    if not form.is_valid():
        raise Http404("The honour roll has no such title, year or commune.")
    asked = form.cleaned_data
    awards = roll.find(kind=asked["danh_hieu"], year=asked["nam"], commune=asked["xa"])
    summary = roll.summary(awards)
    named = summary["total"] - summary["unnamed"]
    page = page_of(request, awards.exclude(publication_basis=""), PER_PAGE, count=named)
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
            "awards": with_places(page.object_list),
            "pagination": links(request, page.number, page.paginator.num_pages),
        },
    )
