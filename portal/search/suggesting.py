"""What to offer to somebody who is still typing: the parts that do not depend on the engine."""

from collections import Counter
from collections.abc import Iterable

from portal.text import name_key

from .typed import Typed, words_of


def names_meant(typed: Typed, names: Iterable[str], limit: int) -> list[str]:
    """At most `limit` of `names` that have all words of `typed`, the most frequent first; each person once,
    however the name is spelt."""
    meant = [name for name in names if _has_all_words(name, typed)]
    times = Counter(map(name_key, meant))
    spelt = {name_key(name): name for name in reversed(meant)}  # as it came first
    return [spelt[key] for key, _times in times.most_common(limit)]


def _has_all_words(name: str, typed: Typed) -> bool:
    bases = [word.base for word in words_of(name)]
    return all(
        word.base in bases or (word == typed.open_word and any(base.startswith(word.base) for base in bases))
        for word in typed.words
    )
