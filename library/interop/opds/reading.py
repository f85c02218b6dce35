"""What one answer of a catalogue says: publications, the next page, and the lists below it. Pure.

OPDS 1.2 (Atom) and 2.0 (JSON) are told by their content, for servers say all kinds of things of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..page import Found

CATALOGUE = "profile=opds-catalog"
NEXT, CRAWLABLE, FACET = "next", "http://opds-spec.org/crawlable", "http://opds-spec.org/facet"
LISTS = (
    "subsection",
    "collection",
    "http://opds-spec.org/catalog",
    "http://opds-spec.org/featured",
    "http://opds-spec.org/recommended",
    "http://opds-spec.org/sort/new",
    "http://opds-spec.org/sort/popular",
)


class NotACatalogue(ValueError):
    """`str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`following`: the next page of this list; `lists`: other lists it leads to; `whole`: the one list of everything,
    where there is one."""

    title: str
    records: Sequence[Found]
    following: str = ""
    lists: Sequence[str] = ()
    whole: str = ""
    total: int | None = None
    contact: str = ""
    notes: Sequence[str] = ()
