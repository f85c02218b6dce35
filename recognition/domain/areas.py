"""Which threshold holds for a village on a day: decided by the association, never by the program."""

import datetime
from collections.abc import Collection, Iterable
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
from recognition.models import VillageArea

ONE_DAY = datetime.timedelta(days=1)


class LaterDecision(ValueError):
    """Another decision on the same village begins on or after the first day of this one; the text names it."""


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


@transaction.atomic
def decide(commune: Place, places: Collection[Place], decision: AreaDecision, user, role: Role) -> int:
    """Record one decision for villages of `commune`; what held before ends the day before. -> how many were set

    Raises LaterDecision, and nothing is written.
    """
    held = VillageArea.objects.select_for_update().filter(place__in=places)
    later = held.filter(valid_from__gte=decision.since).select_related("place").first()
    if later:
        facts = {"place": later.place, "day": date_format(later.valid_from, "SHORT_DATE_FORMAT")}
        raise LaterDecision(
            _("For %(place)s another decision holds from %(day)s: take it back first.") % facts
        )
    held.on(decision.since).update(valid_to=decision.since - ONE_DAY)
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
