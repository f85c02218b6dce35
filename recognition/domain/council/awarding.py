"""The titles that a decision gives, and takes back."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recognition.domain import consents
from recognition.domain.published_rules import rules_of
from recognition.domain.validity import last_day
from recognition.enums import RevokedBecause, SubjectKind
from recognition.models import Assessment, Award, CriteriaSet, Decision

BATCH = 2000
SHOWN = 20  # names told at once
LONGEST_LEVEL = Award._meta.get_field("level").max_length


def give(decision: Decision, rows: Sequence[Assessment]) -> None:
    """A title for each, named in public only by a consent in force. Raises ValidationError when one of them holds it already."""
    _refuse_second_titles(decision, rows)
    publications = consents.publications([row.subject_id for row in rows])
    criteria_set = decision.round.criteria_set
    valid_to, graded = last_day(decision.issued_on, criteria_set.validity_months), _is_graded(criteria_set)
    Award.objects.bulk_create(
        [
            Award(
                subject_kind=decision.round.subject_kind,
                name=row.subject.name,
                distinction=row.subject.distinction,
                place_id=row.place_id,
                year=decision.round.year,
                level=_level(row, graded),
                decision_number=decision.number,
                decision_date=decision.issued_on,
                issuer=decision.issuer,
                valid_from=decision.issued_on,
                valid_to=valid_to,
                subject_id=row.subject_id,
                assessment=row,
                decision=decision,
                is_sample=decision.round.is_sample,
                **publications.get(row.subject_id, {}),
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def take_back(decision: Decision, rows: Iterable[Assessment], because: RevokedBecause | str) -> None:
    """The titles that these hold: from the day of the decision on they are revoked."""
    awards = Award.objects.in_force().filter(assessment__among=[row.pk for row in rows])
    awards.update(revoked_on=decision.issued_on, revoked_reason=because or RevokedBecause.OTHER)


def _level(row: Assessment, graded: bool) -> str:
    """The level asked for, or the grade that was reached where the set knows several."""
    return (row.level or (row.result if graded else ""))[:LONGEST_LEVEL]


def _is_graded(criteria_set: CriteriaSet) -> bool:
    """Are there several ways to pass, such as "Tốt" and "Khá" (TT 22/2020/TT-BGDĐT)?"""
    return len({band.label for band in rules_of(criteria_set).bands if band.passes}) > 1


def _refuse_second_titles(decision: Decision, rows: Sequence[Assessment]) -> None:
    """A list that came in before may hold one of them."""
    given = Award.objects.in_force().filter(
        subject_kind=decision.round.subject_kind,
        year=decision.round.year,
        place__in={row.place_id for row in rows},
    )
    known = set(given.order_by().values_list("place", "name_key", "distinction"))
    subjects = set(given.order_by().values_list("subject", flat=True))
    again = [
        str(row.subject)
        for row in rows
        if row.subject_id in subjects
        or (row.place_id, row.subject.name_key, row.subject.distinction) in known
    ]
    if again:
        raise ValidationError(
            _("They hold the title “%(title)s” of %(year)s already: %(names)s.")
            % {
                "title": SubjectKind(decision.round.subject_kind).label,
                "year": decision.round.year,
                "names": ", ".join(again[:SHOWN]),
            }
        )
