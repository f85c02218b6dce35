"""A published set never changes: the database refuses raw writes to it, its groups and its criteria."""

import pytest

from django.db import DatabaseError, IntegrityError, connection, transaction

from recognition.domain import seed
from recognition.enums import SetState
from recognition.models import CriteriaGroup, CriteriaSet, Criterion
from tests.factories.recognition import CriteriaSetFactory

pytestmark = pytest.mark.django_db
PUBLISHED, INCOMPLETE = "KHVN-CDHT-2021-2030", "QD448-2015-GDHT"
OF_SET = "(SELECT id FROM recognition_criteriaset WHERE code = '{0}')"
OF_GROUP = f"(SELECT id FROM recognition_criteriagroup WHERE criteria_set_id = {OF_SET} AND code = '{{1}}')"
NEW_GROUP = (
    "INSERT INTO recognition_criteriagroup (criteria_set_id, position, code, name, incomplete) "
    f"VALUES ({OF_SET}, 99, 'X', 'X', false)"
)
NEW_CRITERION = (
    "INSERT INTO recognition_criterion (group_id, position, code, text, kind, evidence_required, requirement, evidence_hint,"
    " applies_if, note, sub_items, truncated_in_source, from_draft, lineage) "
    f"VALUES ({OF_GROUP}, 99, 'X', 'X', 'yes_no', false, '{{{{}}}}', '', '', '', '[]', false, false,"
    " 'a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0')"
)
ATTACKS = [
    "UPDATE recognition_criteriaset SET title = 'x' WHERE code = '{0}'",
    "UPDATE recognition_criteriaset SET content_hash = 'x' WHERE code = '{0}'",
    "DELETE FROM recognition_criteriaset WHERE code = '{0}'",
    NEW_GROUP,
    f"UPDATE recognition_criteriagroup SET max_points = 1 WHERE id = {OF_GROUP}",
    f"DELETE FROM recognition_criteriagroup WHERE id = {OF_GROUP}",
    NEW_CRITERION,
    f"UPDATE recognition_criterion SET max_points = 1 WHERE group_id = {OF_GROUP}",
    f"DELETE FROM recognition_criterion WHERE group_id = {OF_GROUP}",
]
BACK_TO_DRAFT = (
    "UPDATE recognition_criteriaset SET state = 'draft', usable_for_scoring = false WHERE code = '{0}'"
)


@pytest.fixture(autouse=True)
def seeded(settings):
    settings.DEMO = False
    seed.load()


def run(statement, *names):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(*names))
        return cursor.rowcount


@pytest.mark.parametrize("attack", [*ATTACKS, BACK_TO_DRAFT])
def test_the_database_refuses_to_change_a_published_set(attack):
    with pytest.raises(IntegrityError, match="recognition_published"):
        run(attack, PUBLISHED, "A")


@pytest.mark.parametrize("attack", [each for each in ATTACKS if not each.startswith("DELETE FROM")])
def test_a_set_that_is_still_incomplete_takes_them(attack):
    group = CriteriaGroup.objects.filter(criteria_set__code=INCOMPLETE).first()
    assert run(attack, INCOMPLETE, group.code)


def test_nothing_is_moved_into_a_published_set():
    group = CriteriaGroup.objects.filter(criteria_set__code=INCOMPLETE).first()
    published = CriteriaGroup.objects.get(criteria_set__code=PUBLISHED, code="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.filter(group=group).update(group=published)
    with pytest.raises(IntegrityError), transaction.atomic():
        CriteriaGroup.objects.filter(pk=group.pk).update(criteria_set=published.criteria_set)
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.filter(group=published).update(group=group)


def test_a_sample_may_go_and_still_never_changes():
    sample = CriteriaSetFactory(draft=True, is_sample=True)
    group = CriteriaGroup.objects.create(criteria_set=sample, position=1, code="1", name="Nhóm")
    Criterion.objects.create(group=group, position=1, code="1.1", text="Một", kind="points", max_points=5)
    CriteriaSet.objects.filter(pk=sample.pk).update(
        state=SetState.PUBLISHED, usable_for_scoring=True, content_hash="x" * 64
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        group.criteria.update(max_points=6)
    CriteriaSet.objects.get(pk=sample.pk).delete()
    assert not CriteriaGroup.objects.filter(pk=group.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        "state = 'published'",
        "usable_for_scoring = true, completeness = 'complete', scoring_model = 'points'",
        "state = 'published', usable_for_scoring = true, completeness = 'complete', scoring_model = 'points',"
        " content_hash = ''",
        "derived_from_id = id",
    ],
)
def test_the_database_refuses_a_life_that_cannot_be(change):
    with pytest.raises(IntegrityError):
        run(f"UPDATE recognition_criteriaset SET {change} WHERE code = '{{0}}'", INCOMPLETE)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE.")
def test_all_at_once_does_not_go_either():
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE recognition_criterion ENABLE TRIGGER recognition_published_truncate")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("TRUNCATE recognition_criterion CASCADE")
