"""Work for the job worker; each a thin door to `domain/`."""

from django_tasks import task

from .domain.duplicates import find
from .domain.preparing import prepare
from .models import Rendition

MOST_NAMED = 1000  # resources that a task names


@task()
def find_duplicates(ids: list[int] | None = None) -> None:
    """Among all resources, or of these only."""
    find(ids)


def look_for_duplicates_of(ids: list[int]) -> None:
    """Soon, in the worker, once what is being written stands. Of very many all are compared: that costs no more."""
    if ids:
        find_duplicates.enqueue(ids if len(ids) <= MOST_NAMED else None)


@task()
def prepare_rendition(pk: int) -> None:
    """Nothing to do when the row has gone meanwhile."""
    if rendition := Rendition.objects.filter(pk=pk).first():
        prepare(rendition)
