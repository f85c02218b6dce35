"""The protocol of a search engine. Rooms never see it; `query`, `drain` and `rebuild` do."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date as Date
from enum import Enum, StrEnum
from typing import Protocol

from .entry import PUBLIC, Entry
from .typed import Typed, Word


class EngineUnavailable(Exception):
    """The index is missing, broken or out of reach; what was asked may be asked again later."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    USED = "used"  # most used first


class Strictness(Enum):
    """How many of the needs must be there."""

    ALL = "all"
    ALL_BUT_ONE = "all but one"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """`filters` {facet: values}, "kind" among them; `counted` names the facets to count.

    The facets of entries are apart from their fields: a facet "language" is not the `language` of the text.
    """

    typed: Typed
    audience: str = PUBLIC
    language: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    strictness: Strictness = Strictness.ALL
    offset: int = 0
    limit: int = 20


class Where(StrEnum):
    """Where words are looked for: in all of an entry, in its titles, in its creators."""

    TEXT = "text_base"
    TITLE = "title_base"
    PERSONS = "persons_base"


class Choosing(Enum):
    """All words, any of them, or all next to each other in this very order."""

    ALL = "all"
    ANY = "any"
    IN_ORDER = "in order"


@dataclass(frozen=True, slots=True)
class Selection:
    """All entries of `kind` for everybody that have `words` (one at least) there, whatever their accents."""

    kind: str
    where: Where
    choosing: Choosing
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class EngineHit:
    key: str
    kind: str
    title: str
    summary: str
    url: str
    language: str
    date: Date | None


@dataclass(frozen=True, slots=True)
class EngineResult:
    """`facets` {name: {value: count}}: each counted as if nothing of that facet itself were chosen."""

    hits: list[EngineHit]
    count: int
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What somebody may be about to type: `titles` (title, address), best first, and names of `persons`."""

    titles: list[tuple[str, str]]
    persons: list[str]


class Writer(Protocol):
    """Takes changes; they are found, and safe from a crash, when `commit` has returned. Indexing an entry
    that is there replaces it, so that any batch may be given twice."""

    def index(self, entries: Iterable[Entry]) -> None: ...

    def delete(self, keys: Iterable[str]) -> None: ...

    def commit(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The index that is being made: a writer into it, and the digests of what an interrupted rebuild left there."""

    writer: Writer
    known: dict[str, str]


class Engine(Protocol):
    """All methods raise `EngineUnavailable`, never an error of the engine's own.

    `name` tells one index from all others of this database, also those of other machines and other schemas;
    a `shared` one has writers on several machines. `failing`: out of reach a moment ago, and not asked again yet.
    """

    name: str
    shared: bool
    failing: bool

    def search(self, query: EngineQuery) -> EngineResult: ...

    def suggest(self, typed: Typed, audience: str, limit: int) -> Suggestions:
        """At most `limit` titles and `limit` persons, of entries for `audience`, that have all words of `typed`."""

    def keys(self, selection: Selection, limit: int) -> list[str]:
        """At most `limit` keys of what is selected, in one order that does not depend on the words."""

    def ready(self) -> bool:
        """Whether there is a sound index of the present schema."""

    def writer(self) -> AbstractContextManager[Writer]:
        """Only the holder of the writer's lock may ask for one."""

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """A new index, which takes the place of the old one when all went well; what is committed of it otherwise
        is there at the next rebuild. Only the holder of the writer's lock may ask for one."""

    def count(self) -> int: ...

    def digests(self) -> Mapping[str, str]:
        """The digest (`tokens.digest`) of each entry in the index, by key."""
