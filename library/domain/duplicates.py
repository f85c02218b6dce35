"""Which resources may be one: the same number, file or address, else a title, first creator and year that are alike.

Nothing is ever merged by this: a pair is proposed, and a librarian decides (`domain.merging`, `keep_apart`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.text import fold

from ..enums import DuplicateReason, DuplicateState, IdentifierScheme, RenditionPurpose
from ..models import Contribution, Duplicate, Identifier, Rendition, Resource, SourceRecord

LEAST = 90  # percent of likeness of two titles
LEAST_OF_CREATORS = 80
UNKNOWN = 4  # percent less for a creator or a year that only one of the two tells, or none
RAREST = (
    4  # pairs of words of a title by which others are looked up; there are too few syllables to go by one
)
COMMONEST = 60  # titles; words that stand in more of them bring no two together
CROWD = 5  # resources at one address: more of them stand on a page that lists many things
BATCH = 1000

Pair = tuple[int, int]  # ids, the elder first
Proposal = tuple[DuplicateReason, int]  # why, and how alike in percent


class Described(NamedTuple):
    """What is compared; texts are folded, "" or None for what is not known."""

    pk: int
    title: str
    creator: str
    year: int | None


def likeness(one: Described, other: Described) -> int:
    """0 to 100. "Toán 1" and "Toán 2" are two: the numbers in a title must be the same."""
    if one.year and other.year and one.year != other.year:
        return 0
    if re.findall(r"\d+", one.title) != re.findall(r"\d+", other.title):
        return 0
    both_known = bool(one.creator and other.creator)
    if both_known and fuzz.token_sort_ratio(one.creator, other.creator) < LEAST_OF_CREATORS:
        return 0
    titles = fuzz.token_sort_ratio(one.title, other.title, score_cutoff=LEAST)
    unknown = 2 - both_known - bool(one.year and other.year)
    return round(titles) - UNKNOWN * unknown if titles else 0


def alike(described: Iterable[Described], among: Collection[int] | None = None) -> dict[Pair, int]:
    """{pair: likeness} of those that are alike; with `among`, only pairs with one of these. Two titles are compared when they
    share two words in a row that few others have."""
    of = {each.pk: each for each in described}
    rows = {pk: _words_in_a_row(each.title) for pk, each in of.items()}
    often = Counter(each for own in rows.values() for each in own)
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, own in rows.items():
        for words in sorted(own, key=lambda words: (often[words], words))[:RAREST]:
            if often[words] <= COMMONEST:
                holding[words].append(pk)
    found: dict[Pair, int] = {}
    for ids in holding.values():
        for pair in combinations(sorted(ids), 2):
            if pair not in found and _concerns(pair, among):
                found[pair] = likeness(of[pair[0]], of[pair[1]])
    return {pair: score for pair, score in found.items() if score}


def _words_in_a_row(title: str) -> set[tuple[str, ...]]:
    words = title.split()
    return set(pairwise(words)) or {tuple(words)}


def find(among: Collection[int] | None = None) -> int:
    """Propose what may be one, and take back what is not alike any more; with `among`, only pairs with one of these
    resources. Returns how many pairs are new. What a librarian has decided stays decided."""
    found = dict(_proposals(among))
    with transaction.atomic():
        known = set(Duplicate.objects.values_list("first", "second"))
        new = [
            Duplicate(first_id=first, second_id=second, reason=reason, score=score)
            for (first, second), (reason, score) in found.items()
            if (first, second) not in known
        ]
        Duplicate.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        waiting = Duplicate.objects.filter(state=DuplicateState.OPEN).exclude(reason=DuplicateReason.HAND)
        gone = [
            pk
            for pk, *pair in waiting.values_list("pk", "first", "second")
            if tuple(pair) not in found and _concerns(pair, among)
        ]
        Duplicate.objects.filter(pk__in=gone).delete()
    return len(new)


def find_all(today) -> None:
    """The daily work."""
    find()


def name_pair(one: Resource, other: Resource) -> Duplicate:
    """A librarian has noticed two that may be one; also a pair that was once kept apart is open again."""
    first, second = sorted([one.pk, other.pk])
    proposal, _created = Duplicate.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults={"state": DuplicateState.OPEN, "decided_by": None, "decided_at": None},
        create_defaults={"reason": DuplicateReason.HAND, "score": 100},
    )
    return proposal


def keep_apart(proposal: Duplicate, by) -> None:
    """They are two; the pair is never proposed again."""
    proposal.state = DuplicateState.APART
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])


def _proposals(among: Collection[int] | None) -> Iterator[tuple[Pair, Proposal]]:
    """The surest reason of a pair comes last."""
    stock = _stock()
    for pair, score in alike(_described(stock), among).items():
        yield pair, (DuplicateReason.TITLE, score)
    originals = Rendition.objects.filter(purpose=RenditionPurpose.ORIGINAL, resource__in=stock)
    links = originals.exclude(url="").values_list("resource", "plain_url")
    files = originals.exclude(checksum="").values_list("resource", "checksum")
    # An ISSN is that of a journal: its articles share it.
    numbers = Identifier.objects.filter(resource__in=stock).exclude(scheme=IdentifierScheme.ISSN)
    for reason, rows in (
        (DuplicateReason.LINK, links),
        (DuplicateReason.FILE, files),
        (
            DuplicateReason.IDENTIFIER,
            ((pk, key) for pk, *key in numbers.values_list("resource", "scheme", "value")),
        ),
    ):
        for pair in _sharing(rows):
            if _concerns(pair, among):
                yield pair, (reason, 100)


def _stock():
    """What an officer hands in is looked at when it is; what a collection offers waits here beside all others."""
    loaded = Q(proposed=False) | Exists(SourceRecord.objects.filter(resource=OuterRef("pk")))
    return Resource.objects.filter(loaded, withdrawn_on__isnull=True)


def _concerns(pair: Sequence[int], among: Collection[int] | None) -> bool:
    return among is None or pair[0] in among or pair[1] in among


def _sharing(rows: Iterable[tuple[int, object]]) -> Iterator[Pair]:
    """Pairs of resources with the same value; none of a crowd."""
    holding: dict[object, set[int]] = defaultdict(set)
    for pk, value in rows:
        holding[tuple(value) if isinstance(value, list) else value].add(pk)
    for ids in holding.values():
        if len(ids) <= CROWD:
            yield from combinations(sorted(ids), 2)


def _described(stock) -> Iterator[Described]:
    first = Contribution.objects.filter(Q(resource__in=stock)).order_by("resource", "-sort_order", "-pk")
    creators = dict(
        first.values_list("resource", "name")
    )  # the last one written is the first of the title page
    for pk, title, year in stock.order_by().values_list("pk", "title", "year").iterator(BATCH):
        yield Described(pk, fold(title), fold(creators.get(pk, "")), year)
