"""The training of officers: what a person has done, and when it is complete.

A path is complete when all its steps are ticked off and its questions, where it has any, were once answered well enough.
What is complete stays so, whatever an editor changes in the path later.
"""

from dataclasses import dataclass
from datetime import date as Date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.accounts.models import User

from ..models import Completion, LearningPath, QuizAttempt, StepDone
from ..quiz import Quiz


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one person in one path. `done`: the ids of its present steps that are ticked off."""

    path: LearningPath
    done: frozenset[str]
    steps: int
    attempt: QuizAttempt | None  # the best one
    completion: Completion | None

    @property
    def has_quiz(self) -> bool:
        return len(self.path.quiz) > 0

    @property
    def steps_complete(self) -> bool:
        return len(self.done) == self.steps

    @property
    def quiz_passed(self) -> bool:
        return not self.has_quiz or (self.attempt is not None and self.attempt.passed)

    @property
    def is_complete(self) -> bool:
        return self.steps_complete and self.quiz_passed


class NoSuchStep(LookupError):
    """The path has no step of that id."""


def paths() -> list[LearningPath]:
    """The trainings of today, in the order of the tree."""
    return list(LearningPath.objects.trainings())


def standings(users: list[User], of: list[LearningPath]) -> dict[tuple[int, int], Standing]:
    """{(id of the person, id of the path): standing}; three queries however many there are."""
    ids = [user.pk for user in users]
    done: dict[tuple[int, int], set[str]] = {}
    for user, path, step in StepDone.objects.filter(user__in=ids, path__in=of).values_list(
        "user", "path", "step"
    ):
        done.setdefault((user, path), set()).add(str(step))
    attempts: dict[tuple[int, int], QuizAttempt] = {}
    for attempt in QuizAttempt.objects.filter(user__in=ids, path__in=of).order_by("passed", "score", "-at"):
        attempts[attempt.user_id, attempt.path_id] = attempt
    completed = Completion.objects.filter(user__in=ids, path__in=of)
    completions = {(each.user_id, each.path_id): each for each in completed}
    present = {path.pk: {step.id for step in path.steps} for path in of}
    return {
        (pk, path.pk): Standing(
            path,
            frozenset(done.get((pk, path.pk), set()) & present[path.pk]),
            len(present[path.pk]),
            attempts.get((pk, path.pk)),
            completions.get((pk, path.pk)),
        )
        for pk in ids
        for path in of
    }


def standing(user: User, path: LearningPath) -> Standing:
    return standings([user], [path])[user.pk, path.pk]


@transaction.atomic
def tick(user: User, path: LearningPath, step: UUID, *, association: str) -> Standing:
    """The person has done a step. Raises NoSuchStep."""
    _check(path, step)
    StepDone.objects.get_or_create(user=user, path=path, step=step)
    return _completed(user, path, association)


@transaction.atomic
def untick(user: User, path: LearningPath, step: UUID) -> Standing:
    """Taken back; what was completed stays completed. Raises NoSuchStep."""
    _check(path, step)
    StepDone.objects.filter(user=user, path=path, step=step).delete()
    return standing(user, path)


@transaction.atomic
def answer(user: User, path: LearningPath, quiz: Quiz, *, association: str) -> Standing:
    """The person handed in these answers; the best ones count."""
    QuizAttempt.objects.create(
        user=user,
        path=path,
        score=quiz.score,
        questions=len(quiz.questions),
        passed=quiz.score >= path.needed_score,
    )
    return _completed(user, path, association)


def _check(path: LearningPath, step: UUID) -> None:
    if str(step) not in {each.id for each in path.steps}:
        raise NoSuchStep


def _completed(user: User, path: LearningPath, association: str) -> Standing:
    reached = standing(user, path)
    if not reached.is_complete or reached.completion:
        return reached
    User.objects.select_for_update().order_by("pk").first()  # one number at a time
    _complete(user, path, association, timezone.localdate())
    return standing(user, path)


def _complete(user: User, path: LearningPath, association: str, today: Date) -> None:
    last = Completion.objects.filter(year=today.year).aggregate(last=Max("serial"))["last"] or 0
    Completion.objects.get_or_create(
        user=user,
        path=path,
        defaults={
            "year": today.year,
            "serial": last + 1,
            "completed_on": today,
            "person_name": user.full_name or user.username,
            "commune_name": _commune_of(user, today),
            "path_title": path.title,
            "association_name": association,
        },
    )


def _commune_of(user: User, day: Date) -> str:
    """What the commune is called that the person serves on that day by the oldest grant there, "" for who serves a wider area."""
    grants = user.grants.active(day).filter(place__isnull=False).order_by("valid_from", "pk")
    for grant in grants.select_related("place"):
        for place in (grant.place, *grant.place.ancestors(day)):
            version = place.at(day)
            if version and version.is_commune:
                return version.label
    return ""
