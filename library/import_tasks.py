"""Imports of big files for the job worker; thin doors to `domain.import_batches`."""

from django_tasks import task

from .domain import import_batches
from .models import ImportBatch


@task()
def check_import(pk: int) -> None:
    import_batches.check(ImportBatch.objects.get(pk=pk))


@task()
def run_import(pk: int) -> None:
    import_batches.run(ImportBatch.objects.get(pk=pk))
