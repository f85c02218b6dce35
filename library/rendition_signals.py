"""Files come and go with their rows, whoever writes them: the form of a resource, an import, a merge."""

import shutil
from functools import partial

from django.db.models.signals import post_delete, post_save, pre_save

from .domain.renditions import on_commit_forget
from .enums import RenditionPurpose
from .models import Rendition
from .reader import book as reader


def connect() -> None:
    pre_save.connect(_before_save, sender=Rendition)
    post_save.connect(_saved, sender=Rendition)
    post_delete.connect(_deleted, sender=Rendition)


def _before_save(instance: Rendition, **kwargs) -> None:
    """A file that has just been sent is not stored yet; the one in whose place it comes goes."""
    instance.has_new_file = bool(instance.file) and not instance.file._committed
    has_new = instance.has_new_file or (instance.captions and not instance.captions._committed)
    if instance.pk and has_new and (stored := Rendition.objects.filter(pk=instance.pk).first()):
        _forget(stored, unless=instance)


def _saved(instance: Rendition, **kwargs) -> None:
    from .tasks import prepare_rendition  # which needs the models of all apps

    if instance.has_new_file and instance.purpose == RenditionPurpose.ORIGINAL:
        prepare_rendition.enqueue(instance.pk)


def _deleted(instance: Rendition, **kwargs) -> None:
    _forget(instance)


def _forget(stored: Rendition, unless: Rendition | None = None) -> None:
    """The files of `stored`, unless they are those of `unless` too."""
    if stored.file and (unless is None or stored.file.name != unless.file.name):
        on_commit_forget(stored.file, partial(shutil.rmtree, reader.folder_of(stored), ignore_errors=True))
    if stored.captions and (unless is None or stored.captions.name != unless.captions.name):
        on_commit_forget(stored.captions)
