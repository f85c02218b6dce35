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
    `body` is plain text, searched and not stored; `title` and `summary` are stored and shown.
    """

    key: str
    kind: str
    title: str
    url: str
    summary: str = ""
    body: str = ""
    subjects: tuple[str, ...] = ()
    language: str = "vi"
    audience: str = PUBLIC
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: Date | None = None


def make_key(prefix: str, object_id: object) -> str:
    """ "resource", 12 -> "resource:12"."""
    return f"{prefix}:{object_id}"
