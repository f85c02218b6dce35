"""Opening a round, and putting subjects on its list."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain import audit
from portal.accounts.domain.audit import Actor, Deed
from portal.accounts.enums import Role
from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place
from recognition.enums import AssessmentState, RoundState
from recognition.models import Assessment, Award, Round, Subject
from recognition.permissions import can_score_with

from .areas import areas_of
from .books.communes import commune_of
from .published_rules import rules_of

BATCH = 2000


class CannotOpen(Exception):
    """The text says what is missing."""


@transaction.atomic
def open_round(round: Round, user) -> None:
    """From now on subjects take part. The communes are those of the day. Raises CannotOpen."""
    row = Round.objects.select_for_update().get(pk=round.pk)
    day = timezone.localdate()
    usable = can_score_with(row.criteria_set)
    if row.state != RoundState.DRAFT:
        raise CannotOpen(_("The round was opened before."))
    if not usable:
        raise CannotOpen(usable.reason)
    if row.criteria_set.subject_kind != row.subject_kind:
        raise CannotOpen(_("The criteria set is for another title."))
    communes = communes_within(row.place, day)
    if not communes:
        raise CannotOpen(_("There is no commune in %(place)s today.") % {"place": row.place})
    row.state = RoundState.OPEN
    row.full_clean()
    row.save(update_fields=["state"])
    row.communes.set(communes)
    _record(row, communes, user, "round.opened")


@transaction.atomic
def close_round(round: Round, user) -> None:
    """Nothing of it moves any more but appeals, revocations and what the clock does. Raises CannotOpen when it is not open."""
    row = Round.objects.select_for_update().get(pk=round.pk)
    if row.state != RoundState.OPEN:
        raise CannotOpen(_("The round is not open."))
    row.state = RoundState.CLOSED
    row.save(update_fields=["state"])
    _record(row, list(row.communes.all()), user, "round.closed")


def communes_within(place: Place, day) -> list[Place]:
    """The place itself when it is a commune on that day, else all communes below it."""
    version = place.at(day)
    if version is not None and version.is_commune:
        return [place]
    return list(
        Place.objects.of_kinds(COMMUNE_KINDS, day).filter(
            pk__in=Place.objects.within(place, day).values("pk")
        )
    )


@transaction.atomic
def put_on_list(round: Round, subjects: Iterable[Subject], user, *, level: str = "") -> list[Assessment]:
    """Those of the subjects that do not take part yet are put on the list, each where it is today. -> the new ones.

    Whether the person may is `permissions.may_keep_books` of their places.
    """
    Round.objects.select_for_update().get(pk=round.pk)  # two people may put the same village on it
    taking_part = set(round.assessments.exclude(state=AssessmentState.VOID).values_list("subject", flat=True))
    subjects = [each for each in subjects if each.pk not in taking_part and each.kind == round.subject_kind]
    day = timezone.localdate()
    areas = areas_of({each.place_id for each in subjects}, day)
    communes = _communes(subjects, day)
    awards = _previous(subjects, round)
    rows = Assessment.objects.bulk_create(
        [
            Assessment(
                round=round,
                subject=each,
                place_id=each.place_id,
                commune=communes[each.place_id],
                area=areas.get(each.place_id) or "",
                level=level,
                previous_award=awards.get(each.pk),
            )
            for each in subjects
        ],
        batch_size=BATCH,
    )
    return rows


def _communes(subjects: Iterable[Subject], day) -> dict[int, Place]:
    places = Place.objects.filter(pk__among={each.place_id for each in subjects}).with_versions()
    return {place.pk: commune_of(place, day) for place in places}


def _previous(subjects: Iterable[Subject], round: Round) -> dict[int, Award]:
    """The award in force that a level-up or a new recognition follows."""
    awards = Award.objects.in_force().filter(subject__in=subjects, year__lt=round.year).order_by("year")
    return {award.subject_id: award for award in awards}


def _record(round: Round, communes: Iterable[Place], user, action: str) -> None:
    for commune in communes:
        deed = Deed(action, f"recognition.round:{round.pk}", {"title": round.title})
        audit.record(commune, round.year, [deed], Actor(user, Role.ORGANISER), sample=round.is_sample)


def levels_of(round: Round):
    """The levels that a subject may ask for, () in a set without levels."""
    return rules_of(round.criteria_set).levels
