"""What waits for a person: in each role, by round, deadline and village. One query a role, however many subjects."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain.reach import EVERYWHERE, acting_pks
from portal.accounts.enums import Role
from portal.places.models import Place
from recognition.enums import AssessmentState
from recognition.models import Assessment, Round

from .rounds import Deadline, deadline

State = AssessmentState


@dataclass(frozen=True, slots=True)
class Job:
    """Who has to do what with those in a state, and until which deadline of the round; "" where the law of the round is not a
    date but the end of something else."""

    role: Role
    state: State
    label: str
    until: str = ""

    @property
    def ends_with_its_deadline(self) -> bool:
        """Who is not registered in time stays out: then nothing waits any more."""
        return self.state == State.DRAFT


JOBS = (
    Job(Role.OFFICER, State.RETURNED, _("Correct what was returned"), "self_score_by"),
    Job(Role.OFFICER, State.REGISTERED, _("Fill in and hand in the own sheets"), "self_score_by"),
    Job(Role.OFFICER, State.DRAFT, _("Register those on the list"), "register_by"),
    Job(Role.VERIFIER, State.SELF_SCORED, _("Verify what was handed in"), "verify_by"),
    Job(Role.CLERK, State.VERIFIED, _("Put before the council"), "council_by"),
    Job(Role.CLERK, State.PROPOSED, _("Put under public notice")),
    Job(Role.ISSUER, State.IN_NOTICE, _("Decide, once the public notice is over")),
    Job(Role.ORGANISER, State.APPEALED, _("Decide appeals")),
)
ROLES = tuple(dict.fromkeys(job.role for job in JOBS))
AFTER_CLOSING = (State.IN_NOTICE, State.APPEALED)  # these go on when the round is closed


@dataclass(frozen=True, slots=True)
class InPlace:
    place: Place
    commune: Place
    count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One job in one round: how much of it waits in which villages."""

    job: Job
    round: Round
    deadline: Deadline | None
    places: Sequence[InPlace]

    @property
    def count(self) -> int:
        return sum(each.count for each in self.places)

    @property
    def urgency(self) -> tuple:
        left = self.deadline.left if self.deadline else 10**6
        return left, JOBS.index(self.job), self.round.title


def waiting_for(user, today: Date) -> list[Waiting]:
    """Overdue first, then by deadline."""
    counts: dict[tuple[Job, int], dict[tuple[int, int], int]] = defaultdict(dict)
    for job, round, commune, place, number in _counted(user):
        counts[job, round][commune, place] = number
    rounds = Round.objects.in_bulk({round for _job, round in counts})
    places = Place.objects.in_bulk({pk for of_round in counts.values() for pair in of_round for pk in pair})
    found = []
    for (job, round_pk), of_round in counts.items():
        round = rounds[round_pk]
        until = deadline(round, job.until, today) if job.until else None
        if not (job.ends_with_its_deadline and until.is_over):
            in_places = [
                InPlace(places[place], places[commune], n) for (commune, place), n in of_round.items()
            ]
            in_places.sort(key=lambda each: (each.commune.sort_key, each.place.sort_key))
            found.append(Waiting(job, round, until, in_places))
    return sorted(found, key=lambda each: each.urgency)


def _counted(user) -> Iterator[tuple[Job, int, int, int, int]]:
    """(job, round, commune, place, how many)"""
    held = set(user.grants.active().values_list("role", flat=True))
    still_moves = Q(round__in=list(Round.objects.open().order_by().values_list("pk", flat=True)))
    still_moves |= Q(state__in=AFTER_CLOSING)
    for role in ROLES:
        if role in held:
            jobs = {job.state: job for job in JOBS if job.role == role}
            rows = _reached(user, role).filter(still_moves, state__in=jobs)
            if role == Role.VERIFIER:
                rows = rows.exclude(submitted_by=user)
            grouped = rows.order_by().values_list("state", "round", "commune", "place")
            for state, *rest in grouped.annotate(Count("pk")):
                yield jobs[state], *rest


def _reached(user, role: Role) -> QuerySet[Assessment]:
    reached = acting_pks(user, [role])
    if reached is EVERYWHERE:
        return Assessment.objects.all()
    return Assessment.objects.filter(Q(commune__among=reached) | Q(place__among=reached))
