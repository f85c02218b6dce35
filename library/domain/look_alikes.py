"""What may already stand in the catalogue of a thing that is only described: by number, address, file, then title."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

from django.db.models import Q

from portal.search.entry import OFFICER
from portal.search.query import search
from portal.text import syllables

from ..enums import DuplicateReason
from ..models import Identifier, Rendition, Resource

LIKE = 90  # percent of the folded title
CANDIDATES = 20  # best hits whose titles are compared
SHOWN = 5
TRACKING = ("utm_", "fbclid", "gclid", "zarsrc", "si")  # what services add to an address that people pass on


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
        (DuplicateReason.TITLE, _by_title(values.get("title", ""))),
    ):
        for pk in ids:
            found.setdefault(pk, reason)
    found.pop(but, None)
    here = Resource.objects.filter(withdrawn_on__isnull=True).prefetch_related("contributions").in_bulk(found)
    return [LookAlike(here[pk], reason) for pk, reason in found.items() if pk in here][:SHOWN]


def plain_address(url: str) -> str:
    """Two addresses that lead to one page are the same here: "a.example/x?id=1" for "http://www.a.example/x/?id=1#top"."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(TRACKING)]
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(kept)}" if kept else "")


def _by_number(identifiers) -> list[int]:
    wanted = Q()
    for scheme, value in identifiers:
        wanted |= Q(scheme=scheme, value=value)
    return list(Identifier.objects.filter(wanted).values_list("resource_id", flat=True)) if wanted else []


def _by_file(checksum: str) -> list[int]:
    same = Rendition.objects.filter(checksum=checksum) if checksum else Rendition.objects.none()
    return list(same.values_list("resource_id", flat=True))


def _by_address(urls: Sequence[str]) -> list[int]:
    plain = {plain_address(url) for url in urls if url}
    near = Q()
    for url in plain:
        near |= Q(url__icontains=url.partition("?")[0])
    if not near:
        return []
    links = Rendition.objects.filter(near).values_list("resource_id", "url")[:200]
    return [pk for pk, url in links if plain_address(url) in plain]


def _by_title(title: str) -> list[int]:
    folded = _folded(title)
    if not folded:
        return []
    results = search(
        title, kinds=[Resource.search_prefix], audience=OFFICER, per_page=CANDIDATES, facet_names=()
    )
    candidates = [(hit.title, int(hit.key.partition(":")[2])) for hit in results.hits]
    # What others have just handed in cannot be found by searching yet.
    candidates += Resource.objects.filter(proposed=True, withdrawn_on=None).values_list("title", "pk")
    alike = [(fuzz.ratio(folded, _folded(each)), pk) for each, pk in candidates]
    return [pk for score, pk in sorted(alike, reverse=True) if score >= LIKE]


def _folded(title: str) -> str:
    return " ".join(base for base, _exact in syllables(title))
