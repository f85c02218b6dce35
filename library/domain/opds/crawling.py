"""The complete feed, for who copies or indexes the catalogue: every publication, what has changed last first, in pages that
all cost the same (OPDS 1.2, 2.5).

A page begins after a key, the moment and the number of the last publication before it. What changes meanwhile moves to the
front, where the next visit begins; nothing else is met twice or passed over.
"""

import datetime
import re

from django.db.models import Q
from django.utils.translation import gettext as _

from ...interop.opds.catalogue import Feed, FeedKind, Paging
from ...models import Resource
from .addresses import Addresses, permanent
from .lists import newest
from .publications import publications

PER_PAGE = 100
KEY = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)  # microseconds since 1970, number
Key = tuple[datetime.datetime, int]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)


def read_key(text: str) -> Key | None:
    """None for what is none."""
    match = KEY.fullmatch(text)
    if not match:
        return None
    try:
        return EPOCH + int(match[1]) * MICROSECOND, int(match[2])
    except OverflowError:
        return None


def crawlable(after: Key | None, addresses: Addresses) -> Feed:
    rows = _rows(after)[: PER_PAGE + 1]
    keys = list(rows.values_list("updated_at", "pk"))
    shown, more = keys[:PER_PAGE], len(keys) > PER_PAGE
    held = publications([pk for _moment, pk in shown], addresses)
    return Feed(
        id=permanent("opds:crawlable"),
        title=_("The whole catalogue"),
        updated=newest(held),
        kind=FeedKind.ACQUISITION,
        href=_at(addresses, after),
        up=addresses.feed("root"),
        other=_at(addresses.other, after),
        publications=held,
        paging=Paging(first=_at(addresses, None), next=_at(addresses, shown[-1]) if more else ""),
        whole=True,
        complete=after is None and not more,
    )


def _rows(after: Key | None):
    found = Resource.objects.public().obtainable().order_by("-updated_at", "-pk")
    if after is None:
        return found
    moment, pk = after
    return found.filter(Q(updated_at__lt=moment) | Q(pk__lt=pk), updated_at__lte=moment)


def _at(addresses: Addresses, after: Key | None) -> str:
    query = f"after={(after[0] - EPOCH) // MICROSECOND}-{after[1]}" if after else ""
    return addresses.feed("crawlable", query=query)
