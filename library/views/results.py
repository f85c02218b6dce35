"""A result list of one kind: search, facets, chips, order and pages, the same for resources and documents."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cms.pagination import links
from portal.search.entry import OFFICER, PUBLIC
from portal.search.listing import ListState, note
from portal.search.query import Hit, PageRefused, Results, search

from .enquiries import form_address

PER_PAGE = 20
SORTS = {
    "relevance": _("Best match"),
    "newest": _("Newest first"),
    "title": _("By title, A to Z"),
    "used": _("Most used first"),
}


def find(
    request: HttpRequest, kind: str, facets: Mapping[str, str | Promise], *, officer: bool = False
) -> tuple[ListState, Results]:
    """What the address of this request asks for, for an officer with what is kept for officers. Raises Http404
    for a page that does not exist."""
    state = ListState.read(request.GET, list(facets), list(SORTS))
    try:
        results = search(
            state.text,
            kinds=[kind],
            facets=state.chosen,
            audience=OFFICER if officer else PUBLIC,
            page=state.page,
            per_page=PER_PAGE,
            sort=state.sort or "relevance",
            facet_names=list(facets),
            with_picks=True,
        )
    except PageRefused as refusal:
        raise Http404(str(refusal)) from refusal
    if state.page > max(results.pages, 1):
        raise Http404
    note(state, results)
    return state, results


def with_hits(objects: Mapping[int, object], hits: Sequence[Hit]) -> list[tuple[object, Hit]]:
    """Each hit with its object, in the order of the hits. The index may lag behind the database by a moment:
    what is not there any more, or may not be seen any more, is left out."""
    pairs = ((objects.get(pk_of(hit)), hit) for hit in hits)
    return [(each, hit) for each, hit in pairs if each is not None]


def pk_of(hit: Hit) -> int:
    return int(hit.key.partition(":")[2])


def list_context(
    request: HttpRequest,
    state: ListState,
    results: Results,
    labels: Mapping[str, str | Promise],
    *,
    by_use: bool = False,
) -> dict:
    """`by_use`: it is known how often each is used, so that the list can be sorted by it."""
    facets = state.facets(results.facets, labels)
    current = state.sort or ("relevance" if state.text else "newest")
    left_out = ("" if state.text else "relevance", "" if by_use else "used")
    sorts = [name for name in SORTS if name not in left_out]
    return {
        "state": state,
        "results": results,
        "facets": facets,
        "chips": state.chips(facets),
        "sorts": [(SORTS[name], state.sorted_by(name).url, name == current) for name in sorts],
        "suggestion_url": state.asking(results.suggestion).url if results.suggestion else "",
        "ask_url": form_address(state.text),
        "pagination": links(request, results.page, results.pages),
    }
