"""The life of an import: handed in, checked, looked at, loaded, undone.

Checking and loading read the file anew each time: between the two the catalogue may have changed. Loading is one
transaction, its journal included, so that a stop or a crash leaves nothing. How far it is stands in the cache, because
nobody sees into a transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.text import nfc
from portal.web.imports import Counts, ImportRefused

from ..enums import ImportState
from ..models import ImportBatch, ImportChange
from ..tasks import look_for_duplicates_of
from .description import RELATED, describe, same
from .import_preview import note_findings, note_mistakes
from .importing import Material, load, read_material
from .ingest import rewrite
from .withdrawal import withdraw

HEARTBEAT = 300  # s without a sign of life after which a run is taken for dead
COUNTS = ("created", "updated", "unchanged", "failed")


class ImportStopped(Exception):
    """A librarian has stopped it; nothing is written."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import did: resources withdrawn, fields put back, fields left because somebody changed them
    since, resources left alone because they were merged into another."""

    withdrawn: int = 0
    put_back: int = 0
    left: int = 0
    merged: int = 0


def hand_in(file: File, *, source: str, user) -> ImportBatch:
    """Keep the file; it is still to be checked."""
    return ImportBatch.objects.create(
        file=file, name=nfc(file.name)[-200:], source=nfc(source).strip(), loaded_by=user
    )


def check(batch: ImportBatch) -> None:
    """Find out what loading would do. Writes nothing but the findings."""
    if batch.state != ImportState.CHECKING:
        return
    try:
        material = read_material(_content(batch))
    except ImportRefused as refused:
        note_mistakes(batch, refused.errors)
        batch.failed, batch.state = 1, ImportState.REFUSED
    else:
        try:
            _note_counts(batch, note_findings(batch, material, _progress_of(batch)))
        except ImportStopped:
            batch.state = ImportState.STOPPED
        else:
            batch.format = material.format
            batch.state = ImportState.REFUSED if material.is_refused else ImportState.CHECKED
    finally:
        cache.delete_many([_key(batch, "progress"), _key(batch, "stop")])
    batch.save()


def confirm(batch: ImportBatch) -> bool:
    """The librarian wants it loaded. True for one caller only, who then runs it."""
    return _claim(batch, ImportState.CHECKED, ImportState.LOADING)


def run(batch: ImportBatch) -> None:
    """Load a confirmed import: all of it, or nothing when it is stopped or the file has become wrong. A defect leaves it
    as it was checked and is raised."""
    batch.refresh_from_db()
    if batch.state != ImportState.LOADING:
        return
    try:
        with transaction.atomic():
            material = read_material(_content(batch))
            counts = load(material, source=batch.source, journal=batch, progress=_progress_of(batch))
            _note_counts(batch, counts)
            batch.state, batch.finished_at = ImportState.DONE, timezone.now()
            batch.save()
            _look_for_duplicates(batch)
    except ImportStopped:
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.STOPPED)
    except ImportRefused as refused:
        note_mistakes(batch, refused.errors)
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.REFUSED)
    except BaseException:
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.CHECKED)
        raise
    finally:
        cache.delete_many([_key(batch, "progress"), _key(batch, "stop")])
    batch.refresh_from_db()


@transaction.atomic
def load_at_once(material: Material, *, name: str, source: str) -> tuple[Counts, ImportBatch | None]:
    """Load without a look before, as the command does, with a journal so that it can be undone; no batch when there was
    nothing to write. Raises ImportRefused with every mistake of a sheet."""
    batch = ImportBatch(name=nfc(name)[-200:], source=source, format=material.format, state=ImportState.DONE)
    batch.finished_at = timezone.now()
    batch.save()
    counts = load(material, source=source, journal=batch)
    if not counts.created and not counts.updated:
        batch.delete()
        return counts, None
    note_mistakes(batch, material.errors)
    _note_counts(batch, counts)
    batch.save()
    _look_for_duplicates(batch)
    return counts, batch


def stop(batch: ImportBatch) -> None:
    """Ask a run to give up; one that shows no sign of life is closed here."""
    cache.set(_key(batch, "stop"), True, HEARTBEAT)
    if progress(batch) is None:
        waiting = ImportBatch.objects.filter(pk=batch.pk, state__in=ImportState.at_work())
        waiting.update(state=ImportState.STOPPED)
    batch.refresh_from_db()


def progress(batch: ImportBatch) -> tuple[int, int] | None:
    """(records done, records in all) of a run that is alive, else None."""
    return cache.get(_key(batch, "progress"))


@transaction.atomic
def undo(batch: ImportBatch) -> Undone:
    """Take a loaded import back: what it made is withdrawn with a reason, what it changed becomes what it was, unless
    somebody has changed it since. Raises ValueError for an import that is not loaded."""
    if not _claim(batch, ImportState.DONE, ImportState.UNDONE):
        raise ValueError("Only an import that is loaded can be undone.")
    batch.undone_reason = _("The import “%(name)s” of %(day)s was undone.") % {
        "name": batch.name[-150:],
        "day": timezone.localtime(batch.finished_at).strftime("%d/%m/%Y %H:%M"),
    }
    batch.save(update_fields=["undone_reason"])
    withdrawn = put_back = left = merged = 0
    for change in _changes(batch):
        resource = change.resource
        if resource.merged_into_id:
            merged += 1
        elif change.created:
            withdrawn += not resource.is_withdrawn
            if not resource.is_withdrawn:
                withdraw(resource, batch.undone_reason)
        else:
            back = _unchanged_since(change)
            if back:
                rewrite(resource, back)
            put_back += len(back)
            left += len(change.after) - len(back)
        _forget_what_was_said(change)
    return Undone(withdrawn, put_back, left, merged)


def _look_for_duplicates(batch: ImportBatch) -> None:
    look_for_duplicates_of(list(batch.changes.values_list("resource_id", flat=True)))


def _content(batch: ImportBatch) -> bytes:
    with batch.file.open("rb") as file:
        return file.read()


def _claim(batch: ImportBatch, old: ImportState, new: ImportState) -> bool:
    claimed = ImportBatch.objects.filter(pk=batch.pk, state=old).update(state=new) == 1
    batch.refresh_from_db()
    return claimed


def _note_counts(batch: ImportBatch, counts: Counts) -> None:
    for name in COUNTS:
        setattr(batch, name, getattr(counts, name))


def _key(batch: ImportBatch, what: str) -> str:
    return f"library-import-{batch.pk}-{what}"


def _progress_of(batch: ImportBatch) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        cache.set(_key(batch, "progress"), (done, total), HEARTBEAT)
        if cache.get(_key(batch, "stop")):
            raise ImportStopped

    return tell


def _changes(batch: ImportBatch):
    related = (f"resource__{name}" for name in RELATED)
    changes = batch.changes.select_related("resource", "record").prefetch_related(*related)
    return changes.iterator(chunk_size=500)


def _unchanged_since(change: ImportChange) -> dict:
    """What the import wrote and still stands there, with the value that it had before."""
    now = describe(change.resource)
    return {
        name: change.before[name]
        for name, value in change.after.items()
        if name in change.before and same(name, now[name], value)
    }


def _forget_what_was_said(change: ImportChange) -> None:
    """The record says again what it said before, so that the next load finds news in the same file."""
    if change.record is None:
        return
    if change.created:
        change.record.data = {}
    else:
        change.record.data = {**change.record.data, **change.said_before}
    change.record.save(update_fields=["data", "last_seen"])
