"""What the records of resources say now: their sets, and their text in each format."""

import hashlib
import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from portal.web.site_address import site_address

from ...interop import marc, to_dublin_core, to_lom, to_marc
from ...interop.holding import Holding
from ...models import Resource
from ..description import RELATED, describe
from ..holding import holding_of
from . import communes, paths
from .sets import specs_of

WRITER = 2  # raise it when a format is written in another way: all records are then made anew


@dataclass(frozen=True, slots=True)
class Written:
    """A record as it is now; `texts` {field of OfferedRecord: compressed}, none when the stored ones still hold."""

    fingerprint: str
    sets: Sequence[str]
    texts: Mapping[str, bytes] = field(default_factory=dict)


def writer() -> str:
    """By whom and for which address of the site records are made: with another one, all are made anew."""
    return f"{WRITER} {site_address()}"


def written(numbers: Collection[int], stored: Mapping[int, str]) -> dict[int, Written]:
    """{number: its record} for those that everybody may see. `stored`: {number: fingerprint}, to spare the writing of
    what has not changed. The same number of queries, however many they are."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            holding.number: _write(values, holding, sets, stored.get(holding.number))
            for values, holding, sets in _described(numbers)
        }


def _described(numbers: Collection[int]) -> Iterator[tuple[dict[str, Any], Holding, list[str]]]:
    offered = Resource.objects.public().filter(pk__in=numbers).select_related("place").order_by()
    resources = list(offered.prefetch_related(*RELATED))
    codes = communes.codes({each.place_id for each in resources if each.place_id}, timezone.localdate())
    parts_of = paths.addresses({each.pk for each in resources}, site_address())
    for resource in resources:
        values = describe(resource)
        address = site_address() + reverse("library:resource", args=[resource.pk])
        holding = holding_of(
            resource,
            address,
            place=resource.place.label if resource.place else "",
            parts_of=parts_of.get(resource.pk, ()),
        )
        subjects = [each.subject.path for each in resource.classifications.all()]
        yield values, holding, specs_of(values, subjects, codes.get(resource.place_id, ""))


def _write(values: dict[str, Any], holding: Holding, sets: list[str], stored: str | None) -> Written:
    fingerprint = _fingerprint(values, holding, sets)
    if fingerprint == stored:
        return Written(fingerprint, sets)
    texts = {
        "dc": to_dublin_core.write_description(values, holding).encode(),
        "marc": marc.record_alone(to_marc.write_description(values, holding)),
        "lom": to_lom.write_description(values, holding).encode(),
    }
    return Written(fingerprint, sets, {name: zlib.compress(text) for name, text in texts.items()})


def _fingerprint(values: dict[str, Any], holding: Holding, sets: list[str]) -> str:
    """Of all that the texts are made from, but not of the moment of the last save: one that changes nothing is no news."""
    said = asdict(holding)
    del said["changed"]
    told = json.dumps([writer(), values, said, sets], default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=16).hexdigest()
