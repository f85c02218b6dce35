"""The one door by which descriptions of resources come in, whatever they were read from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models, transaction

from portal.web import plain_rows
from portal.web.imports import Counts

from ..models import ImportBatch, ImportChange, RawRecord, Resource, SourceRecord
from .description import RELATED, Values, corrected, describe, differences
from .tombstones import bring_back, reasons
from .writing import EMPTY, Incoming, Made, Vocabulary, Writer, write_raw

BATCH = 500  # records compared with what is stored in one go


@dataclass(frozen=True, slots=True)
class Change:
    """What of a resource is written anew. `record` and `resource` are None for a new one; `said` is what the source says
    now, `before` what the catalogue said of the same names; `kept` are those that a librarian has corrected; `back`: it
    was withdrawn with an import that was undone, or by its collection, and comes again."""

    incoming: Incoming
    values: Values
    record: SourceRecord | None = None
    said: Values = field(default_factory=dict)
    before: Values | None = None
    kept: frozenset[str] = frozenset()
    back: bool = False

    @property
    def resource(self) -> Resource | None:
        return self.record and self.record.resource

    @property
    def writes(self) -> bool:
        return self.record is None or self.back or bool(self.values)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of some records: numbers of resources, of new ones with what is said of them, and how many were as we
    knew them."""

    created: Mapping[int, Values]
    updated: list[int]
    unchanged: int


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
    records, counts = list(records), Counts()
    vocabulary = Vocabulary()
    vocabulary.tags.ensure(tag for record in records for tag in record.values.get("tags", ()))
    writer = Writer(source, vocabulary)
    for start in range(0, len(records), BATCH):
        taken = take(records[start : start + BATCH], writer, only_new=only_new, journal=journal)
        counts.created += len(taken.created)
        counts.updated += len(taken.updated)
        counts.unchanged += taken.unchanged
        if progress:
            progress(counts.created + counts.updated + counts.unchanged, len(records))
    return counts


def take(
    records: Sequence[Incoming],
    writer: Writer,
    *,
    only_new: bool = False,
    all_new: bool = False,
    journal: ImportBatch | None = None,
) -> Taken:
    """As `ingest`, of some records only and within a transaction of the caller's, who has made the tags; `all_new`: who
    has also looked, and knows that none of them is stored."""
    if all_new:
        changes = [_addition(record) for record in records]
    else:
        changes = _compared(records, writer.source, only_new=only_new, lock=True)
    new = [change for change in changes if change.record is None]
    known = [change for change in changes if change.record is not None]
    updated = [change for change in known if change.writes]
    said_before = {change.record.pk: change.record.data for change in known}
    made = writer.create([change.incoming for change in new])
    _note_what_is_said(known, writer.seen_in)
    writer.update({change.resource: change.values for change in updated if change.values})
    bring_back([change.record.resource_id for change in updated if change.back])
    if journal:
        _write_journal(journal, made, updated, said_before)
    return Taken(
        {each.resource: change.values for each, change in zip(made, new, strict=True)},
        [change.record.resource_id for change in updated],
        len(known) - len(updated),
    )


def plan(records: Sequence[Incoming], *, source: str = "") -> Iterator[list[Change]]:
    """What loading the records would do, a batch at a time. Writes nothing."""
    for start in range(0, len(records), BATCH):
        yield _compared(records[start : start + BATCH], source)


def _compared(
    records: Sequence[Incoming], source: str, *, only_new: bool = False, lock: bool = False
) -> list[Change]:
    stored = _stored(source, [record.key for record in records], lock)
    back = _coming_back(stored.values())
    return [_compare(incoming, stored.get(incoming.key), only_new, back) for incoming in records]


def _stored(source: str, keys: Sequence[str], lock: bool) -> dict[str, SourceRecord]:
    found = SourceRecord.objects.filter(source=source, key__among=keys)
    if lock:  # what a librarian writes meanwhile waits, and is not overwritten
        found = found.select_for_update(of=("self", "resource"))
    related = (f"resource__{name}" for name in RELATED)
    return {each.key: each for each in found.select_related("resource").prefetch_related(*related)}


def _coming_back(records: Iterable[SourceRecord]) -> set[int]:
    """Those of the resources that were withdrawn because the import that made them was undone, or because the collection
    did not offer them any more."""
    withdrawn = [record for record in records if record.resource.is_withdrawn]
    if not withdrawn:
        return set()
    hidden, ids = reasons(), [record.resource_id for record in withdrawn]
    made = ImportChange.objects.filter(
        resource__in=ids, created=True, batch__undone_reason=models.F("resource__withdrawn_reason")
    )
    undone = set(made.exclude(batch__undone_reason="").values_list("resource_id", flat=True))
    return undone | {
        record.resource_id
        for record in withdrawn
        if record.deleted and record.resource.withdrawn_reason in hidden
    }


def _compare(incoming: Incoming, record: SourceRecord | None, only_new: bool, returning: set[int]) -> Change:
    """What the catalogue takes over of a record."""
    if record is None:
        return _addition(incoming)
    if only_new:
        return Change(incoming, {}, record)
    said = incoming.values
    if incoming.sent:  # it is the whole record: what it is silent about is not there any more
        said = {name: EMPTY[name] for name in record.data} | said
    news = differences(record.data, said)
    kept = (corrected(record.resource, record.data) if record.leading else news) & news
    now = describe(record.resource)
    values = {name: said[name] for name in news - kept}
    before = {name: now[name] for name in values}
    back = record.resource_id in returning
    return Change(incoming, values, record, said, before, frozenset(kept), back)


def _addition(incoming: Incoming) -> Change:
    return Change(incoming, incoming.values, said=incoming.values)


def _note_what_is_said(changes: Iterable[Change], seen_in: int | None) -> None:
    """Each record keeps what the source says now, also of what the catalogue does not take over."""
    written, raw = [], []
    for change in changes:
        record, sent = change.record, change.incoming.sent
        if change.before is None or not (sent or differences(record.data, change.said)):
            continue
        record.data = {**record.data, **change.said}
        if sent:
            record.subject_words, record.rights_note = list(sent.subject_words), sent.rights_note
            record.datestamp, record.digest, record.deleted = sent.datestamp, sent.digest, False
            record.seen_in_id = seen_in or record.seen_in_id
            raw.append((record.pk, sent))
        written.append(record)
    plain_rows.update(written)
    if raw:
        RawRecord.objects.filter(pk__among=[pk for pk, _sent in raw]).delete()
        write_raw(raw)


def _write_journal(
    journal: ImportBatch, made: Sequence[Made], updated: Sequence[Change], said_before: Mapping[int, Values]
) -> None:
    ImportChange.objects.bulk_create(
        ImportChange(batch=journal, resource_id=each.resource, record_id=each.record, created=True)
        for each in made
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
    vocabulary = Vocabulary()
    vocabulary.tags.ensure(values.get("tags", ()))
    Writer("", vocabulary).update({resource: values})
