"""What to offer to somebody who is still typing: the parts that do not depend on the engine."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from portal.text import name_key

from . import sources
from .typed import Typed, words_of

FEWEST_LETTERS = 2  # nearly everything begins with one


class OfferKind(StrEnum):
    TITLE = "title"
    SUBJECT = "subject"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Offer:
    """One line below the search box. `url` is where it leads; empty: to a search for its text."""

    kind: OfferKind
    text: str
    url: str


def is_long_enough(typed: Typed) -> bool:
    return sum(len(word.base) for word in typed.words) >= FEWEST_LETTERS


def subjects_meant(typed: Typed, limit: int) -> list[Offer]:
    """At most `limit` subjects that have all words of `typed`, from the sources that have subjects."""
    meant = (
        Offer(OfferKind.SUBJECT, name, url)
        for source in sources.registered()
        if isinstance(source, sources.SubjectList)
        for name, url in source.subjects()
        if has_all_words(name, typed)
    )
    return list(islice(meant, limit))


def distinct(titles: Iterable[tuple[str, str]]) -> list[Offer]:
    """Each title once: several editions of one title look the same in a list."""
    first: dict[str, str] = {}
    for title, url in titles:
        first.setdefault(title, url)
    return [Offer(OfferKind.TITLE, title, url) for title, url in first.items()]


def names_meant(typed: Typed, names: Iterable[str], limit: int) -> list[str]:
    """At most `limit` of `names` that have all words of `typed`, the most frequent first; each person once,
    however the name is spelt."""
    meant = [name for name in names if has_all_words(name, typed)]
    times = Counter(map(name_key, meant))
    spelt = {name_key(name): name for name in reversed(meant)}  # as it came first
    return [spelt[key] for key, _times in times.most_common(limit)]


def has_all_words(name: str, typed: Typed) -> bool:
    """Accents do not matter; the word that is being typed may be a beginning."""
    bases = [word.base for word in words_of(name)]
    return all(
        word.base in bases or (word == typed.open_word and any(base.startswith(word.base) for base in bases))
        for word in typed.words
    )
