"""What of a name may hang out before the decision: all of it with a basis for publishing, else initials."""

from collections.abc import Iterable

from recognition.domain import consents
from recognition.enums import SubjectKind
from recognition.models import Subject

PEOPLE = (SubjectKind.FAMILY, SubjectKind.CITIZEN)  # the others are no personal data


def names_to_show(subjects: Iterable[Subject]) -> dict[int, str]:
    """By id. The name of a person is shown in full only by a consent in force (Luật 91/2025/QH15)."""
    subjects = list(subjects)
    people = [each for each in subjects if each.kind in PEOPLE]
    allowed = consents.publications(people) if people else {}
    return {
        each.pk: initials(each.name) if each.kind in PEOPLE and each.pk not in allowed else str(each)
        for each in subjects
    }


def initials(name: str) -> str:
    """ "Hoàng Văn Mẫu" -> "H. V. M." """
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalnum())
