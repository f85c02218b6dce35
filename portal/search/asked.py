"""What readers search for, counted a day without a word of who they are: what a library lacks.

A search only adds to a counter in memory; the thread that keeps the index up to date writes it, so that no page waits.
What looks like a telephone number, an e-mail address or the number of a document of identity is never counted. A
report shows a text only from the third asking on: asked once or twice it may be the name of one person, asked three
times it is of common interest. What stays below is removed after a month, everything after two years.
"""

import re
import threading
from datetime import date as Date
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from portal.text import fold

from .models import AskedQuery
from .typed import plain

SHOWN_FROM = 3  # askings
RARE_KEPT = timedelta(days=30)
KEPT = timedelta(days=730)
MOST_WAITING = 1_000  # different texts in memory; a flood of nonsense must not fill it
MOST_A_DAY = 5_000  # different texts of a day in the database
LONGEST = 100  # characters; who pastes a page is not asking
PERSONAL = re.compile(
    r"\S@\S"  # an e-mail address
    r"|\d(?:[ .()+-]*\d){8}"  # nine digits or more: a telephone, identity, insurance or bank number
    r"|\b[a-z]\d{7,8}\b"  # a passport
)

_waiting: dict[tuple[Date, str], tuple[int, int]] = {}  # (day, text): (times, found)
_lock = threading.Lock()


def note(text: str, found: int) -> None:
    """Somebody searched for `text`, and `found` things have all its words. Costs no query."""
    words = plain(text)
    if not words or len(words) > LONGEST or PERSONAL.search(fold(text)):
        return
    key = (timezone.localdate(), words)
    with _lock:
        if key in _waiting or len(_waiting) < MOST_WAITING:
            times, _found = _waiting.get(key, (0, 0))
            _waiting[key] = (times + 1, found)


def write() -> None:
    """Put what was noted into the database; it is kept for the next time when that fails."""
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
    if not taken:
        return
    try:
        _add(taken)
    except Exception:
        with _lock:
            for key, (times, found) in taken.items():
                more, newest = _waiting.get(key, (0, found))
                _waiting[key] = (times + more, newest)
        raise


@transaction.atomic
def _add(taken: dict[tuple[Date, str], tuple[int, int]]) -> None:
    days = {day for day, _text in taken}
    room = {day: MOST_A_DAY - AskedQuery.objects.filter(day=day).count() for day in days}
    for (day, text), (times, found) in sorted(taken.items()):
        row = AskedQuery.objects.filter(day=day, text=text)
        if row.update(times=F("times") + times, found=found) or room[day] <= 0:
            continue
        _row, created = AskedQuery.objects.get_or_create(
            day=day, text=text, defaults={"times": times, "found": found}
        )
        if created:
            room[day] -= 1
        else:  # another process was quicker
            row.update(times=F("times") + times, found=found)


def forget(today: Date) -> None:
    """Remove what is old, and what is a month old and was asked too seldom to be shown."""
    AskedQuery.objects.filter(day__lt=today - KEPT).delete()
    common = report().values("text")
    AskedQuery.objects.filter(day__lt=today - RARE_KEPT).exclude(text__in=common).delete()


def report(since: Date | None = None, *, unanswered: bool = False) -> QuerySet:
    """Rows {text, total, last, latest}: how often each text was asked since a day, when last, and how many things it
    found then; the most asked first."""
    rows = AskedQuery.objects.filter(day__gte=since) if since else AskedQuery.objects.all()
    newest = AskedQuery.objects.filter(text=OuterRef("text")).order_by("-day").values("found")[:1]
    found = (
        rows.order_by()
        .values("text")
        .annotate(total=Sum("times"), last=Max("day"), latest=Subquery(newest))
        .filter(total__gte=SHOWN_FROM)
        .order_by("-total", "text")
    )
    return found.filter(latest=0) if unanswered else found
