"""The self-test for the job worker; a thin door to `domain.self_testing`."""

from django_tasks import task

from .domain import self_testing
from .models import SelfTest


@task()
def run_self_test(pk: int) -> None:
    """Nothing to do when it was ended meanwhile."""
    if self_test := SelfTest.objects.unfinished().filter(pk=pk).first():
        self_testing.run(self_test)
