"""All that has certain words in one place, as keys and without a rank: for programs that put conditions together and let
the database answer. `query.search()` is for people: it ranks, forgives and pages."""

from collections.abc import Sequence

from . import background
from .engine import Choosing, EngineUnavailable, Selection, Where
from .engines import ask
from .typed import MAX_WORDS, words_of

__all__ = ["Choosing", "EngineUnavailable", "TooMany", "Where", "select"]

MOST = 100_000  # keys; more are no answer to a question


class TooMany(ValueError):
    """More than `MOST` things have these words."""


def select(
    kind: str, text: str, *, where: Where = Where.TEXT, choosing: Choosing = Choosing.ALL
) -> list[str]:
    """The ids of the entries of `kind` for everybody that have the words of `text`, whatever their accents; none for a text
    without a word. Raises TooMany, and EngineUnavailable when no index can be asked."""
    words = tuple(dict.fromkeys(words_of(text))) if choosing is not Choosing.IN_ORDER else words_of(text)
    if not words:
        return []
    background.look()
    selection = Selection(kind, where, choosing, words[:MAX_WORDS])
    keys, _reduced = ask(lambda engine: engine.keys(selection, MOST + 1))
    return _ids(keys)


def _ids(keys: Sequence[str]) -> list[str]:
    if len(keys) > MOST:
        raise TooMany
    return [key.partition(":")[2] for key in keys]
