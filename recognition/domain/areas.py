"""Which threshold holds for a village on a day: decided by the association, never by the program."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.enums import Area
from recognition.models import Assessment, VillageArea

ONE_DAY = datetime.timedelta(days=1)


class LaterDecision(ValueError):
    """Another decision on the same village begins while this one would hold; the text names it."""


@dataclass(frozen=True)
class AreaDecision:
    """What was decided; `until` is the last day, None until further notice."""

    area: Area
    since: datetime.date
    until: datetime.date | None
    legal_basis: str
    decided_by: str
    note: str = ""


def area_of(place: Place, day: datetime.date) -> Area | None:
    """None while nobody has decided."""
    return areas_of([place.pk], day).get(place.pk)


def areas_of(places: Iterable, day: datetime.date) -> dict[int, Area]:
    """The same for many places (objects, ids or a queryset of them) in one query; those without a decision are left out."""
    found = VillageArea.objects.on(day).filter(place__in=places).order_by()
    return {place: Area(area) for place, area in found.values_list("place", "area")}


def decision_behind(assessment: Assessment) -> VillageArea | None:
    """The decision from which an assessment has its area; None when it has none, or when the decision was taken back."""
    if not assessment.area:
        return None
    at = assessment.registered_at
    day = timezone.localdate(at) if at else timezone.localdate()
    return VillageArea.objects.on(day).filter(place=assessment.place, area=assessment.area).first()


@transaction.atomic
def decide(commune: Place, places: Collection[Place], decision: AreaDecision, user, role: Role) -> int:
    """Record one decision for villages of `commune`; what held before ends the day before, and goes on after its last day if
    it has one. -> how many were set

    Raises LaterDecision, and nothing is written.
    """
    held = VillageArea.objects.select_for_update().filter(place__in=places)
    _refuse_later(held, decision)
    before = list(held.on(decision.since))
    held.on(decision.since).update(valid_to=decision.since - ONE_DAY)
    VillageArea.objects.bulk_create(_going_on(before, decision.until))
    rows = VillageArea.objects.bulk_create(
        VillageArea(
            place=place,
            area=decision.area,
            valid_from=decision.since,
            valid_to=decision.until,
            legal_basis=decision.legal_basis,
            decided_by=decision.decided_by,
            note=decision.note,
            recorded_by=user,
        )
        for place in places
    )
    _record(commune, [_deed("area.decided", row) for row in rows], user, role)
    return len(rows)


def _refuse_later(held, decision: AreaDecision) -> None:
    later = held.filter(valid_from__gte=decision.since).select_related("place")
    if decision.until:
        later = later.filter(valid_from__lte=decision.until)
    if first := later.first():
        facts = {"place": first.place, "day": date_format(first.valid_from, "SHORT_DATE_FORMAT")}
        raise LaterDecision(
            _("For %(place)s another decision holds from %(day)s: take it back first.") % facts
        )


def _going_on(before: Iterable[VillageArea], until: datetime.date | None) -> Iterator[VillageArea]:
    """What held before a decision for a time, from the day after it."""
    for row in before:
        if until and (row.valid_to is None or row.valid_to > until):
            row.pk, row._state.adding, row.valid_from = None, True, until + ONE_DAY
            yield row


@transaction.atomic
def take_back(commune: Place, row: VillageArea, user, role: Role) -> None:
    """It was recorded by mistake. What held before it does not come back by itself."""
    deed = _deed("area.taken_back", row)
    row.delete()
    _record(commune, [deed], user, role)


def _deed(action: str, row: VillageArea) -> Deed:
    facts = {
        "area": row.area,
        "from": row.valid_from.isoformat(),
        "until": row.valid_to.isoformat() if row.valid_to else None,
        "basis": row.legal_basis,
        "decided_by": row.decided_by,
    }
    return Deed(action, f"places.place:{row.place_id}", facts)


def _record(commune: Place, deeds: list[Deed], user, role: Role) -> None:
    audit.record(commune, timezone.localdate().year, deeds, Actor(user, role))
