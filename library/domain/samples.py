"""Generated resources for trying the library out at size. Every title says that it is a sample."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from django.db import transaction

from portal.search.rebuild import count_words
from portal.web.imports import read_table

from ..enums import Audience, Kind, Language, Level
from ..models import (
    Classification,
    Contribution,
    Rendition,
    Resource,
    ResourceTag,
    SourceRecord,
    Tag,
)
from .seed import DATA
from .writing import Incoming, Vocabulary, Writer

SOURCE = "Học liệu mẫu"
TAG = "mẫu"
BATCH = 1000
LICENCES = ("unknown", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0")
BELOW = (
    (Classification, "resource"),
    (Contribution, "resource"),
    (Rendition, "resource"),
    (ResourceTag, "content_object"),
    (SourceRecord, "resource"),
)
Progress = Callable[[int], None]


def make_samples(number: int, progress: Progress | None = None) -> int:
    """Make the samples 1 to `number` that are not there yet; returns how many were made.

    The same number always has the same text. Each batch is a transaction of its own: an interrupted run goes on
    where it stopped. `progress` is told how many have been looked at.
    """
    vocabulary = Vocabulary()
    vocabulary.tags.ensure([TAG])
    subjects, writer = list(vocabulary.subjects), Writer(SOURCE, vocabulary)
    made = 0
    for start in range(1, number + 1, BATCH):
        wanted = {f"mau-{each}": each for each in range(start, min(start + BATCH, number + 1))}
        known = set(_records().filter(key__in=wanted).values_list("key", flat=True))
        new = [Incoming(key, sample(each, subjects)) for key, each in wanted.items() if key not in known]
        with transaction.atomic():
            writer.create(new)
        made += len(new)
        if progress:
            progress(start + len(wanted) - 1)
    return made


def remove_samples(progress: Progress | None = None) -> int:
    """Remove all samples: nobody has quoted them by their address. Returns how many there were. Their words are not
    suggested to anybody from then on."""
    removed = 0
    while ids := list(_records().values_list("resource_id", flat=True)[:BATCH]):
        with transaction.atomic():
            for model, owner in BELOW:
                model.objects.filter(**{f"{owner}__in": ids}).delete()
            Resource.objects.filter(pk__in=ids).delete()
        removed += len(ids)
        if progress:
            progress(removed)
    Tag.objects.filter(name=TAG, tagged_items=None).delete()
    if removed:
        count_words()
    return removed


def _records():
    return SourceRecord.objects.filter(source=SOURCE)


def sample(number: int, subjects: list[str]) -> dict:
    """A description (see `description`) of about 1 KB: real Vietnamese syllables in an order of its own."""
    chance = random.Random(number)  # noqa: S311 - the same text each time is what is wanted
    return {
        "title": f"Mẫu {number}: {_sentence(chance, 6, 12)}",
        "abstract": f"{_sentence(chance, 60, 110)}. {_sentence(chance, 40, 70)}.",
        "publisher": f"Nhà xuất bản mẫu {chance.randrange(40)}",
        "year": chance.randrange(1960, 2027),
        "language": Language.VIETNAMESE.value if chance.random() < 0.8 else chance.choice(Language.values),
        "kind": chance.choice(Kind.values),
        "level": chance.choice(Level.values),
        "audience": chance.choice(Audience.values),
        "licence": chance.choice(LICENCES),
        "page_count": chance.randrange(4, 400),
        "creators": [[f"Tác giả mẫu {chance.randrange(5000)}", "author"]],
        "subjects": sorted(chance.sample(subjects, k=min(len(subjects), chance.randrange(1, 3)))),
        "tags": [TAG],
        "identifiers": [],
        "links": [f"https://vi-du.example/hoc-lieu/{number}"],
    }


def _sentence(chance: random.Random, shortest: int, longest: int) -> str:
    """A walk along pairs of words that stand beside each other in the abstracts of the seed."""
    followers, starts = _word_pairs()
    words = [starts[int(chance.random() * len(starts))]]
    for _step in range(chance.randrange(shortest, longest)):
        after = followers.get(words[-1]) or starts
        words.append(after[int(chance.random() * len(after))])  # three times as fast as `choice`
    return " ".join(words).strip(",.;:")


@cache
def _word_pairs() -> tuple[Mapping[str, list[str]], list[str]]:
    """Which words follow which, and with which a text begins."""
    followers: dict[str, list[str]] = defaultdict(list)
    starts = []
    for words in _texts():
        starts.append(words[0])
        for first, second in pairwise(words):
            followers[first].append(second)
    return followers, starts


def _texts() -> Iterator[list[str]]:
    for _number, row in read_table(DATA / "resources.csv"):
        for text in (row["title"], row["abstract_vi"]):
            if text:
                yield str(text).split()
