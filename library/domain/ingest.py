"""The one door by which descriptions of resources come in, whatever they were read from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.web.imports import Counts

from ..enums import RenditionForm
from ..models import (
    Classification,
    Contribution,
    Identifier,
    Rendition,
    Resource,
    ResourceTag,
    SourceRecord,
    Subject,
    Tag,
)
from .description import FIELDS, RELATED, Values, corrected, differences
from .tagging import ensure_tags

BATCH = 500  # records compared with what is stored in one go


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as a source gives it; `values` are checked and in the shape of `description`."""

    key: str
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """What of a resource is written anew; `before` is what its record said, None for a new resource."""

    resource: Resource
    values: Values
    before: Values | None = None


@transaction.atomic
def ingest(records: Iterable[Incoming], *, source: str = "", only_new: bool = False) -> Counts:
    """Create and update resources from the records of one source; the same records twice change nothing.

    A field that a librarian has corrected stays as it is. `only_new` (the seed) never touches what is there
    already. Keys must be unique within `records`.
    """
    records = list(records)
    names = {tag for record in records for tag in record.values.get("tags", ())}
    writer = Writer(
        source, tags=ensure_tags(names), subjects={each.slug: each for each in Subject.objects.all()}
    )
    counts = Counts()
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        stored = _stored(source, [record.key for record in batch])
        new = [record for record in batch if record.key not in stored]
        known = [] if only_new else [(stored[each.key], each) for each in batch if each.key in stored]
        changes = list(filter(None, (_compare(record, incoming) for record, incoming in known)))
        writer.create(new)
        writer.update(changes)
        counts.created += len(new)
        counts.updated += len(changes)
        counts.unchanged += len(batch) - len(new) - len(changes)
    return counts


def _stored(source: str, keys: Sequence[str]) -> dict[str, SourceRecord]:
    found = SourceRecord.objects.filter(source=source, key__in=keys)
    related = (f"resource__{name}" for name in RELATED)
    return {each.key: each for each in found.select_related("resource").prefetch_related(*related)}


def _compare(record: SourceRecord, incoming: Incoming) -> Change | None:
    """Notes in `record` what the source says now; returns what of it the catalogue takes over."""
    before, news = record.data, differences(record.data, incoming.values)
    if not news:
        return None
    kept = corrected(record.resource, before) if record.leading else news
    record.data = {**before, **incoming.values}
    record.save(update_fields=["data", "last_seen"])
    values = {name: incoming.values[name] for name in news - kept}
    return Change(record.resource, values, before) if values else None


def rewrite(resource: Resource, values: Values) -> None:
    """Write checked values over what the catalogue says of one resource; what is not spoken of stays."""
    if not values:
        return
    subjects = {each.slug: each for each in Subject.objects.filter(slug__in=values.get("subjects", ()))}
    writer = Writer("", tags=ensure_tags(values.get("tags", ())), subjects=subjects)
    writer.update([Change(resource, values)])


class Writer:
    """Writes descriptions to the catalogue, in few statements a batch."""

    def __init__(self, source: str, *, tags: Mapping[str, Tag], subjects: Mapping[str, Subject]):
        self._source = source
        self._tags = tags
        self._subjects = subjects
        self._below = {
            "creators": (Contribution.objects.all(), "resource", self._contributions),
            "subjects": (Classification.objects.all(), "resource", self._classifications),
            "tags": (ResourceTag.objects.all(), "content_object", self._resource_tags),
            "identifiers": (Identifier.objects.all(), "resource", self._identifiers),
            "links": (Rendition.objects.exclude(url=""), "resource", self._links),
        }

    def create(self, records: Sequence[Incoming]) -> None:
        changes = [Change(Resource(**_columns(record.values)), record.values) for record in records]
        Resource.objects.bulk_create([change.resource for change in changes])
        SourceRecord.objects.bulk_create(
            SourceRecord(resource=change.resource, source=self._source, key=record.key, data=record.values)
            for record, change in zip(records, changes, strict=True)
        )
        self._write_below(changes)

    def update(self, changes: Sequence[Change]) -> None:
        for change in changes:
            for name, value in _columns(change.values).items():
                setattr(change.resource, name, value)
            change.resource.save()
        for name, (rows, owner, _make) in self._below.items():
            emptied = [change.resource for change in changes if name in change.values]
            rows.filter(**{f"{owner}__in": emptied}).delete()
        self._write_below(changes)

    def _write_below(self, changes: Sequence[Change]) -> None:
        """Each row that goes or comes is told to the search: only the lists that differ are written."""
        for name, (rows, _owner, make) in self._below.items():
            spoken_of = [change for change in changes if change.values.get(name)]
            rows.bulk_create(
                row for change in spoken_of for row in make(change.resource, change.values[name])
            )

    def _contributions(self, resource, creators):
        for order, (name, role) in enumerate(creators):
            yield Contribution(resource=resource, sort_order=order, name=name, role=role)

    def _classifications(self, resource, slugs):
        return (Classification(resource=resource, subject=self._subjects[slug]) for slug in slugs)

    def _resource_tags(self, resource, names):
        tags = {self._tags[name.casefold()] for name in names}
        return (ResourceTag(content_object=resource, tag=tag) for tag in tags)

    def _identifiers(self, resource, identifiers):
        return (Identifier(resource=resource, scheme=scheme, value=value) for scheme, value in identifiers)

    def _links(self, resource, urls):
        for order, url in enumerate(urls):
            yield Rendition(resource=resource, sort_order=order, form=RenditionForm.of_address(url), url=url)


def _columns(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in FIELDS if name in values}
