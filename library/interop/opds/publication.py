"""A publication of a catalogue (OPDS 1.2 or 2.0) as what it says of a resource. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.text import nfc

from ...enums import ContributorRole, Kind
from ...statements import year_of
from .. import plain_values as plain
from ..atom_parts import Link
from ..limits import FIRST_YEAR, LONGEST_NAME, MOST, OLDEST
from ..page import Found
from .relations import ACQUISITION, OPEN_ACCESS

FREE = (ACQUISITION, OPEN_ACCESS)  # the others ask for money, an account, or give a part only
TEMPLATE = re.compile(r"\{[^{}]*\}")  # RFC 6570: what a reader may add
KINDS = {
    "audiobook": Kind.AUDIO,
    "audioobject": Kind.AUDIO,
    "videoobject": Kind.VIDEO,
    "movie": Kind.VIDEO,
    "article": Kind.ARTICLE,
    "scholarlyarticle": Kind.ARTICLE,
    "course": Kind.COURSE,
    "dataset": Kind.DATASET,
}


@dataclass(frozen=True, slots=True)
class Publication:
    """`links` with whole addresses; `people` (name, role); `subjects` in the words of the catalogue; `kind` a type of
    schema.org."""

    identifier: str
    title: str
    raw: bytes
    format: str
    updated: str = ""
    subtitle: str = ""
    people: Sequence[tuple[str, ContributorRole]] = ()
    publisher: str = ""
    published: str = ""
    languages: Sequence[str] = ()
    summary: str = ""
    subjects: Sequence[str] = ()
    numbers: Sequence[str] = ()
    rights: Sequence[str] = ()
    kind: str = ""
    ages: str = ""
    pages: int | None = None
    minutes: int | None = None
    links: Sequence[Link] = field(default_factory=tuple)


def found(publication: Publication) -> Found:
    """With a problem where nothing names it, or it has no title."""
    identifier = publication.identifier or _address_of(publication)
    told = {
        "identifier": identifier,
        "raw": publication.raw,
        "format": publication.format,
        "datestamp": publication.updated,
    }
    if not identifier:
        return Found(**told, problem=_("It has no identifier."))
    if not publication.title:
        return Found(**told, problem=_("It has no title."))
    licence, note = plain.rights(publication.rights)
    return Found(
        **told,
        values=_values(publication, identifier, licence),
        subject_words=plain.words(publication.subjects),
        rights_note=note,
    )


def _values(publication: Publication, identifier: str, licence: str) -> dict[str, Any]:
    title = publication.title
    if publication.subtitle:
        title = f"{title}: {publication.subtitle}"
    first, last = _ages(publication.ages)
    year = year_of(publication.published[:4])
    links = plain.addresses(TEMPLATE.sub("", each.href) for each in publication.links if each.rel in FREE)
    page = plain.addresses(
        each.href for each in publication.links if each.rel == "alternate" and "html" in each.type
    )
    elsewhere = plain.addresses(
        TEMPLATE.sub("", each.href) for each in publication.links if each.rel.startswith(ACQUISITION)
    )
    return plain.filled(
        {
            **plain.titles(title),
            **plain.languages(publication.languages, title),
            "creators": plain.creators(publication.people),
            "publisher": publication.publisher[:LONGEST_NAME],
            "year": year if year and year > FIRST_YEAR else None,
            "kind": _kind(publication),
            "age_from": first,
            "age_to": last,
            "page_count": publication.pages if 0 < (publication.pages or 0) <= MOST else None,
            "duration_minutes": publication.minutes if 0 < (publication.minutes or 0) <= MOST else None,
            "licence": licence,
            "abstract": publication.summary,
            "identifiers": plain.numbers([*publication.numbers, identifier]),
            "links": links,
            "source_url": next(iter([*page, *([] if links else elsewhere)]), ""),
        }
    )


def _address_of(publication: Publication) -> str:
    """What has no identifier is known by where it is."""
    by_rel = {each.rel: each.href for each in reversed(publication.links)}
    return nfc(next(filter(None, (by_rel.get(rel) for rel in ("self", *FREE))), ""))


def _kind(publication: Publication) -> str:
    named = KINDS.get(publication.kind.rstrip("/").rpartition("/")[2].lower())
    if named:
        return named.value
    media = (each.type for each in publication.links if each.rel.startswith(ACQUISITION))
    return plain.kind_of_media(media) or Kind.BOOK.value


def _ages(text: str) -> tuple[int | None, int | None]:
    """typicalAgeRange of schema.org: "7-12", "7-", "7"."""
    match = re.fullmatch(r"(\d{1,3})\s*(?:([-–])\s*(\d{1,3})?)?", text.strip())
    if not match:
        return None, None
    first, last = int(match[1]), int(match[3]) if match[3] else None
    if max(first, last or 0) > OLDEST or (last is not None and last < first):
        return None, None
    return first, last
