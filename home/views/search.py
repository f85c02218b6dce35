"""The search page of the site: pages, news, resources and documents from one box."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.listing import CoverOf, covers
from library.views.enquiries import form_address
from portal.accounts.permissions import is_officer
from portal.cms.pagination import links
from portal.search.entry import OFFICER, PUBLIC
from portal.search.labels import facet_label
from portal.search.listing import ListState, note
from portal.search.query import Hit, PageRefused, Results
from portal.search.query import search as find

SORTS = ("newest", "title", "used")  # none: the best match first


@require_safe
def search(request):
    """Without words or a kind there is only the box; a page that is not there is a 404, with its reason."""
    state = ListState.read(request.GET, ["kind"], SORTS)
    context = {"state": state, "query": state.text, "page_title": _title(state)}
    if not (state.text or state.chosen):
        return _answer(request, context)
    try:
        results = find(
            state.text,
            kinds=state.chosen.get("kind", ()),
            audience=OFFICER if is_officer(request.user) else PUBLIC,
            page=state.page,
            sort=state.sort or "relevance",
            facet_names=["kind"],
            with_picks=True,
        )
    except PageRefused as refused:
        return _answer(request, context | {"refused": str(refused)}, status=404)
    if state.page > max(results.pages, 1):
        raise Http404
    note(state, results)
    return _answer(request, context | _found(request, state, results))


def _title(state: ListState) -> str:
    return _("Search: %(text)s") % {"text": state.text} if state.text else _("Search the site")


def _found(request, state: ListState, results: Results) -> dict:
    facets = state.facets(results.facets, {"kind": facet_label("kind")})
    return {
        "results": results,
        "hits": _with_covers(results.hits),
        "facets": facets,
        "chips": [choice for facet in facets for choice in facet.choices if choice.selected],
        "sorts": [
            (label, state.sorted_by(name).url, name == state.sort)
            for name, label in {
                "": _("Best match first"),
                "newest": _("Newest first"),
                "title": _("By title"),
                "used": _("Most used first"),
            }.items()
        ],
        "unfiltered_url": replace(state, chosen={}, page=1).url if state.chosen else "",
        "pagination": links(request, state.page, results.pages),
    }


def _with_covers(hits: list[Hit]) -> list[tuple[Hit, CoverOf | None]]:
    numbers = {hit.key: int(hit.key.partition(":")[2]) for hit in hits if hit.kind == "resource"}
    found = covers(list(numbers.values()))
    return [(hit, found.get(numbers.get(hit.key))) for hit in hits]


def _answer(request, context: dict, status: int = 200):
    context["breadcrumbs"] = [(_("Home"), "/"), (_("Search"), reverse("search"))]
    context["ask_url"] = form_address(context["state"].text)
    return render(request, "search/results.html", context, status=status)
