"""Playing a round with samples: the steps are the real ones, taken by the sample people in their roles."""

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from portal.accounts.domain.demo import Login
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.places.models import Place
from recognition.domain import registration, sheets
from recognition.domain.workflow import move
from recognition.domain.workflow.facts import Facts
from recognition.domain.workflow.transitions import BY_NAME
from recognition.enums import Outcome, SessionState, Stage
from recognition.models import (
    Assessment,
    CouncilItem,
    CouncilMember,
    CouncilSession,
    MeetingVote,
    PublicNotice,
    Round,
    Score,
    Subject,
    VillageMeeting,
)

BATCH = 5000
MEMBERS = 5
# What people would write; texts of samples are data.
NAME, REASON, TEXT = "Người mẫu {number}", "Theo phiếu thẩm định mẫu", "Biên bản mẫu"


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
    """`whole`: to the decision, and the round is closed; else each sixth of the villages stands one step further on."""
    registration.open_round(round, players[Role.ORGANISER])
    round.refresh_from_db()
    registration.put_on_list(round, subjects, players[Role.OFFICER])
    game = _Game(round, players, random.Random(round.pk))  # noqa: S311 - samples, the same every time
    for number, step in enumerate(game.steps, 1):
        reached = villages if whole else villages[number * len(villages) // (len(game.steps) + 1) :]
        step(list(round.assessments.filter(place__in=reached).select_related("round__criteria_set")))
    if whole:
        registration.close_round(round, players[Role.ORGANISER])


@dataclass(frozen=True)
class _Game:
    round: Round
    players: Players
    chance: random.Random

    @property
    def steps(self) -> Sequence[Callable[[Sequence[Assessment]], None]]:
        return (self.register, self.submit, self.verify, self.propose, self.publish)

    def register(self, rows: Sequence[Assessment]) -> None:
        move(BY_NAME["register"], rows, self.players[Role.OFFICER])

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
                    points=self.chance.choices(range(5, criterion.max_points + 1), [1, 1, 2, 4, 8, 8])[0],
                    by=officer,
                )
                for row in rows
                for criterion in criteria
            ),
            batch_size=BATCH,
        )
        sheets.judge(rows)
        move(BY_NAME["submit"], rows, officer)

    def verify(self, rows: Sequence[Assessment]) -> None:
        if self.round.village_meeting:
            self._meet(rows)
        rows = self._fresh(rows)
        sheets.agree(rows, self.players[Role.VERIFIER])
        move(BY_NAME["verify"], rows, self.players[Role.VERIFIER])

    def _meet(self, rows: Sequence[Assessment]) -> None:
        by_village: dict[int, list[Assessment]] = {}
        for row in rows:
            by_village.setdefault(row.place_id, []).append(row)
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

    def propose(self, rows: Sequence[Assessment]) -> None:
        session = CouncilSession.objects.create(
            round=self.round,
            commune=self.round.place,
            held_on=timezone.localdate(),
            chair=NAME.format(number=1),
            secretary=NAME.format(number=2),
            minutes=TEXT,
            state=SessionState.CLOSED,
            members_count=MEMBERS,
            present_count=MEMBERS,
            association_represented=True,
            is_sample=True,
        )
        CouncilMember.objects.bulk_create(
            CouncilMember(session=session, name=NAME.format(number=number), of_association=number == 1)
            for number in range(1, MEMBERS + 1)
        )
        rows = self._fresh(rows)
        items = CouncilItem.objects.bulk_create(_item(session, row) for row in rows)
        facts = Facts(session=session, items={item.assessment_id: item for item in items})
        move(BY_NAME["propose"], rows, self.players[Role.CLERK], facts=facts)

    def publish(self, rows: Sequence[Assessment]) -> None:
        """Hung out so long ago that the committee may decide tomorrow's work today."""
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        notice = PublicNotice.objects.create(
            round=self.round,
            commune=self.round.place,
            opens_on=yesterday - datetime.timedelta(days=self.round.notice_days),
            closes_on=yesterday,
            snapshot=[
                {"assessment": row.pk, "shown": row.subject.name, "village": str(row.place)} for row in rows
            ],
            is_sample=True,
        )
        move(BY_NAME["publish"], self._fresh(rows), self.players[Role.CLERK], facts=Facts(notice=notice))

    def _fresh(self, rows: Sequence[Assessment]) -> list[Assessment]:
        return list(
            Assessment.objects.filter(pk__in=[row.pk for row in rows]).select_related("round__criteria_set")
        )


def _item(session: CouncilSession, row: Assessment) -> CouncilItem:
    if row.passed:
        return CouncilItem(
            session=session, assessment=row, votes_for=MEMBERS, votes_against=0, outcome=Outcome.PASS
        )
    return CouncilItem(
        session=session,
        assessment=row,
        votes_for=0,
        votes_against=MEMBERS,
        outcome=Outcome.FAIL,
        reason=REASON,
    )
