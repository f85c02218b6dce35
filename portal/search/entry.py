"""What a room gives to the index: one entry for each thing that can be found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date

PUBLIC = "public"
OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    `key` is "<source prefix>:<id>" ("resource:12"); `kind` is one of the kinds of its source; `audience` is
    `PUBLIC` or `OFFICER`; `facets` maps a facet name to the values the entry has ({"subject": ("nong-nghiep",)}).
    `body` is plain text, searched and not stored; `title` and `summary` are stored and shown. `other_titles` are
    searched like the title and not shown; `persons`, its creators, are searched like subjects and offered while
    somebody types; `uses` tells how often it was used, for `Sort.USED`.
    """

    key: str
    kind: str
    title: str
    url: str
    summary: str = ""
    body: str = ""
    other_titles: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    language: str = "vi"
    audience: str = PUBLIC
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: Date | None = None
    uses: int = 0


def make_key(prefix: str, object_id: object) -> str:
    """ "resource", 12 -> "resource:12"."""
    return f"{prefix}:{object_id}"
