"""Work for the job worker; each a thin door to `domain/`."""

from django_tasks import task

from .domain.preparing import prepare
from .models import Rendition


@task()
def prepare_rendition(pk: int) -> None:
    """Nothing to do when the row has gone meanwhile."""
    if rendition := Rendition.objects.filter(pk=pk).first():
        prepare(rendition)
