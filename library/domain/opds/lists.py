"""Acquisition feeds: what a search finds, with facets; what is on a shelf or a learning path; all there is, for crawlers."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.search.listing import ListState
from portal.search.query import FacetValue, Results, search

from ...interop.opds.catalogue import Choice, Choices, Feed, FeedKind, Paging, Publication
from ...search.facets import RESOURCE_FACETS
from .addresses import Addresses, permanent
from .publications import WAYS, publications
from .stamp import changed_at

PER_PAGE = 30
MOST_CHOICES = 12  # of a facet; who wants another searches
SORTS = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest first"),
    "used": gettext_lazy("Most used first"),
    "title": gettext_lazy("By title, A to Z"),
}
TITLES = {"newest": gettext_lazy("New in the library"), "used": gettext_lazy("Most read")}
ALL = pgettext_lazy("library", "All")


def one_of_each(state: ListState) -> ListState:
    """In a catalogue at most one value of a facet is active (OPDS 1.2, 4)."""
    return replace(state, chosen={name: values[:1] for name, values in state.chosen.items()})


def find(
    state: ListState, *, per_page: int | None = None, counted: Sequence[str] = tuple(RESOURCE_FACETS)
) -> Results:
    """What everybody may read, and can be had. Raises PageRefused."""
    return search(
        state.text,
        kinds=["resource"],
        facets={**state.chosen, **WAYS},
        page=state.page,
        per_page=per_page or PER_PAGE,
        sort=state.sort or "relevance",
        facet_names=counted,
    )


def found(state: ListState, results: Results, addresses: Addresses) -> Feed:
    """The page of results `results` of `state`, which has one value of each facet."""
    held = held_by(results, addresses)
    return Feed(
        id=permanent("opds:list") + _query(replace(state, page=1)),
        title=_title(state, results),
        summary=_odd(results),
        updated=newest(held),
        kind=FeedKind.ACQUISITION,
        href=_at(state, addresses),
        up=addresses.feed("root"),
        other=_at(state, addresses.other),
        publications=held,
        facets=_facets(state, results, addresses),
        paging=_paging(state, results, addresses),
    )


def picked(name: str, page, resources: Sequence[int], addresses: Addresses) -> Feed:
    """What an editor has put together on the Wagtail page `page`: `name` is that of its feed, "shelf" or "path"."""
    held = publications(resources, addresses)
    return Feed(
        id=permanent(f"opds:{name}", page.pk),
        title=page.title,
        summary=page.summary,
        updated=max(newest(held), page.last_published_at or newest(held)),
        kind=FeedKind.ACQUISITION,
        href=addresses.feed(name, page.pk),
        up=addresses.feed("shelves" if name == "shelf" else "paths"),
        other=addresses.other.feed(name, page.pk),
        publications=held,
        paging=Paging(total=len(held)),
    )


def held_by(results: Results, addresses: Addresses) -> list[Publication]:
    return publications([int(hit.key.partition(":")[2]) for hit in results.hits], addresses)


def newest(held: Sequence[Publication]):
    return max((each.updated for each in held), default=None) or changed_at()


def address_of(addresses: Addresses, **wishes: str) -> str:
    """Of a list: `subject="nong-nghiep"`, `sort="newest"`."""
    return addresses.feed("list", query=urlencode(wishes))


def _at(state: ListState, addresses: Addresses) -> str:
    return addresses.feed("list", query=_query(state).lstrip("?"))


def _query(state: ListState) -> str:
    """ "?q=ngo&page=2"; "" for the plain list."""
    query = "" if state.is_plain else state.url
    if state.page > 1:
        query += f"{'&' if query else '?'}page={state.page}"
    return query


def _odd(results: Results) -> str:
    if results.reduced:
        return _("Shortened results: the full search index cannot be asked right now.")
    return _("Nothing has all of these words; here is what has some of them.") if results.relaxed else ""


def _title(state: ListState, results: Results) -> str:
    if state.text:
        return _("Found for “%(text)s”") % {"text": state.text}
    chosen = [
        value.label for name in state.chosen for value in results.facets.get(name, ()) if value.selected
    ]
    return ", ".join(chosen) or str(TITLES.get(state.sort, _("All resources")))


def _paging(state: ListState, results: Results, addresses: Addresses) -> Paging:
    page, pages = results.page, max(results.pages, 1)

    def at(number: int) -> str:
        return _at(replace(state, page=number), addresses) if 1 <= number <= pages else ""

    return Paging(at(1), at(page - 1), at(page + 1), at(pages), results.count, PER_PAGE, page)


def _facets(state: ListState, results: Results, addresses: Addresses) -> list[Choices]:
    """Of each facet the values, and to take the choice off again; at last the orders. A facet that leaves no choice is
    left out."""
    first = replace(state, page=1)
    groups = [
        Choices(str(label), _values(first, name, results.facets.get(name, ()), addresses))
        for name, label in RESOURCE_FACETS.items()
        if len(results.facets.get(name, ())) > 1 or name in state.chosen
    ]
    return [*groups, Choices(_("Order"), _orders(first, addresses))]


def _values(state: ListState, name: str, values: Sequence[FacetValue], addresses: Addresses) -> list[Choice]:
    others = {each: chosen for each, chosen in state.chosen.items() if each != name}
    shown = [each for number, each in enumerate(values) if number < MOST_CHOICES or each.selected]
    return [
        Choice(str(ALL), _at(replace(state, chosen=others), addresses), active=name not in state.chosen),
        *(
            Choice(
                each.label,
                _at(replace(state, chosen=others | {name: (each.value,)}), addresses),
                each.selected,
                each.count,
            )
            for each in shown
        ),
    ]


def _orders(state: ListState, addresses: Addresses) -> list[Choice]:
    now = state.sort or ("relevance" if state.text else "newest")
    names = [name for name in SORTS if state.text or name != "relevance"]
    return [
        Choice(str(SORTS[name]), _at(state.sorted_by(name), addresses), active=name == now) for name in names
    ]
