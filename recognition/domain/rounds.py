"""Preparing a round before it is opened, and giving an open one more time."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.places.enums import COMMUNE_KINDS, PlaceKind
from portal.places.models import Place
from recognition.enums import RoundState, SubjectKind
from recognition.models import CriteriaSet, Round
from recognition.models.round import DEADLINES

ABOVE_COMMUNES = (PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.DISTRICT)
SAME_EVERY_YEAR = (
    "place",
    "criteria_set",
    "village_meeting",
    "notice_days",
    "appeal_days",
    "decided_by",
    "legal_bases",
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`left`: days until then; 0 today, negative when it has passed."""

    name: str
    label: str
    day: datetime.date
    left: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def words(self) -> str:
        if self.left == 0:
            return _("today")
        if self.left > 0:
            return ngettext("%(days)s day left", "%(days)s days left", self.left) % {"days": self.left}
        return ngettext("%(days)s day over", "%(days)s days over", -self.left) % {"days": -self.left}


def deadlines(round: Round, today: datetime.date) -> list[Deadline]:
    return [deadline(round, name, today) for name in DEADLINES]


def deadline(round: Round, name: str, today: datetime.date) -> Deadline:
    day = getattr(round, name)
    return Deadline(name, round._meta.get_field(name).verbose_name, day, (day - today).days)


def places_to_hold(user, day: datetime.date) -> QuerySet[Place]:
    """Where the person may hold a round: communes, and what lies above them, within their grants as an organiser."""
    reached = places_reached(user, [Role.ORGANISER], day).values("pk")
    kinds = (*COMMUNE_KINDS, *ABOVE_COMMUNES)
    return Place.objects.of_kinds(kinds, day).filter(pk__in=reached)


def sets_to_score(kind: SubjectKind) -> QuerySet[CriteriaSet]:
    return CriteriaSet.objects.filter(subject_kind=kind, usable_for_scoring=True)


def as_last_time(kind: SubjectKind, places: Iterable[Place], year: int) -> dict:
    """What a new round of the title takes over from the last one in one of these places; its dates, as many years later."""
    last = Round.objects.filter(subject_kind=kind, place__in=places, year__lt=year, is_sample=False)
    last = last.exclude(state=RoundState.DRAFT).order_by("-year", "-pk").first()
    if last is None:
        return {"year": year}
    dates = {name: _years_later(getattr(last, name), year - last.year) for name in DEADLINES}
    title = last.title.replace(str(last.year), str(year))
    return {"year": year, "title": title, **dates} | {name: getattr(last, name) for name in SAME_EVERY_YEAR}


def _years_later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def keep_draft(round: Round) -> Round:
    """Save what a form has filled in. Raises ValidationError, also when it was opened meanwhile."""
    if round.pk and Round.objects.select_for_update().get(pk=round.pk).state != RoundState.DRAFT:
        raise ValidationError(_("The round was opened meanwhile; its deadlines can be moved later."))
    round.full_clean()
    round.save()
    return round


@transaction.atomic
def discard_draft(round: Round) -> None:
    """Nobody takes part in it yet, so it leaves no trace. Raises ValidationError when it was opened meanwhile."""
    if Round.objects.select_for_update().get(pk=round.pk).state != RoundState.DRAFT:
        raise ValidationError(_("The round was opened meanwhile; it can only be closed."))
    round.delete()


@transaction.atomic
def postpone(round: Round, dates: Mapping[str, datetime.date], user) -> bool:
    """Move deadlines of an open round later. -> was any moved? Raises ValidationError."""
    row = Round.objects.select_for_update().get(pk=round.pk)
    if row.state != RoundState.OPEN:
        raise ValidationError(_("The round is not open."))
    moved = {name: day for name, day in dates.items() if day != getattr(row, name)}
    if sooner := [name for name, day in moved.items() if day < getattr(row, name)]:
        sentence = _("People rely on it: an open round can be given more time, not less.")
        raise ValidationError(dict.fromkeys(sooner, sentence))
    data = {
        name: {"from": getattr(row, name).isoformat(), "to": day.isoformat()} for name, day in moved.items()
    }
    for name, day in moved.items():
        setattr(row, name, day)
    row.full_clean()
    row.save(update_fields=list(moved))
    for commune in row.communes.all() if moved else ():
        deed = Deed("round.postponed", f"recognition.round:{row.pk}", {"title": row.title, **data})
        audit.record(commune, row.year, [deed], Actor(user, Role.ORGANISER), sample=row.is_sample)
    return bool(moved)
