"""Harvests for the job worker, a slice at a time, so that other work comes in between; thin doors to `domain.harvesting`."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .domain.harvesting import running, scheduling, subject_words
from .models import Harvest, Source

SLICE = 60.0  # s


@task()
def run_harvest(pk: int) -> None:
    """Nothing to do when it has ended meanwhile, or another process is at it."""
    harvest = Harvest.objects.at_work().filter(pk=pk).select_related("source").first()
    if harvest is None:
        return
    try:
        running.run(harvest, seconds=SLICE)
    except running.AtWork:
        return
    if harvest.is_at_work:
        run_harvest.enqueue(pk)


def begin(source: Source, *, full: bool = False, by=None) -> Harvest:
    """Soon, in the worker. Raises AtWork."""
    harvest = running.ask(source, full=full, by=by)
    run_harvest.enqueue(harvest.pk)
    return harvest


def begin_what_is_due() -> None:
    """At every look of a worker: what the calendar asks for, and what a process that died has left behind."""
    scheduling.ask_for_what_is_due()
    waiting = scheduling.of_nobody()
    if not waiting:
        return
    queue = DBTaskResult.objects.ready().filter(task_path=run_harvest.module_path)
    in_the_queue = {each.args_kwargs["args"][0] for each in queue}
    for harvest in waiting:
        if harvest.pk not in in_the_queue:
            run_harvest.enqueue(harvest.pk)


@task()
def classify_again(keys: list[str], source: int | None = None) -> None:
    """What is here already of one source (its number), or of all, by the subjects chosen for these words."""
    subject_words.apply(keys, Source.objects.filter(pk=source).first() if source else None)
