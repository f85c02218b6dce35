"""The tokens of an entry. Every engine indexes exactly these, split at spaces, so that all find the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from portal.text import syllables

from .entry import Entry

SCHEMA_VERSION = 1  # one more whenever tokens or fields change: the index is then made anew by itself
_BETWEEN = " | "  # between two texts, so that no phrase reaches across; never a token of a query


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
    title = syllables(str(entry.title))
    subjects = [syllables(subject) for subject in entry.subjects]
    texts = [title, *subjects, syllables(str(entry.summary)), syllables(entry.body)]
    return Tokens(
        text_base=_BETWEEN.join(_bases(text) for text in texts),
        text_exact=_BETWEEN.join(_exacts(text) for text in texts),
        title_base=_bases(title),
        title_exact=_exacts(title),
        title_glued=" ".join(glued([base for base, _exact in title])),
        subjects_base=_BETWEEN.join(_bases(subject) for subject in subjects),
    )


def glued(bases: Sequence[str]) -> list[str]:
    """Neighbours written as one: "hoc tap" -> "hoctap". They lift adjacent words, and find words typed so."""
    return [first + second for first, second in pairwise(bases)]


def digest(entry: Entry) -> str:
    """Tells two states of an entry apart, for `search_check`."""
    facets = sorted((name, tuple(values)) for name, values in entry.facets.items())
    fields = (entry.key, entry.kind, entry.title, entry.url, entry.summary, entry.body, tuple(entry.subjects))
    state = repr((*map(str, fields), entry.language, entry.audience, facets, entry.date))
    return blake2b(state.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _bases(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join([base for base, _exact in pairs])


def _exacts(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join([exact for _base, exact in pairs])
