"""Following models that are not our own; our own extend `outbox.OutboxModel` instead."""

from django.db import models
from django.db.models.signals import post_save

from .outbox import changed, follow_deletes


def track(model: type[models.Model], prefix: str) -> None:
    """Write to the outbox whenever a `model` is saved or deleted, whatever code does it.

    Deleting sends its signal inside the transaction; saving only when the model opens one, as Wagtail's Page
    does. QuerySet.update and bulk_create send no signal: call `outbox.changed` beside them.
    """

    def note(instance, **kwargs):
        changed(prefix, [instance.pk])

    post_save.connect(note, sender=model, weak=False, dispatch_uid=f"search-save-{model._meta.label}")
    follow_deletes(model, prefix)
