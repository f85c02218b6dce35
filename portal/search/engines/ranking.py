"""The steps that lift what matches, the same in every engine, beside the engine's own score (BM25, about 0-25 a word).

They are wide enough that an exactly spelt word goes before a title which has the word with other accents, wherever
it stands.
"""

from collections.abc import Iterable

from ..engine import EngineHit

EXACT = 60.0  # spelt as typed, when accents were typed
EXACT_UNMARKED = 4.0  # spelt without accents, as typed: a weak sign, many type none at all
EXACT_TITLE = 10.0
TITLE = 15.0
NEIGHBOURS = 8.0
SUBJECT = 5.0
INSTEAD = 0.1  # another word for what was typed
BEGINNING = 0.0  # the open word is only the beginning of a word there, or two words are written as one
SHORTEST_GLUED = 4  # letters of a word that may be two written together
MOST_VALUES = 500  # of one facet
MOST_WORKS = 100  # looked at for the names of their creators


def in_order(scored: Iterable[tuple[float, EngineHit]]) -> list[EngineHit]:
    """The hits of one page, best first. A hundredth more or less of a score means nothing, and engines differ in it:
    what is as good as equal comes in the order of its number."""
    return [hit for _score, hit in sorted(scored, key=lambda one: (-round(one[0], 2), key_order(one[1].key)))]


def key_order(key: str) -> tuple[int, str]:
    """What ranks alike comes in the order of its numbers: "book:9" before "book:10"."""
    object_id = key.partition(":")[2]
    return int(object_id) if object_id.isdecimal() else 0, key
