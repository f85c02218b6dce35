"""What a session votes on: by default all who are present agree with what the criteria say; only what differs is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.places.models import Place
from recognition.enums import AssessmentState, Outcome
from recognition.models import Assessment, CouncilItem, CouncilSession

from .sitting import open_session, present_count

BATCH = 2000
SHOWN = 20  # sentences of one kind at once


@dataclass(frozen=True, slots=True)
class CouncilVote:
    """`reason` is needed where it is not recognised."""

    votes_for: int
    votes_against: int
    reason: str = ""


def waiting(session: CouncilSession) -> QuerySet[Assessment]:
    """Verified in the commune, and not on the agenda of this session."""
    rows = session.round.assessments.awaiting_council().filter(commune=session.commune_id)
    return rows.exclude(pk__in=session.items.values("assessment"))


@transaction.atomic
def fill(session: CouncilSession, place: Place | None = None) -> int:
    """Put all that wait, or those of one village, on the agenda, unanimous as the criteria say. -> how many.

    Raises ValidationError when the session is closed or nobody is present.
    """
    session = open_session(session)
    present = present_count(session)
    if not present:
        raise ValidationError(_("Write first who is present."))
    rows = waiting(session)
    rows = rows.filter(place=place) if place else rows
    items = CouncilItem.objects.bulk_create(
        [_unanimous(session, row, present) for row in rows.order_by("pk")], batch_size=BATCH
    )
    return len(items)


@transaction.atomic
def write(session: CouncilSession, votes: Mapping[int, CouncilVote | None]) -> None:
    """Votes on these assessments, which are on the agenda; None takes one off it. Raises ValidationError, and then nothing is
    written."""
    session = open_session(session)
    items = {item.assessment_id: item for item in _items(session).filter(assessment__among=votes)}
    kept = [_voted(items[pk], vote) for pk, vote in votes.items() if vote is not None and pk in items]
    if kept and (errors := list(problems(kept, present_count(session)))):
        raise ValidationError(errors)
    session.items.filter(assessment__among=[pk for pk, vote in votes.items() if vote is None]).delete()
    CouncilItem.objects.bulk_update(
        kept, ["votes_for", "votes_against", "outcome", "reason"], batch_size=BATCH
    )


@transaction.atomic
def refresh(session: CouncilSession) -> None:
    """Take off what was returned or withdrawn meanwhile, and vote anew, unanimously, on what the criteria judge otherwise now."""
    session = open_session(session)
    present = present_count(session)
    gone, changed = [], []
    for item in _items(session):
        if item.assessment.state != AssessmentState.VERIFIED:
            gone.append(item.pk)
        elif _is_unanimous(item, present) and (item.outcome == Outcome.PASS) != bool(item.assessment.passed):
            changed.append(_voted(item, _as_the_criteria_say(item.assessment, present)))
    session.items.filter(pk__among=gone).delete()
    CouncilItem.objects.bulk_update(changed, ["votes_for", "votes_against", "outcome", "reason"])


def follow_presence(session: CouncilSession, before: int, now: int) -> None:
    """Where all who were present agreed, all who are present now agree."""
    unanimous = session.items.filter(votes_against=0, votes_for=before, outcome=Outcome.PASS)
    against = session.items.filter(votes_for=0, votes_against=before, outcome=Outcome.FAIL)
    if before != now:
        unanimous.update(votes_for=now)
        against.update(votes_against=now)


def problems(items: Sequence[CouncilItem], present: int) -> Iterator[str]:
    """Why these votes cannot stand; the first few of each kind."""
    if not items:
        yield _("There is nothing on the agenda.")
    checks = (
        (
            lambda item: item.assessment.state != AssessmentState.VERIFIED,
            _("No longer verified, please bring the agenda up to date: %(names)s."),
        ),
        (
            lambda item: item.votes_for + item.votes_against > present,
            _("More votes than the %(present)s who are present: %(names)s."),
        ),
        (
            lambda item: item.votes_for > item.votes_against and not item.assessment.passed,
            _("By the criteria these do not pass, so the council cannot vote them through: %(names)s."),
        ),
        (
            lambda item: item.outcome == Outcome.FAIL and not item.reason.strip(),
            _("Write the reasons for not recognising: %(names)s."),
        ),
    )
    for is_wrong, sentence in checks:
        if wrong := [item for item in items if is_wrong(item)]:
            names = ", ".join(str(item.assessment.subject) for item in wrong[:SHOWN])
            yield sentence % {"names": names, "present": present}


def items_of(session: CouncilSession, place: Place | None = None) -> QuerySet[CouncilItem]:
    """By village and name."""
    items = _items(session).order_by("assessment__place__sort_key", "assessment__subject__sort_name", "pk")
    return items.filter(assessment__place=place) if place else items


def _items(session: CouncilSession) -> QuerySet[CouncilItem]:
    return session.items.select_related("assessment__subject", "assessment__place")


def _unanimous(session: CouncilSession, row: Assessment, present: int) -> CouncilItem:
    return _voted(CouncilItem(session=session, assessment=row), _as_the_criteria_say(row, present))


def _as_the_criteria_say(row: Assessment, present: int) -> CouncilVote:
    if row.passed:
        return CouncilVote(present, 0)
    return CouncilVote(0, present, "\n".join(row.reasons) or _("By the criteria it does not pass."))


def _voted(item: CouncilItem, vote: CouncilVote) -> CouncilItem:
    item.votes_for, item.votes_against = vote.votes_for, vote.votes_against
    item.outcome = Outcome.PASS if vote.votes_for > vote.votes_against else Outcome.FAIL
    item.reason = vote.reason
    return item


def _is_unanimous(item: CouncilItem, present: int) -> bool:
    return sorted((item.votes_for, item.votes_against)) == [0, present]
