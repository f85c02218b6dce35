from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.pagination import links
from recognition.domain import honour_roll as roll
from recognition.domain.figures import with_places
from recognition.forms import HonourRollFilter

PER_PAGE = 30


@require_safe
def honour_roll(request):
    form = HonourRollFilter(request.GET, years=roll.years(), communes=roll.communes())
    if not form.is_valid():
        raise Http404("The honour roll has no such title, year or commune.")
    asked = form.cleaned_data
    awards = roll.find(kind=asked["danh_hieu"], year=asked["nam"], commune=asked["xa"])
    summary = roll.summary(awards)
    page = _page(request, awards.exclude(publication_basis=""), summary)
    return render(
        request,
        "recognition/honour_roll.html",
        {
            "page_title": _("Honour roll"),
            "page_description": _(
                "Families, clans, communities, units and citizens who earned a learning title."
            ),
            "breadcrumbs": [(_("Home"), "/")],
            "form": form,
            "summary": summary,
            "awards": with_places(page.object_list),
            "pagination": links(request, page.number, page.paginator.num_pages),
        },
    )


def _page(request, named, summary):
    paginator = Paginator(named, PER_PAGE)
    paginator.count = summary["total"] - summary["unnamed"]  # already counted
    try:
        return paginator.page(request.GET.get("trang", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404("No such page of the honour roll.") from error
