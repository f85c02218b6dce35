"""A session of the council: who sits in it, and closing it with what it voted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.domain.workflow import move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import PROPOSE
from recognition.enums import SessionState
from recognition.models import CouncilMember, CouncilSession, Round
from recognition.models.council import LEAST_MEMBERS

from . import agenda
from .sitting import open_session, present_count
from .trail import note


@dataclass(frozen=True, slots=True)
class Seat:
    name: str
    position: str = ""
    of_association: bool = False
    present: bool = True


@transaction.atomic
def prepare(round: Round, commune: Place, user) -> CouncilSession:
    """A new session, with the members of the last one of the commune. Whether the person may is
    `permissions.may_serve_council`, here and below."""
    last = CouncilSession.objects.filter(commune=commune).order_by("-held_on", "-pk").first()
    session = CouncilSession.objects.create(
        round=round,
        commune=commune,
        held_on=timezone.localdate(),
        chair=last.chair if last else "",
        secretary=last.secretary if last else "",
        is_sample=round.is_sample,
    )
    members = last.members.all() if last else ()
    CouncilMember.objects.bulk_create(
        CouncilMember(
            session=session, name=each.name, position=each.position, of_association=each.of_association
        )
        for each in members
    )
    note(round, commune, user, Role.CLERK, "session.prepared", session)
    return session


@transaction.atomic
def write(session: CouncilSession, seats: Sequence[Seat]) -> None:
    """Day, chair, secretary and minutes as `session` has them, and these members; votes of all who were present follow their
    number. Raises ValidationError."""
    locked = open_session(session)
    names = [seat.name for seat in seats]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValidationError(_("Named twice: %(names)s.") % {"names": ", ".join(sorted(twice))})
    before, now = present_count(locked), sum(seat.present for seat in seats)
    if not now and locked.items.exists():
        raise ValidationError(_("Nobody is present, but there are votes."))
    session.full_clean()
    session.save(update_fields=["held_on", "in_writing", "chair", "secretary", "minutes"])
    session.members.all().delete()
    CouncilMember.objects.bulk_create(
        CouncilMember(
            session=session,
            name=seat.name,
            position=seat.position,
            of_association=seat.of_association,
            present=seat.present,
        )
        for seat in seats
    )
    agenda.follow_presence(session, before, now)


@transaction.atomic
def close(session: CouncilSession, user) -> int:
    """The session was held: its votes count, and everything on its agenda is proposed or not. -> how many.

    Raises ValidationError with every sentence why it cannot be closed, Refused or MovedMeanwhile.
    """
    session = open_session(session)
    items = list(session.items.select_related("assessment"))
    if errors := [*problems(session), *agenda.problems(items, present_count(session))]:
        raise ValidationError(errors)
    members = list(session.members.all())
    session.state = SessionState.CLOSED
    session.members_count = len(members)
    session.present_count = sum(each.present for each in members)
    session.association_represented = True
    session.save()
    by_assessment = {item.assessment_id: item for item in items}
    count = move(
        PROPOSE,
        [item.assessment for item in items],
        user,
        facts=Facts(session=session, items=by_assessment),
    )
    note(session.round, session.commune, user, Role.CLERK, "session.closed", session, items=count)
    return count


@transaction.atomic
def discard(session: CouncilSession, user) -> None:
    """It was never held. Raises ValidationError when it is closed."""
    session = open_session(session)
    note(session.round, session.commune, user, Role.CLERK, "session.discarded", session)
    session.delete()


def problems(session: CouncilSession) -> list[str]:
    """Why the session cannot be closed, apart from its votes (TT 24/2023/TT-BGDĐT, TT 25/2023/TT-BGDĐT)."""
    members = list(session.members.all())
    count, present = len(members), sum(each.present for each in members)
    found = []
    if count < LEAST_MEMBERS or count % 2 == 0:
        found.append(
            _("The council has %(count)s members: it needs an odd number, %(least)s at least.")
            % {"count": count, "least": LEAST_MEMBERS}
        )
    if present * 2 <= count:
        found.append(
            _("Present: %(present)s of %(count)s. More than half must be.")
            % {"present": present, "count": count}
        )
    if not any(each.of_association and each.present for each in members):
        found.append(_("The association is not represented: mark who is present for it."))
    if not session.chair or not session.secretary:
        found.append(_("Write who had the chair and who was the secretary."))
    if session.held_on > timezone.localdate():
        found.append(_("The day of the session is still to come."))
    return found
