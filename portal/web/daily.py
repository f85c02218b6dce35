"""Work that is done by itself: once a day, by whichever job worker comes first, or at every look at the calendar.

A room registers its functions in `AppConfig.ready`. They run soon after midnight, or soon after the start of a worker when
that time was missed, one after the other. Each must bear being killed and being run twice: the day is claimed before
the work, so that two workers never do the same, and a failure waits for the next day (or for `manage.py run_daily`).
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date as Date

from django.db import connections
from django.utils import timezone

from .models import DailyJob

logger = logging.getLogger(__name__)

LOOK = 60.0  # s between two looks at the calendar

Job = Callable[[Date], None]
_jobs: dict[str, Job] = {}
_at_every_look: list[Callable[[], None]] = []


def register(name: str, job: Job) -> None:
    """`job(today)` is called once a day. Raises ValueError when another job has that name."""
    if _jobs.setdefault(name, job) is not job:
        raise ValueError(f"Two daily jobs are called {name!r}.")


def at_every_look(job: Callable[[], None]) -> None:
    """`job()` is called once a minute by every job worker; it must bear being done by two at a time."""
    if job not in _at_every_look:
        _at_every_look.append(job)


def names() -> list[str]:
    return sorted(_jobs)


def run(name: str, today: Date) -> None:
    """Do it now, whether or not it was done today. Raises KeyError for an unknown name."""
    job = _jobs[name]
    DailyJob.objects.update_or_create(name=name, defaults={"last_day": today})
    job(today)


def run_due(today: Date) -> list[str]:
    """Do what nobody has done today; returns the names of what went well."""
    return [name for name in _jobs if _claim(name, today) and _survives(name, today)]


def look() -> None:
    """What every worker does at every look. A job that fails keeps no other from its work."""
    for job in _at_every_look:
        try:
            job()
        except Exception:
            logger.exception("%s failed; it is tried again in a minute.", job.__name__)


def _claim(name: str, today: Date) -> bool:
    """True for one caller a day, however many workers ask."""
    _row, created = DailyJob.objects.get_or_create(name=name, defaults={"last_day": today})
    return created or DailyJob.objects.filter(name=name, last_day__lt=today).update(last_day=today) == 1


def _survives(name: str, today: Date) -> bool:
    try:
        _jobs[name](today)
    except Exception:
        logger.exception("The daily job %s failed; it is tried again tomorrow.", name)
        return False
    return True


@contextmanager
def keeping_the_calendar() -> Iterator[None]:
    """Meanwhile a thread of this process does what is due: for a process that lives to do jobs."""
    stopping = threading.Event()
    thread = threading.Thread(target=_keep, args=[stopping], name="daily-jobs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()


def _keep(stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            look()
            run_due(timezone.localdate())
        except Exception:  # the database is away: the next look tries again
            logger.exception("The calendar of daily jobs could not be read.")
        finally:
            connections.close_all()
        stopping.wait(LOOK)
