"""What a source of records answers, whatever its protocol: the seam between the readers of the wire and the harvest.

A reader never drops a record: what it cannot read is a `Found` with a `problem`, so that what was read and what failed
come to what was offered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Cursor = Mapping[str, Any]  # JSON; where to go on, in the reader's own words


class SourceProblem(Exception):
    """The source cannot be read, or not any further; `str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What a reader is told of its source. `prefix` "": chosen by namespace; `pause`: seconds between two requests."""

    url: str
    prefix: str = ""
    sets: Sequence[str] = ()
    query: str = ""
    pause: float = 0.0
    granularity: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One record that a source offers: `values` in the shape of `domain.description`, or `deleted`, or a `problem`.

    `identifier` is unique within the source, "" when it could not be read; `datestamp` as the source writes it;
    `raw` the record's own bytes and `format` what they are ("oai_dc", "marc21", "opds2" ...); `subject_words` what the
    source says it is about, in its own words; `rights_note` what it says of rights and is not a licence we know.
    """

    identifier: str
    raw: bytes = b""
    format: str = ""
    values: Mapping[str, Any] | None = None
    subject_words: Sequence[str] = ()
    rights_note: str = ""
    datestamp: str = ""
    deleted: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """`next`: the cursor behind it, None at the end. `response_date` and `total` as the server says (its own clock; its
    own count, which may lie). `notes`: sentences on what was odd in the answer and was borne. `keeps_deletions`: whether
    it goes on telling what it has deleted (no, transient, persistent), "" where it does not say."""

    records: Sequence[Found]
    next: Cursor | None = None
    response_date: str = ""
    total: int | None = None
    notes: Sequence[str] = ()
    keeps_deletions: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a source says of itself, for a person who is about to add it. `facts`: (label, value) in words for people;
    `formats` (prefix, namespace); `sets` (spec, name), at most the first thousand; `examples`: at most five records."""

    name: str
    facts: Sequence[tuple[str, str]] = ()
    formats: Sequence[tuple[str, str]] = ()
    sets: Sequence[tuple[str, str]] = ()
    examples: Sequence[Found] = ()
    contact: str = ""
    prefix: str = ""
    granularity: str = ""
    keeps_deletions: str = ""
    earliest: str = ""
    notes: Sequence[str] = field(default_factory=tuple)


class Reader(Protocol):
    """A client of one protocol; made with `SourceSettings`."""

    def probe(self) -> Probe:
        """Raises SourceProblem."""

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        """From the beginning, or from the `next` of an earlier page, to the end. `since`: only what changed from then on,
        a `response_date` of the source. Raises SourceProblem."""
