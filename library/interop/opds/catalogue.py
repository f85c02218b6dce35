"""What a catalogue for reading apps says, as plain values: `atom` writes it as OPDS 1.2, `json` as OPDS 2.0.

All addresses are whole ones, as they stand in the document. Texts are for people, in the language of the feed.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .relations import Relation


class FeedKind(StrEnum):
    """A navigation feed leads on, an acquisition feed holds publications; none does both (OPDS 1.2, 2)."""

    NAVIGATION = "navigation"
    ACQUISITION = "acquisition"


@dataclass(frozen=True, slots=True)
class Person:
    """`role`: author, translator, editor, illustrator or contributor."""

    name: str
    role: str = "author"


@dataclass(frozen=True, slots=True)
class Term:
    """What a publication is about: a code of a scheme, and the feed of all that is about it; or a mere word."""

    label: str
    code: str = ""
    scheme: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Acquisition:
    """A way to have a publication. `open_access`: whole, at once, and without any requirement (OPDS 1.2, 5.2.1);
    `length` in bytes."""

    href: str
    media_type: str
    open_access: bool
    title: str = ""
    length: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Publication:
    """`id` stays the same wherever it is read; `href` is the address of its own document, `page` of its page for people.

    `pictures` hold the same one in several formats. `languages` are BCP 47 tags, the main one first; `identifiers` URNs;
    `details` what is known beyond the summary, a line a fact; `type` a class of schema.org.
    """

    id: str
    href: str
    page: str
    title: str
    updated: datetime.datetime
    acquisitions: Sequence[Acquisition]
    published: datetime.datetime | None = None
    type: str = ""
    languages: Sequence[str] = ()
    people: Sequence[Person] = ()
    publisher: str = ""
    year: int | None = None
    identifiers: Sequence[str] = ()
    summary: str = ""
    details: Sequence[str] = ()
    terms: Sequence[Term] = ()
    rights: str = ""
    licence: str = ""
    pictures: Sequence[Picture] = ()
    page_count: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """A line of a navigation feed: it leads to another feed. `count`: how many publications are behind it."""

    title: str
    href: str
    kind: FeedKind
    summary: str = ""
    relation: Relation = Relation.SUBSECTION
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet: the same list narrowed down, or in another order. At most one of a group is `active` (OPDS 1.2, 4)."""

    title: str
    href: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    title: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Group:
    """The first publications of another feed."""

    title: str
    href: str
    publications: Sequence[Publication]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses of other pages, "" where there is none; `total` of all pages; `page` counts from 1."""

    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""
    total: int | None = None
    per_page: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What all feeds of a catalogue share. `author`: who publishes it, with the address of their site. `search`: the
    description of the search, or its template. `crawlable`: the complete feed."""

    title: str
    start: str
    author: str
    site: str
    search: str
    crawlable: str
    language: str


@dataclass(frozen=True, slots=True)
class Feed:
    """`up`: the navigation feed above; `other`: the same feed in the other version of OPDS; `whole`: all is told
    of each publication, for crawlers; `complete`: all of the catalogue is in this one document (RFC 5005, 2)."""

    id: str
    title: str
    updated: datetime.datetime
    kind: FeedKind
    href: str
    up: str = ""
    other: str = ""
    summary: str = ""
    doors: Sequence[Door] = ()
    publications: Sequence[Publication] = ()
    groups: Sequence[Group] = ()
    facets: Sequence[Choices] = ()
    paging: Paging = Paging()
    whole: bool = False
    complete: bool = False
