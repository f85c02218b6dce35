"""What stands on a shelf when it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils import timezone

from portal.search.listing import ListState
from portal.search.query import search

from ..models import Resource, Shelf
from ..search import ResourceSource
from .merging import followed

LONGEST_FRONT = 3  # shelves of the season on the front page of the library


@dataclass(frozen=True, slots=True)
class OnShelf:
    resource: Resource
    note: str = ""


def read_search(text: str) -> ListState:
    """What the address of a result list asks for, or its query string alone; plain when it asks for nothing."""
    query = urlsplit(text.strip()).query if "?" in text else text.strip()
    params = QueryDict(query, mutable=True)
    params.pop("page", None)
    return ListState.read(params, list(ResourceSource.facets), [])


def on_shelf(shelf: Shelf) -> list[OnShelf]:
    """What everybody may read of the resources that were picked, with their notes, then those that the saved search
    finds; each once. A merged one is replaced by what it was merged into. At most four queries and one search."""
    notes = {item.resource_id: item.note for item in shelf.items.all()}
    ids = {pk: notes.get(pk, "") for pk in [*notes, *_found(shelf)]}
    public = _public(ids)
    shown = {}
    for pk, note in ids.items():
        if (resource := public.get(pk)) and resource.pk not in shown:
            shown[resource.pk] = OnShelf(resource, note)
    return list(shown.values())


def _public(ids: Iterable[int]) -> dict[int, Resource]:
    """The resource to show for each id, its creators read with it."""
    return followed(ids, Resource.objects.public().prefetch_related("contributions"))


def _found(shelf: Shelf) -> list[int]:
    if not shelf.saved_search:
        return []
    state = read_search(shelf.saved_search)
    found = search(
        state.text,
        kinds=["resource"],
        facets=state.chosen,
        per_page=shelf.most,
        sort=shelf.order,
        facet_names=(),
    )
    return [int(hit.key.partition(":")[2]) for hit in found.hits]


def of_the_season(most: int = LONGEST_FRONT) -> list[Shelf]:
    """Published shelves made for this month, newest first."""
    shelves = Shelf.objects.live().public().of_season(timezone.localdate().month)
    return list(shelves.select_related("locale", "cover")[:most])
