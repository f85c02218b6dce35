"""“Vì sao chưa đạt?”: the letters to those who were not recognised, out of the stored verdict on their sheets."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.text import format_number_vi
from recognition.enums import UNDER_WAY, AssessmentState, Outcome
from recognition.models import Assessment, CouncilItem, Criterion

from . import sheets
from .papers import WhyNotLetter

NAMED = 3  # criteria to work at, the most costly first
LONGEST_TEXT = 120  # letters of a criterion


def not_passed(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Those who were refused, and those under way whose sheet does not pass as it stands."""
    found = rows.filter(state=AssessmentState.REFUSED) | rows.filter(passed=False, state__in=UNDER_WAY)
    return found.select_related("subject", "place", "round__criteria_set").order_by(
        "place__sort_key", "place", "subject__sort_name", "pk"
    )


def letters(rows: Sequence[Assessment]) -> list[WhyNotLetter]:
    """One for each, all of one round."""
    if not rows:
        return []
    criteria = sheets.criteria_by_code(rows[0].round.criteria_set)
    answers, voted = sheets.answers_of(rows), _of_the_council(rows)
    return [_letter(row, criteria, answers[row.pk], voted.get(row.pk, "")) for row in rows]


def _of_the_council(rows: Sequence[Assessment]) -> dict[int, str]:
    items = CouncilItem.objects.filter(assessment__among=[row.pk for row in rows], outcome=Outcome.FAIL)
    return dict(items.exclude(reason="").order_by("pk").values_list("assessment", "reason"))


def _letter(row: Assessment, criteria: Mapping[str, Criterion], answers: Mapping, voted: str) -> WhyNotLetter:
    missing = list(row.reasons)
    if added := [line for line in voted.splitlines() if line.strip() and line.strip() not in missing]:
        missing.append(_("The council: %(reason)s") % {"reason": " ".join(added)})
    most = row.round.criteria_set.total_points
    return WhyNotLetter(
        addressee=str(row.subject),
        village=str(row.place),
        title=str(row.round.get_subject_kind_display()),
        year=row.round.year,
        missing=tuple(missing) or (_("The sheet is not complete yet."),),
        advice=tuple(_advice(criteria, answers)),
        total=row.total,
        most=None if most is None else Decimal(most),
    )


def _advice(criteria: Mapping[str, Criterion], answers: Mapping):
    lost = {
        code: Decimal(criterion.max_points) - Decimal(answers[code]["points"])
        for code, criterion in criteria.items()
        if criterion.max_points and "points" in answers.get(code, {})
    }
    for code in sorted(lost, key=lost.get, reverse=True)[:NAMED]:
        if lost[code]:
            yield _("%(code)s, %(text)s: up to %(points)s points more.") % {
                "code": code,
                "text": _short(criteria[code].text),
                "points": format_number_vi(lost[code].normalize() + 0),
            }


def _short(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= LONGEST_TEXT else f"{first[:LONGEST_TEXT].rsplit(' ', 1)[0]}…"
