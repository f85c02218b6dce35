"""Subjects of one village that may be the same, for a person to decide on."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import Indel

from recognition.models import Subject

NUMBER = re.compile(r"\d+")
ALIKE = 0.9  # of the folded names: a letter more or less in a name of a dozen letters
SHOWN = 100


class Pair(NamedTuple):
    first: Subject
    second: Subject
    likeness: float


def look_alikes(subjects: Iterable[Subject]) -> list[Pair]:
    """Pairs of one kind and village whose names differ by accents or a letter, the likeliest first."""
    groups = defaultdict(list)
    for subject in subjects:
        groups[subject.place_id, subject.kind].append(subject)
    pairs = (pair for group in groups.values() for pair in _pairs(group))
    return sorted(pairs, key=lambda pair: -pair.likeness)[:SHOWN]


def _pairs(group: list[Subject]):
    for first, second in combinations(sorted(group, key=lambda each: each.pk), 2):
        if _told_apart(first, second):
            continue
        likeness = Indel.normalized_similarity(first.folded_name, second.folded_name, score_cutoff=ALIKE)
        if likeness:
            yield Pair(first, second, likeness)


def _told_apart(first: Subject, second: Subject) -> bool:
    """Somebody has said how the two of one name differ, or they are numbered: house 1 and house 2."""
    if first.name_key == second.name_key and first.distinction != second.distinction:
        return True
    return NUMBER.findall(first.folded_name) != NUMBER.findall(second.folded_name)
