"""Telling the index that something changed, in the transaction that changes it."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import models, router, transaction
from django.db.models.signals import class_prepared, post_delete

from portal.web import plain_rows

from . import background
from .models import OutboxRow

Listener = Callable[[list[str]], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)


def also_tell(prefix: str, listener: Listener) -> None:
    """`listener(ids)` is told of the same changes, in the same transaction: it has to be as cheap as one INSERT."""
    if listener not in _listeners[prefix]:
        _listeners[prefix].append(listener)


def changed(prefix: str, ids: Iterable[object]) -> None:
    """The things `ids` of the source `prefix` were made, changed, hidden or removed.

    Writes rows in the current transaction, so that a rollback takes them back, and never waits for an engine.
    Bulk friendly: a duplicate in `ids` is written once; the drainer coalesces the rest.
    """
    unique = dict.fromkeys(str(object_id) for object_id in ids)
    if not unique:
        return
    plain_rows.insert(OutboxRow, {"prefix": [prefix] * len(unique), "object_id": list(unique)})
    for listener in _listeners[prefix]:
        listener(list(unique))
    transaction.on_commit(background.wake)


class OutboxModel(models.Model):
    """A model whose saves and deletes reach the index: `search_prefix` names its source.

    `save()` alone would send `post_save` after its commit; here the row of the outbox shares the transaction,
    so that no crash can come between. QuerySet.update and bulk_create call `changed` themselves.
    """

    search_prefix: str

    class Meta:
        abstract = True

    def save_base(self, *args, **kwargs):
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            super().save_base(*args, **kwargs)
            changed(self.search_prefix, [self.pk])


def follow_deletes(sender: type[models.Model], prefix: str) -> None:
    """Deletes, of a queryset or in cascade too, send their signal inside their transaction."""

    def note(instance, **kwargs):
        changed(prefix, [instance.pk])

    post_delete.connect(note, sender=sender, weak=False, dispatch_uid=f"search-delete-{sender._meta.label}")


def _prepare(sender, **kwargs):
    if issubclass(sender, OutboxModel) and not sender._meta.abstract:
        follow_deletes(sender, sender.search_prefix)


class_prepared.connect(_prepare, dispatch_uid="search-outbox-model")
