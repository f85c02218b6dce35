"""Did you mean ...: the likeliest words that are at most one letter away from those that were typed.

A bigram model over the vocabulary (Jelinek-Mercer), one error a query, found by Viterbi's algorithm. It works on words
without accents, since accents decide nothing about what is found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from portal.text import nfc

from .models import KnownWord
from .typed import Typed, plain
from .vocabulary import LONGEST

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_WORDS = 8  # of a query; longer ones are seldom all right but for one letter
MOST_CANDIDATES = 60  # for one word; its neighbours tell which is meant, however rare it is
ERROR = 7.0  # nats: what a wrong letter costs
PAIRS = 0.98  # weight of the neighbours against the frequency of a word alone
UNSEEN = 0.05  # times that an unknown word counts as seen
MANY = 100_000  # words of a collection; only ratios matter


@dataclass(frozen=True, slots=True)
class Path:
    cost: float
    words: tuple[str, ...]


def corrected(text: str, typed: Typed) -> str | None:
    """What was probably meant by `text`, written as it mostly is; None when nothing likelier is known.

    `typed` is `text` as it was read. Whoever typed accents keeps them on the words that were right, and means a word
    whose accents are those that it mostly has. Two queries.
    """
    words = [word.base for word in typed.sequence]
    if not 0 < len(words) <= MOST_WORDS:
        return None
    kept = {plain(chunk): chunk for chunk in text.split()} if typed.marked else {}
    candidates = _candidates(words, kept)
    pairs = _known(_pairs(words, candidates))
    best = _likeliest(words, candidates, {base: known.times for base, known in pairs.items()})
    if best == words:
        return None
    shown = _written(best, candidates, pairs)
    return " ".join(kept.get(base, written) for base, written in zip(best, shown, strict=True))


def _candidates(words: Sequence[str], accented: Mapping[str, str]) -> list[dict[str, KnownWord | None]]:
    """For each word the known ones one letter away, the most frequent first, and the word itself. `accented`: words as
    they were typed, by their bases."""
    near = {word: _one_letter_away(word) if _is_word(word) else frozenset() for word in words}
    known = _known({*words, *(other for others in near.values() for other in others)})
    choices = {}
    for word, others in near.items():
        meant = (
            word in known
            and known[word].written != word
            and known[word].written == nfc(accented.get(word, "")).lower()
        )
        likely = sorted(
            () if meant else others & known.keys(), key=lambda other: (-known[other].times, other)
        )
        choices[word] = {word: known.get(word)} | {other: known[other] for other in likely[:MOST_CANDIDATES]}
    return [choices[word] for word in words]


def _pairs(words: Sequence[str], candidates: Sequence[Iterable[str]]) -> Iterator[str]:
    """Neighbours of which at most one is not as it was typed: there is one error only."""
    for (first, second), (one, other) in zip(pairwise(words), pairwise(candidates), strict=True):
        yield from (f"{choice} {second}" for choice in one)
        yield from (f"{first} {choice}" for choice in other)


def _is_word(word: str) -> bool:
    return len(word) <= LONGEST and word.isascii() and word.isalpha()


@lru_cache(maxsize=256)
def _one_letter_away(word: str) -> frozenset[str]:
    """Every text that one letter left out, put in, exchanged, or swapped with its neighbour makes of `word`."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    # nearly everything is one exchange away from a single letter
    exchanged = {head + letter + tail[1:] for head, tail in cuts if tail and word[1:] for letter in LETTERS}
    put_in = {head + letter + tail for head, tail in cuts for letter in LETTERS}
    return frozenset((left_out | swapped | exchanged | put_in) - {word, ""})


def _known(bases: Iterable[str]) -> dict[str, KnownWord]:
    return {known.base: known for known in KnownWord.objects.filter(base__in=set(bases))}


def _likeliest(
    words: Sequence[str], candidates: Sequence[Mapping[str, KnownWord | None]], pairs: Mapping[str, int]
) -> list[str]:
    """The cheapest way through the candidates with at most one error; costs are negative log probabilities."""
    paths: dict[tuple[str, int], Path] = {("", 0): Path(0.0, ())}
    before: Mapping[str, KnownWord | None] = {}
    for word, choices in zip(words, candidates, strict=True):
        longer: dict[tuple[str, int], Path] = {}
        for (last, errors), path in paths.items():
            for choice, known in choices.items():
                state = (choice, errors + (choice != word))
                if state[1] > 1:
                    continue
                follows = pairs.get(f"{last} {choice}", 0) / before[last].times if before.get(last) else 0.0
                cost = path.cost + _cost(known, follows) + ERROR * (choice != word)
                if state not in longer or cost < longer[state].cost:
                    longer[state] = Path(cost, (*path.words, choice))
        paths, before = longer, choices
    return list(min(paths.values(), key=lambda path: path.cost).words)


def _cost(known: KnownWord | None, follows: float) -> float:
    alone = ((known.times if known else 0) + UNSEEN) / MANY
    return -log(PAIRS * follows + (1 - PAIRS) * alone)


def _written(
    best: Sequence[str],
    candidates: Sequence[Mapping[str, KnownWord | None]],
    pairs: Mapping[str, KnownWord],
) -> list[str]:
    """Each of `best` with accents, as its neighbours suggest."""
    known = [choices[base] for base, choices in zip(best, candidates, strict=True)]
    shown = [word.written if word else base for base, word in zip(best, known, strict=True)]
    for place, pair in enumerate(pairwise(best)):
        if together := pairs.get(" ".join(pair)):
            shown[place : place + 2] = together.written.split(" ")
    return shown
