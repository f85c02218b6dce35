"""Where entries come from: each room registers a source and never talks to an engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from .entry import Entry


class Source(Protocol):
    """The entries of one room. `kinds` and `facets` map a name to the (lazy) label that people read."""

    prefix: str
    kinds: Mapping[str, str]
    facets: Mapping[str, str]

    def entries(self, ids: Sequence[str]) -> Iterable[Entry]:
        """The entries that may be found now; an id left out is removed from the index."""

    def ids(self) -> Iterable[str]:
        """The id of everything that may have an entry, for a rebuild. Should stream."""

    def facet_labels(self, name: str, values: Sequence[str]) -> Mapping[str, str]:
        """The label of each value of the facet `name`; a value left out is shown as it is."""


@runtime_checkable
class TitleLookup(Protocol):
    """What a source may also have: a plain look-up in the database, for the time the index is being made."""

    def title_lookup(self, text: str, limit: int) -> Iterable[Entry]:
        """At most `limit` public entries with all words of `text` in the title, accents or not, cheaply (<= 1 s)."""


@runtime_checkable
class SubjectList(Protocol):
    """What a source may also have: subjects to offer while somebody types."""

    def subjects(self) -> Iterable[tuple[str, str]]:
        """The name of each subject and the address of what is under it, cheaply: it is read at every letter."""


@runtime_checkable
class Dated(Protocol):
    """What a source may also have: what the day of its entries is the day of. Days of all others are not shown."""

    day_labels: Mapping[str, str]
    """{kind: "Issued on %(day)s"}, lazily translated."""


@runtime_checkable
class Filtered(Protocol):
    """What a source may also have: facets of its entries that programs filter by and that stand in no list."""

    filters: Sequence[str]


@runtime_checkable
class AddressLookup(Protocol):
    """What a source may also have: telling which of its things an address of the site shows."""

    def id_at(self, path: str) -> str | None:
        """The id of what stands at `path` ("/r/12"), None when it is none of this source's."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make `source` known; called in `AppConfig.ready` of its room. A second source of a prefix is a mistake."""
    known = _sources.setdefault(source.prefix, source)
    if type(known) is not type(source):
        raise ValueError(f"Two search sources have the prefix {source.prefix!r}.")


def unregister(prefix: str) -> None:
    """Forget a source (its entries leave the index when their rows of the outbox are next drained)."""
    _sources.pop(prefix, None)


def get(prefix: str) -> Source | None:
    return _sources.get(prefix)


def registered() -> Iterator[Source]:
    yield from _sources.values()
