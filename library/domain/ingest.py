"""The one door by which descriptions of resources come in, whatever they were read from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from portal.web.imports import Counts

from ..enums import RenditionForm
from ..models import (
    Classification,
    Contribution,
    Identifier,
    ImportBatch,
    ImportChange,
    Rendition,
    Resource,
    ResourceTag,
    SourceRecord,
    Subject,
    Tag,
)
from .description import FIELDS, RELATED, Values, corrected, describe, differences
from .tagging import ensure_tags

BATCH = 500  # records compared with what is stored in one go


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as a source gives it; `values` are checked and in the shape of `description`."""

    key: str
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """What of a resource is written anew. `record` is None for a new resource; `before` is what the catalogue said of
    the same names; `kept` are those that a librarian has corrected; `back`: it was withdrawn with an import that was
    undone, and comes again."""

    incoming: Incoming
    resource: Resource
    values: Values
    record: SourceRecord | None = None
    before: Values | None = None
    kept: frozenset[str] = frozenset()
    back: bool = False

    @property
    def writes(self) -> bool:
        return self.record is None or self.back or bool(self.values)


Progress = Callable[[int, int], None]


@transaction.atomic
def ingest(
    records: Iterable[Incoming],
    *,
    source: str = "",
    only_new: bool = False,
    journal: ImportBatch | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Create and update resources from the records of one source; the same records twice change nothing.

    A field that a librarian has corrected stays as it is. `only_new` (the seed) never touches what is there
    already. `journal` is told what was done, so that it can be undone. `progress(done, total)` is called after each
    batch; what it raises undoes everything. Keys must be unique within `records`.
    """
    records = list(records)
    names = {tag for record in records for tag in record.values.get("tags", ())}
    writer = Writer(
        source, tags=ensure_tags(names), subjects={each.slug: each for each in Subject.objects.all()}
    )
    counts = Counts()
    for changes in plan(records, source=source, only_new=only_new):
        new = [change for change in changes if change.record is None]
        known = [change for change in changes if change.record is not None]
        updated = [change for change in known if change.writes]
        said_before = {change.record.pk: change.record.data for change in known}
        writer.create(new)
        _note_what_is_said(known)
        writer.update(updated)
        if journal:
            _write_journal(journal, new, updated, said_before)
        counts.created += len(new)
        counts.updated += len(updated)
        counts.unchanged += len(known) - len(updated)
        if progress:
            progress(counts.created + counts.updated + counts.unchanged, len(records))
    return counts


def plan(records: Sequence[Incoming], *, source: str = "", only_new: bool = False) -> Iterator[list[Change]]:
    """What loading the records would do, a batch at a time. Writes nothing."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        stored = _stored(source, [record.key for record in batch])
        undone = _undone(stored.values())
        yield [_compare(incoming, stored.get(incoming.key), only_new, undone) for incoming in batch]


def _stored(source: str, keys: Sequence[str]) -> dict[str, SourceRecord]:
    found = SourceRecord.objects.filter(source=source, key__in=keys)
    related = (f"resource__{name}" for name in RELATED)
    return {each.key: each for each in found.select_related("resource").prefetch_related(*related)}


def _undone(records: Iterable[SourceRecord]) -> set[int]:
    """Those of the resources that were withdrawn because the import that made them was undone."""
    withdrawn = [record.resource_id for record in records if record.resource.is_withdrawn]
    if not withdrawn:
        return set()
    made = ImportChange.objects.filter(
        resource__in=withdrawn, created=True, batch__undone_reason=models.F("resource__withdrawn_reason")
    )
    return set(made.exclude(batch__undone_reason="").values_list("resource_id", flat=True))


def _compare(incoming: Incoming, record: SourceRecord | None, only_new: bool, undone: set[int]) -> Change:
    """What the catalogue takes over of a record."""
    if record is None:
        return addition(incoming)
    if only_new:
        return Change(incoming, record.resource, {}, record)
    news = differences(record.data, incoming.values)
    kept = (corrected(record.resource, record.data) if record.leading else news) & news
    now = describe(record.resource)
    values = {name: incoming.values[name] for name in news - kept}
    before = {name: now[name] for name in values}
    back = record.resource_id in undone
    return Change(incoming, record.resource, values, record, before, frozenset(kept), back)


def addition(incoming: Incoming) -> Change:
    """The change that makes a new resource."""
    return Change(incoming, Resource(**_columns(incoming.values)), incoming.values)


def _note_what_is_said(changes: Iterable[Change]) -> None:
    """Each record keeps what the source says now, also of what the catalogue does not take over."""
    for change in changes:
        record = change.record
        if change.before is not None and differences(record.data, change.incoming.values):
            record.data = {**record.data, **change.incoming.values}
            record.save(update_fields=["data", "last_seen"])


def _write_journal(
    journal: ImportBatch, new: Sequence[Change], updated: Sequence[Change], said_before: Mapping[int, Values]
) -> None:
    made = SourceRecord.objects.filter(resource__in=[change.resource for change in new])
    record_of = dict(made.values_list("resource_id", "pk"))
    ImportChange.objects.bulk_create(
        ImportChange(
            batch=journal, resource=change.resource, record_id=record_of[change.resource.pk], created=True
        )
        for change in new
    )
    ImportChange.objects.bulk_create(
        ImportChange(
            batch=journal,
            resource=change.resource,
            record=change.record,
            created=change.back,
            before={} if change.back else change.before,
            after=dict(change.values),
            said_before={
                name: said_before[change.record.pk][name]
                for name in change.incoming.values
                if name in said_before[change.record.pk]
            },
        )
        for change in updated
    )


def rewrite(resource: Resource, values: Values) -> None:
    """Write checked values over what the catalogue says of one resource; what is not spoken of stays."""
    if not values:
        return
    subjects = {each.slug: each for each in Subject.objects.filter(slug__in=values.get("subjects", ()))}
    writer = Writer("", tags=ensure_tags(values.get("tags", ())), subjects=subjects)
    writer.update([Change(Incoming("", values), resource, values)])


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

    def create(self, changes: Sequence[Change]) -> None:
        Resource.objects.bulk_create([change.resource for change in changes])
        SourceRecord.objects.bulk_create(
            SourceRecord(
                resource=change.resource,
                source=self._source,
                key=change.incoming.key,
                data=change.incoming.values,
            )
            for change in changes
        )
        self._write_below(changes)

    def update(self, changes: Sequence[Change]) -> None:
        for change in changes:
            for name, value in _columns(change.values).items():
                setattr(change.resource, name, value)
            if change.back:
                change.resource.withdrawn_on, change.resource.withdrawn_reason = None, ""
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
