"""Links for the job worker: a slice at a time, so that other work comes in between."""

from datetime import date as Date
from datetime import timedelta

from django_tasks import task

from django.utils import timezone

from .domain import link_checking

BETWEEN = timedelta(seconds=link_checking.PAUSE)


@task()
def check_links() -> None:
    if link_checking.check_some(timezone.localdate()):
        check_links.using(run_after=timezone.now() + BETWEEN).enqueue()


def begin(today: Date) -> None:
    """The daily work."""
    check_links.enqueue()
