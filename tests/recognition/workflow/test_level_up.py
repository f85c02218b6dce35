"""A unit that rises to level 2 in a second round: not before twelve months have passed (Thông tư 24/2023/TT-BGDĐT)."""

import datetime

import pytest

from django.utils import timezone

from portal.accounts.enums import Role
from recognition.domain import registration, seed, sheets
from recognition.domain.published_rules import rules_of
from recognition.enums import EvidenceKind, Stage, SubjectKind
from recognition.models import CriteriaSet, Evidence, EvidenceCover
from tests.factories.accounts import UserFactory
from tests.factories.recognition import AwardFactory, RoundFactory, SubjectFactory
from tests.recognition.scoring.sheets import full

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "passes"), [(364, False), (366, True)])
def test_level_two_waits_twelve_months_for_level_one(settings, days, passes):
    settings.DEMO = False
    seed.load()
    round = RoundFactory(
        subject_kind=SubjectKind.UNIT, criteria_set=CriteriaSet.objects.get(code="TT24-2023-DVHT-HUYEN")
    )
    school = SubjectFactory(kind=SubjectKind.UNIT, place=round.place)
    decided = timezone.localdate() - datetime.timedelta(days=days)
    AwardFactory(
        subject=school,
        subject_kind=SubjectKind.UNIT,
        place=round.place,
        year=round.year - 1,
        level="1",
        decision_date=decided,
        valid_from=decided,
    )
    officer = UserFactory(role=Role.OFFICER, place=round.place)
    [row] = registration.put_on_list(round, [school], officer, level="2")
    prove_everything(row)
    sheets.put(row, Stage.SELF, full(rules_of(round.criteria_set), "2")["answers"], officer)
    row.refresh_from_db()
    assert row.passed is passes
    assert any("12 tháng" in reason for reason in row.reasons) is not passes


def prove_everything(row):
    for criterion in sheets.criteria_by_code(row.round.criteria_set).values():
        evidence = Evidence.objects.create(
            round=row.round,
            commune=row.commune,
            criterion=criterion,
            kind=EvidenceKind.DOCUMENT_NUMBER,
            document_number="Văn bản mẫu",
        )
        EvidenceCover.objects.create(evidence=evidence, assessment=row)
