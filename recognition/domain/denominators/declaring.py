"""Entering and locking denominators. Each is one transaction with its lines in the audit trail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from portal.places.models import Place
from portal.text import format_number_vi
from recognition.domain.indicators.counting import recognised_within
from recognition.enums import DenominatorKind
from recognition.models import Denominator
from recognition.permissions import may_lock

OF_VILLAGES = (
    DenominatorKind.HOUSEHOLDS,
    DenominatorKind.CLANS,
)  # the others are counted for a whole commune
MOST_CHANGE = 15  # per cent from year to year, above which a note is asked for
HIGHEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of one place; `row` says where it stands in a sheet, 0 in a form."""

    place: Place
    kind: DenominatorKind
    value: int
    as_of: Date
    source_document: str
    reason: str = ""
    row: int = 0


class EntriesRefused(Exception):
    """Nothing was written. `errors`: [(entry, sentence)]."""

    def __init__(self, errors: Sequence[tuple[Entry, str]]):
        self.errors = list(errors)
        super().__init__("\n".join(sentence for _entry, sentence in errors))


@transaction.atomic
def declare(entries: Iterable[Entry], commune: Place, year: int, user) -> int:
    """Write what differs from what stands, as numbers to be checked. -> how many. Raises EntriesRefused.

    What was only entered so far is corrected in place; what is locked gets a new row beside it.
    """
    entries = list(entries)
    rows = Denominator.objects.filter(
        place__in={entry.place.pk for entry in entries}, year__in=(year, year - 1)
    )
    standing = {(row.place_id, row.kind, row.year, row.is_locked): row for row in rows.standing()}
    written, errors = [], []
    for entry in entries:
        key = (entry.place.pk, entry.kind)
        locked, before = standing.get((*key, year, True)), _of_year(standing, key, year - 1)
        open_row = standing.get((*key, year, False))
        if _says_the_same(entry, open_row or locked):
            continue
        if sentence := _fault(entry, locked, before):
            errors.append((entry, sentence))
        else:
            written.append(_row(entry, year, open_row, locked))
    if errors:
        raise EntriesRefused(errors)
    for row in written:
        row.entered_by = user
        row.save()
    _record(commune, written, user, Role.OFFICER, "denominator.entered")
    return len(written)


def _of_year(standing, key, year):
    return standing.get((*key, year, True)) or standing.get((*key, year, False))


def _says_the_same(entry: Entry, row: Denominator | None) -> bool:
    names = ("value", "as_of", "source_document")
    return row is not None and all(getattr(entry, name) == getattr(row, name) for name in names)


def _fault(entry: Entry, locked: Denominator | None, before: Denominator | None) -> str:
    """The sentence that tells what is wrong, or ""."""
    if not 0 < entry.value <= HIGHEST:
        return _("Write a whole number above 0. Leave the field empty when the number is not known.")
    if entry.as_of > timezone.localdate():
        return _("The number cannot be as of a day that has not come yet.")
    if not entry.source_document:
        return _("Say which document the number comes from.")
    if locked is not None and not entry.reason:
        facts = {"value": format_number_vi(locked.value)}
        return _("%(value)s is locked. Give a reason for another number.") % facts
    if before is not None and not entry.reason and changed_much(before.value, entry.value):
        facts = {"value": format_number_vi(before.value), "percent": MOST_CHANGE}
        return (
            _("The year before it was %(value)s: a change of more than %(percent)s %% needs a reason.")
            % facts
        )
    return ""


def changed_much(before: int, now: int) -> bool:
    return abs(now - before) * 100 > MOST_CHANGE * before


def _row(entry: Entry, year: int, open_row: Denominator | None, locked: Denominator | None) -> Denominator:
    row = open_row or Denominator(place=entry.place, year=year, kind=entry.kind, supersedes=locked)
    row.value, row.as_of = entry.value, entry.as_of
    row.source_document, row.reason = entry.source_document, entry.reason
    return row


@transaction.atomic
def lock(rows: Iterable[Denominator], commune: Place, user) -> tuple[int, list[str]]:
    """Check them: from now on they stand. -> (how many, sentences why others were left as they are).

    A row that somebody has locked or corrected meanwhile is left alone and told.
    """
    seen = {row.pk: row for row in rows}
    fresh = Denominator.objects.select_for_update().filter(pk__in=seen).order_by("pk")
    locked, left = [], []
    for row in fresh.select_related(None):
        if sentence := _why_not(row, seen[row.pk], commune, user):
            left.append(f"{row}: {sentence}")
            continue
        now = timezone.now()
        Denominator.objects.filter(pk=row.supersedes_id).update(replaced_at=now)
        row.checked_by, row.locked_at = user, now
        row.save(update_fields=["checked_by", "locked_at"])
        locked.append(row)
    _record(commune, locked, user, Role.ORGANISER, "denominator.locked")
    return len(locked), left


def _why_not(row: Denominator, seen: Denominator, commune: Place, user) -> str:
    if row.is_locked or row.value != seen.value:
        return _("Somebody has changed it meanwhile.")
    if not (allowed := may_lock(user, row, commune)):
        return allowed.reason
    if (number := recognised_within(row.place, row.year, DenominatorKind(row.kind).indicator)) > row.value:
        return _("%(number)s hold the title, which is more than there are. Look at both numbers.") % {
            "number": format_number_vi(number)
        }
    return ""


def _record(commune: Place, rows: Sequence[Denominator], user, role: Role, action: str) -> None:
    if rows:
        deeds = [Deed(action, f"recognition.denominator:{row.pk}", _facts(row)) for row in rows]
        audit.record(commune, timezone.localdate().year, deeds, Actor(user, role))


def _facts(row: Denominator) -> dict:
    facts = {"place": row.place_id, "year": row.year, "kind": str(row.kind), "value": row.value}
    return facts | {"source": row.source_document} | ({"reason": row.reason} if row.reason else {})
