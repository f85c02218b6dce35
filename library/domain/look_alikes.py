"""What may already stand in the catalogue of a thing that is only described: by number, address, file, then title."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Q

from portal.search.entry import OFFICER
from portal.search.query import search
from portal.text import fold

from ..enums import DuplicateReason
from ..identifiers import plain_address
from ..models import Identifier, Rendition, Resource
from .duplicates import Described, likeness

CANDIDATES = 20  # best hits whose titles are compared
SHOWN = 5
LONGEST = Rendition._meta.get_field("plain_url").max_length


class LookAlike(NamedTuple):
    resource: Resource
    reason: DuplicateReason


def look_alikes(
    values: Mapping[str, Any], *, urls: Sequence[str] = (), checksum: str = "", but: int | None = None
) -> list[LookAlike]:
    """At most five, the surest first; `values` in the shape of `description`, `but` the number of the thing itself."""
    found: dict[int, DuplicateReason] = {}
    for reason, ids in (
        (DuplicateReason.IDENTIFIER, _by_number(values.get("identifiers", ()))),
        (DuplicateReason.FILE, _by_file(checksum)),
        (DuplicateReason.LINK, _by_address(urls)),
        (DuplicateReason.TITLE, _by_title(values)),
    ):
        for pk in ids:
            found.setdefault(pk, reason)
    found.pop(but, None)
    here = Resource.objects.filter(withdrawn_on__isnull=True).prefetch_related("contributions").in_bulk(found)
    return [LookAlike(here[pk], reason) for pk, reason in found.items() if pk in here][:SHOWN]


def _by_number(identifiers) -> list[int]:
    wanted = Q()
    for scheme, value in identifiers:
        wanted |= Q(scheme=scheme, value=value)
    return list(Identifier.objects.filter(wanted).values_list("resource_id", flat=True)) if wanted else []


def _by_file(checksum: str) -> list[int]:
    same = Rendition.objects.filter(checksum=checksum) if checksum else Rendition.objects.none()
    return list(same.values_list("resource_id", flat=True))


def _by_address(urls: Sequence[str]) -> list[int]:
    plain = {plain_address(url)[:LONGEST] for url in urls if url}
    same = Rendition.objects.filter(plain_url__in=plain) if plain else Rendition.objects.none()
    return list(same.values_list("resource_id", flat=True)[:CANDIDATES])


def _by_title(values: Mapping[str, Any]) -> list[int]:
    """The most like first."""
    title, creators = values.get("title", ""), values.get("creators", ())
    described = Described(0, fold(title), fold(creators[0][0]) if creators else "", values.get("year"))
    if not described.title:
        return []
    scores = {each.pk: likeness(described, each) for each in _candidates(title)}
    return sorted((pk for pk, score in scores.items() if score), key=scores.__getitem__, reverse=True)


def _candidates(title: str) -> Iterator[Described]:
    """The best hits of the search, and what other officers have just handed in, which it cannot find yet. What waits of a
    harvest may be a hundred thousand: its pairs are found when it is taken."""
    results = search(
        title, kinds=[Resource.search_prefix], audience=OFFICER, per_page=CANDIDATES, facet_names=()
    )
    hits = [int(hit.key.partition(":")[2]) for hit in results.hits]
    stock = Resource.objects.filter(
        Q(pk__in=hits) | Q(proposed=True, proposal__isnull=False), withdrawn_on=None
    )
    for each in stock.prefetch_related("contributions"):
        creator = next(iter(each.contributions.all()), None)
        yield Described(each.pk, fold(each.title), fold(creator.name) if creator else "", each.year)
