"""The tokens of an entry. Every engine indexes exactly these, split at spaces, so that all find the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from portal.text import syllable_texts

from .entry import Entry

SCHEMA_VERSION = 5  # one more whenever tokens or fields change: the index is then made anew by itself
_KNOWN_NAMES = 16_384  # subjects and persons come again and again
_BETWEEN = " | "  # between two texts, so that no phrase reaches across; never a token of a query
_NOTHING = (
    "|"  # for a title without a word: a field is counted when engines weigh words, however little is in it
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Each field a text of tokens between spaces."""

    text_base: str
    text_exact: str
    title_base: str
    title_exact: str
    title_glued: str
    subjects_base: str
    persons_base: str


def of(entry: Entry) -> Tokens:
    """Persons are among the subjects too, since both say what an entry is about or whose it is."""
    titles = [syllable_texts(title) for title in (str(entry.title), *entry.other_titles)]
    subjects = list(map(_of_name, entry.subjects))
    persons = list(map(_of_name, entry.persons))
    texts = [*titles, *subjects, *persons, syllable_texts(str(entry.summary)), syllable_texts(entry.body)]
    return Tokens(
        text_base=_bases(texts),
        text_exact=_exacts(texts),
        title_base=_bases(titles) or _NOTHING,
        title_exact=_exacts(titles) or _NOTHING,
        title_glued=" ".join([" ".join(glued(base.split())) for base, _exact in titles]),
        subjects_base=_bases([*subjects, *persons]),
        persons_base=_bases(persons),
    )


_of_name = lru_cache(maxsize=_KNOWN_NAMES)(syllable_texts)


def glued(bases: Sequence[str]) -> list[str]:
    """Neighbours written as one: "hoc tap" -> "hoctap". They lift adjacent words, and find words typed so."""
    return [first + second for first, second in pairwise(bases)]


def digest(entry: Entry) -> str:
    """Tells two states of an entry apart, for `search_check`."""
    facets = sorted((name, tuple(values)) for name, values in entry.facets.items())
    texts = (entry.key, entry.kind, entry.title, entry.url, entry.summary, entry.body)
    lists = (tuple(entry.other_titles), tuple(entry.subjects), tuple(entry.persons))
    state = repr((*map(str, texts), lists, entry.language, entry.audience, facets, entry.date, entry.uses))
    return blake2b(state.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _bases(texts: Iterable[tuple[str, str]]) -> str:
    return _BETWEEN.join([base for base, _exact in texts])


def _exacts(texts: Iterable[tuple[str, str]]) -> str:
    return _BETWEEN.join([exact for _base, exact in texts])
