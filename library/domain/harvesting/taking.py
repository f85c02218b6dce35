"""A page of a source into the catalogue: written together, and record by record only where that fails."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...interop.page import Found, Page
from ...models import Harvest, SourceRecord
from ..ingest import take
from ..same_things import SameThings
from ..tombstones import WITHDRAWN, bury
from ..writing import Incoming, Vocabulary, Writer
from .rules import Refused, Rules

BROKEN = (
    DatabaseError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)  # what one record may be to blame for
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")  # no database takes them
GROWTH = (1_000, 10_000)  # new records of a sitting of which the database is told
AWAY = (OperationalError, InterfaceError)  # what none is


@dataclass(frozen=True, slots=True)
class Failure:
    """`place` of the record in its page, from 0."""

    place: int
    found: Found
    reason: str


@dataclass(slots=True)
class Tally:
    """What became of the records of a page."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + self.deleted

    @property
    def offered(self) -> int:
        return self.read + len(self.failures)


@dataclass(frozen=True, slots=True)
class Offered:
    """`incoming` is None for a tombstone."""

    place: int
    found: Found
    incoming: Incoming | None = None


class Taking:
    """What one sitting at a harvest keeps from page to page."""

    def __init__(self, harvest: Harvest):
        source = harvest.source
        self._source = source.name
        self._seen_in = harvest.pk if harvest.full else None
        self._rules = Rules(source)
        self._vocabulary = Vocabulary()
        self._same = SameThings()
        self._created = 0
        self._writer = Writer(
            source.name, self._vocabulary, proposed=source.needs_review, seen_in=self._seen_in
        )

    def take(self, page: Page) -> Tally:
        """In one transaction, which is the caller's or its own."""
        tally = Tally()
        offered = list(self._understood(page.records, tally))
        self._vocabulary.tags.ensure(
            tag for each in offered if each.incoming for tag in each.incoming.values["tags"]
        )
        with transaction.atomic(savepoint=False):
            for wave in _waves(offered):
                self._take_wave(wave, tally)
            failed = (each.found.identifier for each in tally.failures)
            self._note_seen([each for each in failed if not NOT_TEXT.search(each)])
        tally.failures.sort(key=lambda failure: failure.place)
        before, self._created = self._created, self._created + tally.created
        if any(before < size <= self._created for size in GROWTH):
            self._writer.tell_growth()
        return tally

    def _understood(self, records: Sequence[Found], tally: Tally) -> Iterator[Offered]:
        for place, found in enumerate(records):
            if found.problem or (found.values is None and not found.deleted):
                tally.failures.append(Failure(place, found, found.problem or _("It says nothing.")))
            elif NOT_TEXT.search(found.identifier):
                tally.failures.append(Failure(place, found, _("Its identifier has signs that no text has.")))
            elif found.deleted:
                yield Offered(place, found)
            else:
                try:
                    yield Offered(place, found, self._rules.incoming(found))
                except (Refused, *BROKEN) as error:
                    tally.failures.append(Failure(place, found, _reason(error)))

    def _take_wave(self, wave: Sequence[Offered], tally: Tally) -> None:
        stored = self._stored([each.found.identifier for each in wave])
        tombstones = [each for each in wave if each.incoming is None]
        self._bury(tombstones, stored)
        tally.deleted += len(tombstones)
        same, others = [], []
        for each in wave:
            if each.incoming is not None:
                known = stored.get(each.found.identifier)
                as_before = known and not known.deleted and known.digest == each.incoming.sent.digest
                (same if as_before else others).append(each)
        tally.unchanged += len(same)
        self._note_seen([each.found.identifier for each in same])
        self._write(others, tally, all_new=not stored)

    def _stored(self, keys: Sequence[str]):
        rows = SourceRecord.objects.filter(source=self._source, key__among=keys)
        return {
            row.key: row for row in rows.order_by().values_list("key", "pk", "digest", "deleted", named=True)
        }

    def _bury(self, tombstones: Sequence[Offered], stored) -> None:
        known = [stored[each.found.identifier] for each in tombstones if each.found.identifier in stored]
        if gone := [row.pk for row in known if not row.deleted]:
            bury(gone, WITHDRAWN)

    def _note_seen(self, keys: Sequence[str]) -> None:
        """Only for a reading as a whole, at whose end what was not seen is hidden (`sweeping`)."""
        if self._seen_in and any(keys):
            rows = SourceRecord.objects.filter(source=self._source, key__among=[key for key in keys if key])
            rows.update(seen_in=self._seen_in, last_seen=timezone.now())

    def _write(self, wave: Sequence[Offered], tally: Tally, *, all_new: bool) -> None:
        try:
            self._write_together(wave, tally, all_new)
            return
        except AWAY:
            raise
        except BROKEN as error:
            if len(wave) == 1:
                tally.failures.append(Failure(wave[0].place, wave[0].found, _reason(error)))
                return
        self._vocabulary.refresh()  # a tag or a subject may have gone meanwhile
        self._vocabulary.tags.ensure(tag for each in wave for tag in each.incoming.values["tags"])
        for each in wave:
            self._write([each], tally, all_new=all_new)

    def _write_together(self, wave: Sequence[Offered], tally: Tally, all_new: bool) -> None:
        if not wave:
            return
        with transaction.atomic():
            taken = take([each.incoming for each in wave], self._writer, all_new=all_new)
            self._same.propose(taken.created, taken.updated)
        tally.created += len(taken.created)
        tally.updated += len(taken.updated)
        tally.unchanged += taken.unchanged


def _waves(offered: Sequence[Offered]) -> list[list[Offered]]:
    """A source may offer a record twice in a page, first as it was, then as it is: each wave has it once."""
    waves: list[list[Offered]] = []
    turns: dict[str, int] = {}
    for each in offered:
        turn = turns[each.found.identifier] = turns.get(each.found.identifier, -1) + 1
        if turn == len(waves):
            waves.append([])
        waves[turn].append(each)
    return waves


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    first = (str(error).splitlines() or [""])[0][:200]
    return _("The database does not take it (%(error)s).") % {"error": f"{type(error).__name__}: {first}"}
