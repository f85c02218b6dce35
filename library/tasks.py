"""Work for the job worker; each a thin door to `domain/`."""

from django_tasks import task

from .domain.duplicates import find
from .domain.preparing import prepare
from .models import Rendition


@task()
def find_duplicates(ids: list[int] | None = None) -> None:
    """Among all resources, or of these only."""
    find(ids)


@task()
def prepare_rendition(pk: int) -> None:
    """Nothing to do when the row has gone meanwhile."""
    if rendition := Rendition.objects.filter(pk=pk).first():
        prepare(rendition)
