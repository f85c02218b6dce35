"""What must have been done before a small site can be served, each step only when it is needed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import transaction

from wagtail.models import Page, Site


def prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static_files()
    if not _has_content():
        with transaction.atomic():  # a start that is broken off leaves no half of a site
            call_command("seed")


def _has_content() -> bool:
    """Wagtail's own migrations leave a welcome page of the bare type Page at the root."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site is not None and site.root_page.specific_class is not Page


def _collect_static_files() -> None:
    """Hash the state of all sources: their times alone are no guide, those of a wheel are the packager's."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            state.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return state.hexdigest()
