"""The tokens of an entry. Every engine indexes exactly these, split at spaces, so that all find the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, pairwise

from .entry import Entry
from .typed import Word, words_of

SCHEMA_VERSION = 1  # one more whenever tokens or fields change: the index is then made anew by itself
GAP = "|"  # stands between two texts, so that no phrase reaches across; never a token of a query


@dataclass(frozen=True, slots=True)
class Tokens:
    """Each field a text of tokens between spaces."""

    text_base: str
    text_exact: str
    title_base: str
    title_exact: str
    title_glued: str
    subjects_base: str


def of(entry: Entry) -> Tokens:
    title = words_of(entry.title)
    subjects = [words_of(subject) for subject in entry.subjects]
    texts = [title, *subjects, words_of(entry.summary), words_of(entry.body)]
    return Tokens(
        text_base=_join((word.base for word in text) for text in texts),
        text_exact=_join((word.exact for word in text) for text in texts),
        title_base=" ".join(word.base for word in title),
        title_exact=" ".join(word.exact for word in title),
        title_glued=" ".join(glued(title)),
        subjects_base=_join((word.base for word in subject) for subject in subjects),
    )


def glued(words: Sequence[Word]) -> list[str]:
    """Neighbours written as one: "học tập" -> "hoctap". They lift adjacent words, and find words typed so."""
    return [first.base + second.base for first, second in pairwise(words)]


def digest(entry: Entry) -> str:
    """Tells two states of an entry apart, for `search_check`."""
    facets = sorted((name, tuple(values)) for name, values in entry.facets.items())
    fields = (entry.key, entry.kind, entry.title, entry.url, entry.summary, entry.body, tuple(entry.subjects))
    state = repr((*map(str, fields), entry.language, entry.audience, facets, entry.date))
    return blake2b(state.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _join(texts: Iterable[Iterable[str]]) -> str:
    return " ".join(chain.from_iterable((*text, GAP) for text in texts))
