"""Questions by which learners check themselves, marked on the server. Pure: nothing is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

HANDED_IN = "tra-loi"  # name of the button that hands the answers in


@dataclass(frozen=True, slots=True)
class Answer:
    value: str  # its place in the list, "0" for the first: what the form sends
    text: str
    correct: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is that of its fields in the form: "c1" for the first question."""

    name: str
    text: str
    explanation: str
    answers: tuple[Answer, ...]

    @property
    def multiple(self) -> bool:
        """Several answers are right; the learner may tick several."""
        return sum(answer.correct for answer in self.answers) > 1

    @property
    def answered(self) -> bool:
        return any(answer.chosen for answer in self.answers)

    @property
    def right(self) -> bool:
        """All right answers are chosen and no other."""
        return all(answer.chosen == answer.correct for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Quiz:
    questions: tuple[Question, ...]
    handed_in: bool

    @property
    def score(self) -> int:
        """How many questions were answered right."""
        return sum(question.right for question in self.questions)


def mark(questions: Iterable[Mapping[str, Any]], sent: QueryDict) -> Quiz:
    """`questions`: {"question": text, "answers": [{"text": text, "correct": bool}], "explanation": text};
    `sent`: the fields of the form, empty before anything was handed in."""
    return Quiz(
        tuple(_question(f"c{number}", each, sent) for number, each in enumerate(questions, start=1)),
        handed_in=HANDED_IN in sent,
    )


def _question(name: str, question: Mapping[str, Any], sent: QueryDict) -> Question:
    chosen = set(sent.getlist(name))
    answers = tuple(
        Answer(str(place), answer["text"], answer["correct"], str(place) in chosen)
        for place, answer in enumerate(question["answers"])
    )
    return Question(name, question["question"], question["explanation"], answers)
