"""A year of one commune through its pages: 2,000 families, 40 clans, 12 villages, 30 units; seven people, each with a role of
their own, and citizens without any."""

from collections import Counter

import pytest

from portal.accounts.domain import audit
from portal.accounts.models import AuditChain
from recognition.enums import AssessmentState, SubjectKind
from recognition.models import (
    Assessment,
    Award,
)

from .played import POOR, YEAR, Calendar, Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar(monkeypatch):
    return Calendar(monkeypatch)


@pytest.fixture
def year(calendar):
    return Year(calendar)


def test_a_year_from_the_books_to_the_honour_roll(year):
    year.january_the_books_and_the_rounds()
    year.march_registration()
    year.october_own_sheets()
    year.october_the_villages_meet()
    year.november_verification()
    year.november_the_council()
    year.december_public_notice()
    year.december_the_decisions()
    year.december_an_appeal()
    year.december_the_figures()

    poor = Assessment.objects.filter(total=2 * POOR).count()
    states = Counter(Assessment.objects.values_list("state", flat=True))
    assert states == {
        AssessmentState.RECOGNISED: Assessment.objects.count() - poor,
        AssessmentState.REFUSED: poor,
    }
    assert Award.objects.in_force().count() == states[AssessmentState.RECOGNISED]
    chain = AuditChain.objects.get(place=year.commune, year=YEAR)
    assert audit.verify(chain) is None
    signed = Counter(chain.events.values_list("role", flat=True))
    assert set(signed) == {"organiser", "officer", "verifier", "clerk", "issuer", "household"}
    award = Award.objects.filter(subject_kind=SubjectKind.FAMILY).first()
    assert str(YEAR) in year.citizen.get("award", award.serial)
    assert year.auditor.get("assessment", year.doubtful().pk)
