import pytest

from django.db import connection

from recognition.domain import seed
from recognition.domain.criteria_content import content_hash
from recognition.domain.published_rules import ChangedCriteria, rules_of, stored_content
from recognition.models import CriteriaSet, Criterion
from tests.recognition.criteria.unguarded import take_off_the_guard

pytestmark = pytest.mark.django_db


@pytest.fixture
def sets(settings):
    settings.DEMO = False
    seed.load()
    return CriteriaSet.objects


def test_every_stored_set_has_the_hash_of_what_it_says(sets):
    for criteria_set in sets.all():
        assert content_hash(stored_content(criteria_set)) == criteria_set.content_hash


def test_every_set_that_may_score_has_rules(sets):
    usable = sets.filter(usable_for_scoring=True)
    assert {rules_of(each).code for each in usable} == {
        "KHVN-CDHT-2021-2030",
        "TT22-2020-DVHT",
        "TT24-2023-DVHT-HUYEN",
        "TT24-2023-DVHT-TINH",
        "TT25-2023-CDHT-HUYEN",
        "TT25-2023-CDHT-TINH",
        "TT25-2023-CDHT-XA",
    }


def test_a_set_that_lacks_its_text_has_none(sets):
    with pytest.raises(ValueError, match="chưa tìm được văn bản"):
        rules_of(sets.get(code__contains="242"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE recognition_criterion SET max_points = 9 WHERE code = 'A1'",
        "UPDATE recognition_criteriagroup SET name = 'x' WHERE code = 'A'",
        "UPDATE recognition_criteriaset SET rules = '{}' WHERE code = 'KHVN-CDHT-2021-2030'",
    ],
)
def test_a_set_that_was_changed_behind_our_back_judges_nothing(sets, change):
    citizen = sets.get(code="KHVN-CDHT-2021-2030")
    take_off_the_guard()
    with connection.cursor() as cursor:
        cursor.execute(change)
    citizen.refresh_from_db()
    with pytest.raises(ChangedCriteria, match="thay đổi"):
        rules_of(citizen)


def test_a_criterion_taken_out_behind_our_back_is_seen(sets):
    citizen = sets.get(code="KHVN-CDHT-2021-2030")
    take_off_the_guard()
    Criterion.objects.filter(group__criteria_set=citizen, code="C2").delete()
    with pytest.raises(ChangedCriteria):
        rules_of(citizen)
