"""What the database itself refuses of a title, written past the models."""

import pytest

from django.db import IntegrityError, connection, transaction

from recognition.enums import SubjectKind
from recognition.models.serial import new_serial
from tests.factories.recognition import AwardFactory, ConsentFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def write(table, row, change):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change} WHERE id = %s", [row.pk])


@pytest.mark.parametrize(
    "change",
    [
        "revoked_on = '2026-01-01'",
        "revoked_reason = 'error'",
        "revoked_on = '2026-01-01', revoked_reason = 'fun'",
        "revoked_on = '2001-01-01', revoked_reason = 'error'",
        "valid_from = '2025-12-14'",
        "valid_from = NULL",
        "valid_to = '2025-12-14'",
        "serial = ''",
        "serial = 'abc'",
        "subject_kind = 'citizen', of_age = FALSE",
    ],
)
def test_an_impossible_title_is_refused(change):
    with pytest.raises(IntegrityError):
        write("recognition_award", AwardFactory(), change)


@pytest.mark.parametrize(
    "change",
    [
        "revoked_on = '2026-01-01', revoked_reason = 'error'",
        "valid_from = '2026-01-01', valid_to = '2026-01-01'",
        "subject_kind = 'citizen', of_age = TRUE",
        "subject_kind = 'citizen', of_age = FALSE, publication_basis = ''",
    ],
)
def test_a_possible_one_is_not(change):
    write("recognition_award", AwardFactory(), change)


def test_two_papers_never_bear_one_serial():
    first, second = AwardFactory.create_batch(2)
    with pytest.raises(IntegrityError):
        write("recognition_award", second, f"serial = '{first.serial}'")


def test_a_subject_holds_one_title_a_year_unless_the_first_was_revoked():
    subject = SubjectFactory()
    first, second = AwardFactory(subject=subject), AwardFactory()
    with pytest.raises(IntegrityError):
        write("recognition_award", second, f"subject_id = {subject.pk}")
    write("recognition_award", first, "revoked_on = '2026-01-01', revoked_reason = 'error'")
    write("recognition_award", second, f"subject_id = {subject.pk}")


def test_a_revoked_title_may_be_given_anew():
    first = AwardFactory(revoked_on="2026-01-01")
    AwardFactory(name=first.name, place=first.place)
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardFactory(name=first.name, place=first.place)


@pytest.mark.parametrize(
    "change", ["given_by = ''", "document = ''", "purpose = 'sale'", "withdrawn_on = '2025-02-28'"]
)
def test_a_consent_that_cannot_be_proved_is_refused(change):
    with pytest.raises(IntegrityError):
        write("recognition_consent", ConsentFactory(), change)


def test_a_subject_has_one_consent_in_force():
    consent = ConsentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(subject=consent.subject)
    write("recognition_consent", consent, "withdrawn_on = '2025-04-01'")
    ConsentFactory(subject=consent.subject)


def delete(subject):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM recognition_subject WHERE id = %s", [subject.pk])
        connection.check_constraints()


def test_a_subject_with_titles_or_consents_cannot_be_deleted():
    for row in (AwardFactory(subject=SubjectFactory()), ConsentFactory()):
        with pytest.raises(IntegrityError):
            delete(row.subject)


def test_serials_come_by_themselves_one_by_one_and_in_bulk():
    made = AwardFactory.build_batch(3, place=AwardFactory().place, subject_kind=SubjectKind.CLAN)
    for award in made:
        award.valid_from = award.decision_date
    serials = {award.serial for award in type(made[0]).objects.bulk_create(made)}
    assert len(serials) == 3
    assert all(serial.startswith("2025-DH-") for serial in serials)


def test_a_serial_never_changes():
    award = AwardFactory()
    before = award.serial
    award.year = 2024
    award.save()
    award.refresh_from_db()
    assert award.serial == before != new_serial(award.subject_kind, award.year)
