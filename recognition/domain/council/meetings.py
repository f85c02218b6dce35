"""The minutes of a village meeting: who came, and how many were for each of those that ask for the title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.enums import AWAITING_SELF_SCORE, AssessmentState
from recognition.models import Assessment, MeetingVote, Round, VillageMeeting

from .trail import note

BEFORE_VERIFICATION = (*AWAITING_SELF_SCORE, AssessmentState.SELF_SCORED)


@dataclass(frozen=True, slots=True)
class Vote:
    """`votes_for` None: all who attended were for it."""

    votes_for: int | None = None
    note: str = ""


def to_be_voted_on(round: Round, place: Place) -> QuerySet[Assessment]:
    """Those of the village that have registered and are not verified yet. `voted`: what an earlier meeting gave it, or None."""
    latest = MeetingVote.objects.filter(assessment=OuterRef("pk")).order_by("-meeting__held_on", "-meeting")
    rows = round.assessments.filter(place=place, state__in=BEFORE_VERIFICATION)
    return rows.select_related("subject").annotate(voted=Subquery(latest.values("votes_for")[:1]))


def villages_with_work(round: Round, commune: Place) -> QuerySet[Place]:
    """The villages of the commune, or the commune itself, in which somebody has registered and is not verified yet."""
    waiting = round.assessments.filter(commune=commune, state__in=BEFORE_VERIFICATION)
    return Place.objects.filter(pk__in=waiting.order_by().values("place")).order_by("sort_key")


@transaction.atomic
def write(meeting: VillageMeeting, votes: Mapping[int, Vote], user) -> VillageMeeting:
    """Enter new minutes with the votes on these assessments, or correct minutes by which nothing was verified yet.

    Raises ValidationError with sentences. Whether the person may is `permissions.may_write_minutes`.
    """
    correcting = meeting.pk is not None
    if correcting and not can_be_corrected(meeting):
        raise ValidationError(_("By these minutes something was verified already, so they stay as they are."))
    meeting.written_by = meeting.written_by if correcting else user
    meeting.full_clean()
    _refuse_what_cannot_be(meeting, votes)
    meeting.save()
    meeting.votes.all().delete()
    MeetingVote.objects.bulk_create(
        MeetingVote(
            meeting=meeting,
            assessment_id=pk,
            votes_for=meeting.attending if vote.votes_for is None else vote.votes_for,
            note=vote.note,
        )
        for pk, vote in votes.items()
    )
    action = "meeting.corrected" if correcting else "meeting.written"
    commune = Assessment.objects.select_related("commune").get(pk=next(iter(votes))).commune
    facts = {"place": meeting.place_id, "votes": len(votes), "attending": meeting.attending}
    note(meeting.round, commune, user, Role.OFFICER, action, meeting, **facts)
    return meeting


def can_be_corrected(meeting: VillageMeeting) -> bool:
    return not meeting.votes.exclude(assessment__state__in=BEFORE_VERIFICATION).exists()


def votes_of(meeting: VillageMeeting) -> Sequence[MeetingVote]:
    """In the order of the names, each with its subject."""
    votes = meeting.votes.select_related("assessment__subject", "meeting")
    return list(votes.order_by("assessment__subject__sort_name", "pk"))


def _refuse_what_cannot_be(meeting: VillageMeeting, votes: Mapping[int, Vote]) -> None:
    errors = []
    if meeting.held_on > timezone.localdate():
        errors.append(_("The day of the meeting is still to come."))
    if not votes:
        errors.append(_("The minutes name nobody that was voted on."))
    rows = to_be_voted_on(meeting.round, meeting.place).select_for_update(of=("self",))
    known = {row.pk: row for row in rows.filter(pk__in=votes)}
    if len(known) < len(votes):
        errors.append(_("Somebody has dealt with some of them meanwhile. Please look at the list again."))
    for pk, row in known.items():
        given = votes[pk].votes_for
        if given is not None and not 0 <= given <= meeting.attending:
            errors.append(
                _("“%(name)s”: %(votes)s votes, but %(attending)s households were represented.")
                % {"name": row.subject, "votes": given, "attending": meeting.attending}
            )
    if errors:
        raise ValidationError(errors)
