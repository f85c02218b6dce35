"""Learning citizens: among the workers of recognised families, clans and communities, and among the staff of units."""

import pytest

from recognition.domain.indicators.counting import recognised_within
from recognition.domain.indicators.report import report
from recognition.enums import DenominatorKind, Indicator, SubjectKind
from tests.factories.places import CommuneFactory, VillageFactory
from tests.factories.recognition import (
    AssessmentFactory,
    AwardFactory,
    DenominatorFactory,
    RoundFactory,
    SubjectFactory,
)

from .reading import of

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def village(commune):
    return VillageFactory(parent=commune)


def citizen(village, holder):
    """Registered and recognised in 2025."""
    subject = SubjectFactory(place=village, kind=SubjectKind.CITIZEN, member_of=holder)
    round = RoundFactory(year=2025, subject_kind=SubjectKind.CITIZEN)
    AssessmentFactory(round=round, place=village, subject=subject, state="registered")
    return AwardFactory(place=village, subject_kind=SubjectKind.CITIZEN, subject=subject)


@pytest.mark.parametrize("kind", [SubjectKind.FAMILY, SubjectKind.CLAN, SubjectKind.COMMUNITY])
def test_a_worker_counts_where_the_recognised_holder_is(commune, village, kind):
    holder, untitled = SubjectFactory.create_batch(2, place=commune, kind=kind)
    AwardFactory(place=commune, subject_kind=kind, subject=holder)
    citizen(village, holder)
    citizen(village, untitled)
    found = report(2025)
    workers = of(found, commune, Indicator.WORKERS)
    assert (workers.recognised, workers.registered, found.unplaced) == (1, 1, 1)
    assert of(found, commune, Indicator.STAFF).recognised == 0


def test_staff_count_where_the_unit_is_with_or_without_its_title(village):
    elsewhere = CommuneFactory()
    citizen(village, SubjectFactory(place=elsewhere, kind=SubjectKind.UNIT))
    found = report(2025)
    staff = of(found, elsewhere, Indicator.STAFF)
    assert (staff.recognised, staff.registered, found.unplaced) == (1, 1, 0)


def test_the_title_of_the_holder_has_to_be_of_the_year_too(commune, village):
    holder = SubjectFactory(place=village)
    AwardFactory(place=village, subject=holder, year=2024)
    citizen(village, holder)
    assert of(report(2025), commune, Indicator.WORKERS).recognised == 0


def test_they_are_a_share_of_the_declared_ones(commune, village):
    holder = SubjectFactory(place=village)
    AwardFactory(place=village, subject=holder)
    citizen(village, holder)
    DenominatorFactory(place=commune, kind=DenominatorKind.WORKERS, value=4)
    assert of(report(2025), commune, Indicator.WORKERS).over_total.text == "25,0 %"
    assert recognised_within(commune, 2025, Indicator.WORKERS) == 1
    assert recognised_within(commune, 2025, Indicator.STAFF) == 0


def test_they_are_measured_by_no_target_while_nobody_says_where_they_belong(commune):
    AwardFactory(place=commune, subject_kind=SubjectKind.CITIZEN)
    found = report(2025)
    assert found.unplaced == 1
    assert of(found, commune, Indicator.WORKERS).recognised == 0
