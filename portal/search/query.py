"""Searching the whole site: `search()` is the only door to the engines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from .entry import PUBLIC


class PageRefused(ValueError):
    """There is no such page of results; the text of the error says why, to the reader."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a result list; the `_html` texts are escaped and carry <mark>."""

    key: str
    kind: str
    kind_label: str
    title: str
    title_html: str
    summary: str
    summary_html: str
    url: str
    date: Date | None
    language: str


@dataclass(frozen=True, slots=True)
class Results:
    """`relaxed`: not every word matched. `reduced`: the index is not there, only titles were looked up."""

    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    suggestion: str | None = None
    relaxed: bool = False
    reduced: bool = False
    page: int = 1
    pages: int = 0


def search(
    text: str,
    *,
    kinds: Sequence[str] = (),
    facets: Mapping[str, Sequence[str]] | None = None,
    audience: str = PUBLIC,
    language: str | None = None,
    page: int = 1,
    per_page: int = 20,
    sort: str = "relevance",
    facet_names: Sequence[str] | None = None,
) -> Results:
    """The page `page` (from 1) of what `text` finds; an empty `text` finds everything.

    `facets` {"subject": ["nong-nghiep"]}: any value within a facet, all facets together. `sort` is "relevance",
    "newest" or "title". `facet_names` are the facets to count (None: all of the registered sources).
    Raises `PageRefused` for a page below 1 or past the first 10,000 results.
    """
    raise NotImplementedError
