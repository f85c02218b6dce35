"""A harvest from its beginning to its end: page by page, each with its checkpoint in one transaction.

Whatever ends a process, the next one goes on behind the last page that was written.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.text import nfc

from ...enums import DeletionPolicy, HarvestState, SourceProtocol
from ...interop.fetching import rest
from ...interop.page import Page, Reader, SourceProblem, SourceSettings
from ...interop.readers import READERS
from ...models import Harvest, HarvestFailure, Source
from ...tasks import find_duplicates
from .ahead import ahead
from .claims import LEASE, LeaseLost, StopAsked, claim, give_sign, held
from .sweeping import sweep
from .taking import Taking, Tally

END: dict = {}  # the cursor behind the last page
OLD = timedelta(days=7)  # after which nobody knows a cursor any more
MOST_NOTES = 100

Progress = Callable[[Harvest], None]


class AtWork(Exception):
    """The source is being read already; `str()` is a sentence for people."""


def reader_of(source: Source) -> Reader:
    """Raises SourceProblem for a protocol that is not known (yet)."""
    if (factory := READERS.get(source.protocol)) is None:
        raise SourceProblem(_("Sources of this kind (%(kind)s) cannot be read.") % {"kind": source.protocol})
    return factory(
        SourceSettings(
            url=source.url,
            prefix=source.prefix,
            sets=tuple(source.sets),
            query=source.query,
            pause=source.pause,
            granularity=source.granularity,
        )
    )


def ask(source: Source, *, full: bool = False, by=None) -> Harvest:
    """A harvest that waits for its turn: the one that was broken off, if any, else a new one. Raises AtWork."""
    if unfinished := _broken_off(source, full):
        ended = Harvest.objects.filter(pk=unfinished.pk, state__in=HarvestState.broken_off())
        again = {"state": HarvestState.WAITING, "problem": "", "finished_at": None, "cancel_asked": False}
        try:
            with transaction.atomic():
                ended.update(**again)
        except IntegrityError:
            raise _at_work(source) from None
        unfinished.refresh_from_db()
        return unfinished
    whole = full or is_to_be_read_whole(source)
    try:
        with transaction.atomic():
            return Harvest.objects.create(
                source=source,
                scope=source.scope,
                full=whole,
                since="" if whole else source.response_date,
                started_by=by,
            )
    except IntegrityError:
        raise _at_work(source) from None


def is_to_be_read_whole(source: Source) -> bool:
    """The first time, also of another address or other sets, and now and then where the source does not tell what it
    deletes."""
    if not source.response_date or source.last_full_at is None or source.scope_read != source.scope:
        return True
    if source.keeps_deletions == DeletionPolicy.PERSISTENT:
        return False
    swept = source.protocol in SourceProtocol.lists_everything()
    return swept and source.last_full_at < timezone.now() - timedelta(days=source.sweep_days)


def cancel(harvest: Harvest) -> None:
    """It ends behind the page in hand, or while it waits for the next one; what waits or was left behind ends at once."""
    Harvest.objects.at_work().filter(pk=harvest.pk).update(cancel_asked=True)
    harvest.refresh_from_db()
    if harvest.is_at_work and (harvest.state == HarvestState.WAITING or claim(harvest)):
        _end(harvest, HarvestState.CANCELLED)


def run(
    harvest: Harvest,
    *,
    reader: Reader | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> None:
    """Read on to the end of the source, or until it is cancelled, fails, or is taken over; after about `seconds` it waits
    for its next turn. `progress` is called after each page. The outcome stands in the harvest. Raises AtWork when another
    process is at it; what no page is to blame for (a defect, KeyboardInterrupt) ends the harvest and is raised."""
    if not claim(harvest):
        raise _at_work(harvest.source)
    until = time.monotonic() + seconds if seconds is not None else None
    try:
        if _read(harvest, reader or reader_of(harvest.source), progress, until):
            if harvest.full:
                sweep(harvest)
            _finish(harvest)
    except LeaseLost:
        harvest.refresh_from_db()
        raise _at_work(harvest.source) from None
    except StopAsked:
        _end(harvest, HarvestState.CANCELLED)
    except SourceProblem as problem:
        _end(harvest, HarvestState.FAILED, str(problem) or _("The source cannot be read any further."))
    except KeyboardInterrupt:
        _end(harvest, HarvestState.CANCELLED)
        raise
    except Exception as error:
        reason = _("Something unforeseen has happened (%(error)s).")
        _end(harvest, HarvestState.FAILED, reason % {"error": f"{type(error).__name__}: {error}"[:300]})
        raise


def _read(harvest: Harvest, reader: Reader, progress: Progress | None, until: float | None) -> bool:
    """False when it has not come to the end of the source yet."""
    if harvest.cancel_asked:
        _end(harvest, HarvestState.CANCELLED)
        return False
    if harvest.scope != harvest.source.scope:
        reason = _("What is read of the collection has been changed meanwhile; the next reading begins anew.")
        _end(harvest, HarvestState.CANCELLED, reason)
        return False
    if harvest.cursor == END:
        return True
    with closing(ahead(_pages(harvest, reader), lambda: give_sign(harvest))) as pages:
        return _take_all(harvest, pages, progress, until)


def _pages(harvest: Harvest, reader: Reader) -> Iterator[Page]:
    """A pause stands between two sittings too."""
    if harvest.cursor:
        rest(harvest.source.pause)
    yield from reader.pages(harvest.cursor, since=harvest.since)


def _take_all(
    harvest: Harvest, pages: Iterator[Page], progress: Progress | None, until: float | None
) -> bool:
    """False when it stops before the last page."""
    taking = Taking(harvest)
    for page, seconds in _timed(pages):
        try:
            _take(harvest, taking, page, seconds)
        except IntegrityError:  # of a tag or subject that has gone meanwhile the end of the transaction tells
            taking = Taking(harvest)
            _take(harvest, taking, page, seconds)
        if progress:
            progress(harvest)
        if page.next is None:
            return True
        if harvest.cancel_asked:
            _end(harvest, HarvestState.CANCELLED)
            return False
        if until is not None and time.monotonic() > until:
            _give_way(harvest)
            return False
    _note_end(harvest)
    return True


def _timed(pages: Iterator[Page]) -> Iterator[tuple[Page, float]]:
    """Each page with the seconds since the one before it: asking and writing."""
    before = time.monotonic()
    for page in pages:
        now = time.monotonic()
        yield page, now - before
        before = now


@transaction.atomic
def _take(harvest: Harvest, taking: Taking, page: Page, seconds: float) -> None:
    """The records of a page and the checkpoint behind it, both or neither."""
    row = held(harvest)
    tally = taking.take(page)
    HarvestFailure.objects.bulk_create(
        HarvestFailure(
            harvest=row,
            number=row.offered + failure.place + 1,
            identifier=nfc(failure.found.identifier),
            reason=nfc(failure.reason),
            raw=failure.found.raw,
        )
        for failure in tally.failures
    )
    _count(row, tally)
    _note_policy(harvest.source, page.keeps_deletions)
    row.cursor = END if page.next is None else dict(page.next)
    row.response_date = row.response_date or page.response_date[:40]
    row.total = page.total if page.total is not None else row.total
    row.notes = list(dict.fromkeys([*row.notes, *map(nfc, page.notes)]))[:MOST_NOTES]
    row.pages += 1
    row.seconds += seconds
    row.lease_until = timezone.now() + LEASE
    row.save()
    vars(harvest).update(
        {field.attname: getattr(row, field.attname) for field in Harvest._meta.concrete_fields}
    )


def _count(row: Harvest, tally: Tally) -> None:
    row.offered += tally.offered
    row.read += tally.read
    row.failed += len(tally.failures)
    for name in ("created", "updated", "unchanged", "deleted"):
        setattr(row, name, getattr(row, name) + getattr(tally, name))


def _note_policy(source: Source, said: str) -> None:
    """What the source says of its deletions, unless it is known; what a librarian has chosen stays."""
    if said and source.keeps_deletions == DeletionPolicy.UNKNOWN:
        unknown = Source.objects.filter(pk=source.pk, keeps_deletions=DeletionPolicy.UNKNOWN)
        unknown.update(keeps_deletions=said)
        source.refresh_from_db(fields=["keeps_deletions"])


@transaction.atomic
def _note_end(harvest: Harvest) -> None:
    """The reader has no more pages and did not say so with the last one."""
    row = held(harvest)
    row.cursor = harvest.cursor = END
    row.save(update_fields=["cursor"])


@transaction.atomic
def _finish(harvest: Harvest) -> None:
    """Only what was read to its end moves the hour from which the next reading goes on."""
    row = held(harvest)
    source = Source.objects.filter(pk=row.source_id)
    if row.response_date:
        source.update(response_date=row.response_date, scope_read=row.scope)
    if row.full:
        source.update(last_full_at=timezone.now())
    if row.created or row.updated:
        find_duplicates.enqueue(None)  # by their titles
    _end(harvest, HarvestState.DONE)


def _give_way(harvest: Harvest) -> None:
    """Other work comes first; whoever is next goes on."""
    mine = Harvest.objects.filter(pk=harvest.pk, state=HarvestState.RUNNING, holder=harvest.holder)
    mine.update(state=HarvestState.WAITING, holder="", lease_until=None)
    harvest.refresh_from_db()


def _end(harvest: Harvest, state: HarvestState, problem: str = "") -> None:
    mine = Harvest.objects.at_work().filter(pk=harvest.pk, holder=harvest.holder)
    mine.update(state=state, problem=problem, holder="", lease_until=None, finished_at=timezone.now())
    harvest.refresh_from_db()


def _broken_off(source: Source, full: bool) -> Harvest | None:
    """The last harvest, if it can go on and reads what is asked for."""
    last = source.harvests.first()
    if last is None or last.state not in HarvestState.broken_off() or last.cursor is None:
        return None
    if last.scope != source.scope:
        return None
    if last.finished_at < timezone.now() - OLD or (full and not last.full):
        return None
    return last


def _at_work(source: Source) -> AtWork:
    return AtWork(_("“%(source)s” is being read already. Wait until it has ended.") % {"source": source})
