"""Resources as entries of the site's search, read as plain rows: a rebuild of 100,000 makes no models."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from portal.search.entry import OFFICER, PUBLIC, Entry, make_key

from ..enums import Audience, Language, RenditionPurpose, Visibility
from ..models import (
    Classification,
    Contribution,
    Identifier,
    Rendition,
    Resource,
    ResourceTag,
    SourceRecord,
)
from ..rows_below import rows_below

COLUMNS = (
    "pk",
    "title",
    "alternative_titles",
    "abstract",
    "publisher",
    "year",
    "language",
    "other_languages",
    "kind",
    "level",
    "audience",
    "licence",
    "visibility",
    "place_id",
    "uses",
    "created_at",
)
# Address of a resource with a number that no address holds by chance; reverse() for each would take a tenth of the time
NUMBER = 1_234_567_890


class Below(NamedTuple):
    """What stands below some resources, by their numbers."""

    creators: dict[int, list[tuple]]
    subjects: dict[int, list[tuple]]
    tags: dict[int, list[tuple]]
    identifiers: dict[int, list[tuple]]
    records: dict[int, list[tuple]]
    ways: dict[int, list[tuple]]


def entries(resources) -> Iterator[Entry]:
    """The entry of each resource of a queryset, in seven queries, in no order."""
    rows = list(resources.order_by().values_list(*COLUMNS))
    below = _below([row[0] for row in rows])
    before, after = reverse("library:resource", args=[NUMBER]).split(str(NUMBER))
    zone = timezone.get_current_timezone()
    for row in rows:
        values = dict(zip(COLUMNS, row, strict=True))
        yield _entry(values, below, f"{before}{values['pk']}{after}", zone)


def _below(ids: Sequence[int]) -> Below:
    return Below(
        creators=rows_below(Contribution, ids, "name", order="sort_order"),
        subjects=rows_below(Classification, ids, "subject__name", "subject__path"),
        tags=rows_below(ResourceTag, ids, "tag__name", owner="content_object_id"),
        identifiers=rows_below(Identifier, ids, "value"),
        records=rows_below(SourceRecord, ids, "source"),
        ways=rows_below(Rendition, ids, "url", purpose=RenditionPurpose.ORIGINAL),
    )


def _entry(of: dict, below: Below, url: str, zone: tzinfo) -> Entry:
    """A subject also counts for the broader ones above it, so that a branch finds all that is below."""
    number = of["pk"]
    subjects = below.subjects[number]
    branches = dict.fromkeys(slug for _name, path in subjects for slug in path.split("/"))
    tags = [name for (name,) in below.tags[number]]
    numbers = [value for (value,) in below.identifiers[number]]
    languages = dict.fromkeys([of["language"], *of["other_languages"]])
    return Entry(
        key=make_key(Resource.search_prefix, number),
        kind="resource",
        title=of["title"],
        url=url,
        summary=of["abstract"],
        body=" ".join(filter(None, [of["publisher"], str(of["year"] or ""), *numbers])),
        other_titles=tuple(filter(None, map(str.strip, of["alternative_titles"].splitlines()))),
        subjects=(*(name for name, _path in subjects), *tags),
        persons=tuple(name for (name,) in below.creators[number]),
        uses=of["uses"],
        language=Language(of["language"]).bcp47,
        audience=OFFICER if of["visibility"] == Visibility.OFFICERS else PUBLIC,
        facets={
            "subject": tuple(branches),
            "form": (of["kind"],),
            "level": (of["level"],) if of["level"] else (),
            "audience": _audiences(of["audience"]),
            "language": tuple(languages),
            "licence": (of["licence"],),
            "year": (str(of["year"]),) if of["year"] else (),
            "place": (str(of["place_id"]),) if of["place_id"] else (),
            "source": tuple(dict.fromkeys(source for (source,) in below.records[number] if source)),
            "way": tuple(dict.fromkeys("link" if url else "file" for (url,) in below.ways[number])),
        },
        date=of["created_at"].astimezone(zone).date(),
    )


def _audiences(audience: str) -> tuple[str, ...]:
    """Made for both is found under either."""
    if audience == Audience.BOTH:
        return (Audience.CITIZEN.value, Audience.OFFICER.value)
    return (audience,)
