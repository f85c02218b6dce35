"""Playing a round with samples: the steps are the real ones, taken by the sample people in their roles."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from portal.accounts.domain.demo import Login
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.places.models import Place
from recognition.domain import registration, sheets
from recognition.domain.council import agenda, deciding, drafting, notices, sessions
from recognition.domain.workflow import move
from recognition.domain.workflow.transitions import REGISTER, SUBMIT, VERIFY
from recognition.enums import Stage
from recognition.models import Assessment, MeetingVote, PublicNotice, Round, Score, Subject, VillageMeeting
from recognition.models.council import LEAST_MEMBERS

BATCH = 5000
POINTS = range(5, 11)  # of the ten that a sample criterion has at most
STRONG, WEAK = (1, 1, 2, 4, 8, 8), (6, 6, 4, 2, 1, 1)  # how often each of them is given
ONE_IN = 5  # is weak
# What people would write; texts of samples are data.
NAME, TEXT = "Người mẫu {number}", "Biên bản mẫu"


@dataclass(frozen=True, slots=True)
class Players:
    """The sample person of each role."""

    by_role: dict[str, User]

    @classmethod
    def of(cls, logins: Sequence[Login]) -> "Players":
        users = {
            user.username: user
            for user in User.objects.filter(username__in=[each.username for each in logins])
        }
        labels = {str(role.label): role for role in Role}
        return cls({labels[each.role]: users[each.username] for each in logins})

    def __getitem__(self, role: Role) -> User:
        return self.by_role[role]


def play(
    round: Round, subjects: Sequence[Subject], villages: Sequence[Place], players: Players, *, whole: bool
) -> None:
    """`whole`: to the decision, and the round is closed; else each seventh of the villages stands one step further on."""
    registration.open_round(round, players[Role.ORGANISER])
    round.refresh_from_db()
    registration.put_on_list(round, subjects, players[Role.OFFICER])
    game = _Game(round, players, random.Random(f"{round.subject_kind} {round.year}"))  # noqa: S311 - the same every time
    steps = game.steps
    for of_wave, number in [(villages, len(steps))] if whole else _waves(villages, len(steps)):
        for step in steps[:number]:
            step(game.rows_in(of_wave))
    if whole:
        registration.close_round(round, players[Role.ORGANISER])


def _waves(villages: Sequence[Place], steps: int) -> Iterator[tuple[Sequence[Place], int]]:
    """(villages, how many steps they take), the furthest first; the first villages take none."""
    share = len(villages) / (steps + 1)
    for number in range(steps, 0, -1):
        yield villages[round(number * share) : round((number + 1) * share)], number


@dataclass(frozen=True)
class _Game:
    round: Round
    players: Players
    chance: random.Random

    @property
    def steps(self) -> Sequence[Callable[[Sequence[Assessment]], None]]:
        return (self.register, self.submit, self.verify, self.vote, self.hang_out, self.decide)

    def rows_in(self, villages: Sequence[Place]) -> list[Assessment]:
        return list(self.round.assessments.filter(place__in=villages).select_related("round__criteria_set"))

    def register(self, rows: Sequence[Assessment]) -> None:
        move(REGISTER, rows, self.players[Role.OFFICER])

    def submit(self, rows: Sequence[Assessment]) -> None:
        officer = self.players[Role.OFFICER]
        criteria = list(sheets.criteria_by_code(self.round.criteria_set).values())
        Score.objects.bulk_create(
            (
                Score(
                    assessment=row,
                    stage=Stage.SELF,
                    criterion=criterion,
                    max_points=criterion.max_points,
                    points=self.chance.choices(POINTS, weights)[0],
                    by=officer,
                )
                for number, row in enumerate(rows)
                for weights in [STRONG if number % ONE_IN else WEAK]
                for criterion in criteria
            ),
            batch_size=BATCH,
        )
        sheets.judge(rows)
        move(SUBMIT, rows, officer)

    def verify(self, rows: Sequence[Assessment]) -> None:
        if self.round.village_meeting:
            self._meet(rows)
        sheets.agree(rows, self.players[Role.VERIFIER])
        move(VERIFY, rows, self.players[Role.VERIFIER])

    def _meet(self, rows: Sequence[Assessment]) -> None:
        by_village = defaultdict(list)
        for row in rows:
            by_village[row.place_id].append(row)
        for place, of_village in by_village.items():
            meeting = VillageMeeting.objects.create(
                round=self.round,
                place_id=place,
                held_on=timezone.localdate(),
                households=len(of_village),
                attending=len(of_village),
                chair=NAME.format(number=1),
                secretary=NAME.format(number=2),
                minutes=TEXT,
                written_by=self.players[Role.OFFICER],
            )
            MeetingVote.objects.bulk_create(
                MeetingVote(meeting=meeting, assessment=row, votes_for=len(of_village)) for row in of_village
            )

    def vote(self, rows: Sequence[Assessment]) -> None:
        clerk = self.players[Role.CLERK]
        session = sessions.prepare(self.round, self.round.place, clerk)
        session.chair, session.secretary, session.minutes = NAME.format(number=1), NAME.format(number=2), TEXT
        seats = [
            sessions.Seat(NAME.format(number=number), of_association=number == 1)
            for number in range(1, LEAST_MEMBERS + 1)
        ]
        sessions.write(session, seats)
        for place in {row.place for row in rows}:
            agenda.fill(session, place)
        sessions.close(session, clerk)

    def hang_out(self, rows: Sequence[Assessment]) -> None:
        """All that was voted on, and so long ago that the committee may decide today."""
        today = timezone.localdate()
        notice = PublicNotice(
            round=self.round,
            commune=self.round.place,
            opens_on=today,
            closes_on=notices.earliest_end(self.round, today),
        )
        notices.hang_out(notice, self.players[Role.CLERK])
        back = timedelta(days=self.round.notice_days)
        PublicNotice.objects.filter(pk=notice.pk).update(
            opens_on=notice.opens_on - back, closes_on=notice.closes_on - back
        )

    def decide(self, rows: Sequence[Assessment]) -> None:
        decision = drafting.recognition(self.round, self.round.place, self.players[Role.CLERK])
        decision.number = f"MAU-{decision.pk}/QĐ-UBND"
        decision.issued_on = timezone.localdate()
        decision.signer_title, decision.signer_name = "Người ký mẫu", NAME.format(number=1)
        drafting.write(decision, self.players[Role.CLERK])
        deciding.issue(decision, self.players[Role.ISSUER])
