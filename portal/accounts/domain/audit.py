"""The audit trail: what was done to the books of a place in a year, each event bound to the one before by its hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from portal.accounts.models import AuditChain, AuditEvent, User
from portal.accounts.models.audit import START
from portal.places.models import Place

BATCH = 2000  # events written or read at a time
SIGNED = ("number", "at", "actor_id", "actor_name", "role", "action", "object", "data")
COLUMNS = ("chain_id", *SIGNED, "previous", "hash")


@dataclass(frozen=True, slots=True)
class Deed:
    """`object` names what something was done to, as in "recognition.assessment:12"; `data` holds plain values, no
    personal data beyond what the books themselves say."""

    action: str
    object: str
    data: Mapping = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it and in which role; nobody when the clock does."""

    user: User | None = None
    role: Role | str = ""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event of a chain that is not what was written, and why."""

    chain: AuditChain
    number: int
    reason: str

    def __str__(self) -> str:
        facts = {"chain": self.chain, "number": self.number, "reason": self.reason}
        return _("%(chain)s, event %(number)s: %(reason)s") % facts


@transaction.atomic
def record(
    place: Place, year: int, deeds: Iterable[Deed], actor: Actor, *, at: datetime | None = None, sample=False
) -> None:
    """Add the deeds to the trail of `place` and `year`, in the transaction of what they tell of.

    Who adds waits for others who add to the same trail: a trail is one line.
    """
    chain = _locked(place, year, sample)
    at, user = at or timezone.now(), actor.user
    who = (user.pk, user.full_name) if user else (None, "")
    rows = []
    for deed in deeds:
        signed = [chain.length + 1, at, *who, str(actor.role), deed.action, deed.object, dict(deed.data)]
        own = _hash(chain.head, signed)
        rows.append((chain.pk, *signed, chain.head, own))
        chain.length, chain.head = chain.length + 1, own
    _write(rows)
    chain.save(update_fields=["length", "head"])


def _write(rows: Sequence[tuple]) -> None:
    """By COPY where the database has it: thousands of events are then a fifth of the work."""
    if connection.vendor != "postgresql":
        events = [AuditEvent(**dict(zip(COLUMNS, row, strict=True))) for row in rows]
        AuditEvent.objects.bulk_create(events, batch_size=BATCH)
        return
    table, data = AuditEvent._meta.db_table, COLUMNS.index("data")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row((*row[:data], json.dumps(row[data]), *row[data + 1 :]))


def _locked(place: Place, year: int, sample: bool) -> AuditChain:
    chain, _created = AuditChain.objects.get_or_create(place=place, year=year, is_sample=sample)
    return AuditChain.objects.select_for_update().get(pk=chain.pk)


def _hash(previous: str, values: Sequence) -> str:
    """SHA-256 of the canonical JSON of an event and of the hash before it."""
    return hashlib.sha256(CANONICAL.encode([previous, *values]).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_moment)


def chains_of(code: str, year: int) -> QuerySet[AuditChain]:
    """The trails of the place that had that code on any day of the year."""
    in_time = Q(place__versions__valid_from__isnull=True) | Q(place__versions__valid_from__year__lte=year)
    in_time &= Q(place__versions__valid_to__isnull=True) | Q(place__versions__valid_to__year__gte=year)
    return AuditChain.objects.filter(in_time, place__versions__code=code, year=year).distinct()


def verify(chain: AuditChain) -> BrokenLink | None:
    """Read a whole trail again; the first event that was changed, taken out, put in or moved."""
    previous, number = START, 0
    for found, link, signed, values in _links(chain):
        number += 1
        if found != number:
            return BrokenLink(chain, number, _("it is missing."))
        if link != previous:
            return BrokenLink(chain, number, _("it does not follow the event before it."))
        previous = _hash(previous, values)
        if previous != signed:
            return BrokenLink(chain, number, _("it was changed."))
    if (chain.length, chain.head) != (number, previous):
        return BrokenLink(chain, number + 1, _("the end of the trail is missing."))
    return None


def _links(chain: AuditChain) -> Iterator[tuple[int, str, str, list]]:
    """(number, hash before, own hash, what is signed) of each event, in the order in which they stand."""
    rows = chain.events.order_by("number").values_list("previous", "hash", *SIGNED)
    for previous, own, *values in rows.iterator(BATCH):
        yield values[0], previous, own, values


@transaction.atomic
def remove_samples(chains: QuerySet[AuditChain]) -> None:
    """Take away trails of samples. The database refuses any other."""
    AuditEvent.objects.filter(chain__in=chains.filter(is_sample=True)).delete()
    chains.filter(is_sample=True).delete()
