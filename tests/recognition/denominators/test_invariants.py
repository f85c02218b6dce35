"""What the database itself refuses, whatever writes to it."""

import pytest

from django.db import IntegrityError, connection, transaction
from django.db.models import F, RestrictedError
from django.utils import timezone

from recognition.domain import seed
from recognition.enums import Indicator
from recognition.models import Denominator, Target
from tests.factories.accounts import UserFactory
from tests.factories.places import ProvinceFactory
from tests.factories.recognition import DenominatorFactory, TargetFactory

pytestmark = pytest.mark.django_db


def refused(write, *args, **kwargs):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **kwargs)
    return True


@pytest.mark.parametrize(
    "change",
    [
        "value = 0",
        "year = 1900",
        "kind = 'dogs'",
        "source_document = ''",
        "locked_at = NULL",
        "checked_by_id = NULL",
        "checked_by_id = entered_by_id",
        "supersedes_id = id, reason = 'x'",
    ],
)
def test_a_locked_denominator_is_never_made_impossible(change):
    row = DenominatorFactory()

    def attack():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE recognition_denominator SET {change} WHERE id = %s", [row.pk])

    assert refused(attack)


def test_one_is_locked_for_a_place_a_year_and_a_kind():
    row = DenominatorFactory()
    other = DenominatorFactory(place=row.place, open=True)
    facts = {"locked_at": timezone.now(), "checked_by": UserFactory()}
    assert refused(Denominator.objects.filter(pk=other.pk).update, **facts)
    copy = Denominator(place=row.place, year=row.year, kind=row.kind, value=5, as_of=row.as_of)
    copy.source_document, copy.entered_by = "Mẫu", row.entered_by
    copy.locked_at, copy.checked_by = row.locked_at, row.checked_by
    assert refused(Denominator.objects.bulk_create, [copy])
    Denominator.objects.filter(pk=row.pk).update(replaced_at=timezone.now())
    Denominator.objects.filter(pk=other.pk).update(**facts)


def test_one_is_open_at_a_time():
    row = DenominatorFactory(open=True)
    assert refused(DenominatorFactory, place=row.place, open=True)
    DenominatorFactory(place=row.place, open=True, year=2026)


def test_another_number_for_what_was_locked_has_a_reason():
    row = DenominatorFactory()
    assert refused(DenominatorFactory, place=row.place, open=True, supersedes=row)


def test_what_was_replaced_stays_as_long_as_what_replaced_it():
    old = DenominatorFactory(is_sample=True)
    DenominatorFactory(place=old.place, open=True, supersedes=old, reason="Đếm lại", is_sample=True)
    with pytest.raises(RestrictedError):
        old.delete()
    Denominator.objects.filter(is_sample=True).delete()  # both at once, as a demo year goes
    assert not Denominator.objects.exists()


def test_what_is_not_locked_is_not_replaced():
    row = DenominatorFactory(open=True)
    assert refused(Denominator.objects.filter(pk=row.pk).update, replaced_at=timezone.now())


@pytest.mark.parametrize("change", [{"percent": 0}, {"percent": 101}, {"legal_document": ""}, {"year": 1}])
def test_a_target_can_be_reached_and_names_its_document(change):
    row = TargetFactory()
    assert refused(Target.objects.filter(pk=row.pk).update, **change)


def test_a_place_has_one_target_of_a_kind_by_a_year_and_so_has_everywhere():
    TargetFactory()
    assert refused(TargetFactory)
    place = ProvinceFactory()
    TargetFactory(place=place)
    assert refused(TargetFactory, place=place)
    assert refused(Target.objects.filter(place=place).update, indicator="dogs", percent=F("percent"))


def test_a_new_portal_knows_the_targets_of_the_national_plans(settings):
    settings.DEMO = False
    seed.load()
    found = {(row.year, Indicator(row.indicator)): row.percent for row in Target.objects.filter(place=None)}
    assert [found[2025, indicator] for indicator in Indicator] == [70, 65, 65, 80, 40, 60]
    assert [found[2030, indicator] for indicator in Indicator] == [80, 75, 75, 90, 60, 80]
    Target.objects.filter(year=2025).update(percent=71)
    seed.load()
    assert Target.objects.filter(year=2025, percent=71).count() == 6
