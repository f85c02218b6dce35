"""The seeded throw-away site of the bench, and twice as much of it."""

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

BARE_SLUG = "bare-page"


@functools.cache
def prepare() -> Path:
    """Sets Django up with tests.bench.settings, seeds, and returns the folder of the site's data.

    Once for a run of the bench; the environment is left so that processes started later see the same site.
    """
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {
        "VAR_DIR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    django.setup()
    for command in ("migrate", "collectstatic"):
        call_command(command, interactive=False, verbosity=0)
    call_command("seed", verbosity=0)
    _add_bare_page()
    return folder


def _add_bare_page() -> None:
    """A page of Wagtail's own type, which bare_settings serves as the reference."""
    from wagtail.models import Page, Site

    home = Site.objects.get(is_default_site=True).root_page
    home.add_child(instance=Page(title="Bare page", slug=BARE_SLUG))


def double() -> None:
    """A second copy of every news page, resource and award, found by search as the first."""
    from campaigns.models import NewsPage
    from library.models import Resource
    from recognition.models import Award

    for page in NewsPage.objects.live():
        page.copy(update_attrs={"slug": f"{page.slug}-2"}, copy_revisions=False, log_action=None)
    for resource in Resource.objects.all():
        subjects = list(resource.subjects.values_list("pk", flat=True))
        copy = _copy_row(resource)
        copy.subjects.add(*subjects)
    for award in Award.objects.all():
        _copy_row(award, distinction=f"copy of {award.pk}", serial="")
    call_command("rebuild_search", verbosity=0)


def _copy_row(row, **changes):
    row.pk = row.id = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row
