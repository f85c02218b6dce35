"""The rules that the database itself holds, attacked with raw SQL."""

import pytest

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from library.models import OfficialDocument, Resource, Subject
from tests.factories.library import (
    OfficialDocumentFactory,
    ResourceFactory,
    SourceRecordFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("language", ["yao", "dao", "vi", ""])
def test_only_the_known_iso_639_3_codes_are_languages(language):
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match="library_resource_language_known"):
        sql("UPDATE library_resource SET language = %s WHERE id = %s", language, resource.pk)


def test_a_resource_cannot_be_withdrawn_without_a_reason():
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match="library_resource_withdrawn_with_a_reason"):
        sql("UPDATE library_resource SET withdrawn_on = '2026-11-23' WHERE id = %s", resource.pk)


def test_a_reason_for_withdrawing_needs_its_day():
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match="library_resource_withdrawn_with_a_reason"):
        sql("UPDATE library_resource SET withdrawn_reason = 'Vì' WHERE id = %s", resource.pk)


@pytest.mark.parametrize("year", [0, 26, 20255])
def test_a_year_has_four_figures(year):
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match="library_resource_year_of_four_figures"):
        sql("UPDATE library_resource SET year = %s WHERE id = %s", year, resource.pk)


def test_visibility_is_one_of_the_known_ones():
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match="library_resource_visibility_known"):
        sql("UPDATE library_resource SET visibility = 'all' WHERE id = %s", resource.pk)


def test_a_title_is_never_empty():
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match="library_resource_has_a_title"):
        sql("UPDATE library_resource SET title = '' WHERE id = %s", resource.pk)


def test_an_identifier_stands_once_in_a_collection_and_may_stand_in_another():
    SourceRecordFactory(source="A", key="1")
    SourceRecordFactory(source="B", key="1")
    other = SourceRecordFactory(source="A", key="2")
    with pytest.raises(IntegrityError):
        sql("UPDATE library_sourcerecord SET \"key\" = '1' WHERE id = %s", other.pk)


def test_one_record_leads_a_resource():
    record = SourceRecordFactory(source="A")
    SourceRecordFactory(source="B", resource=record.resource, leading=False)
    with pytest.raises(IntegrityError):
        sql('UPDATE library_sourcerecord SET "leading" = true WHERE resource_id = %s', record.resource_id)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("age_from = 9, age_to = 7", "library_resource_ages_in_order"),
        ("season_from = 11", "library_resource_season_of_two_months"),
        ("season_from = 0, season_to = 13", "library_resource_season_of_two_months"),
        ("reviewer = 'Người mẫu'", "library_resource_checked_by_somebody_on_a_day"),
        ("reviewed_on = '2026-11-01'", "library_resource_checked_by_somebody_on_a_day"),
        ("merged_into_id = id", "library_resource_merged_is_withdrawn"),
    ],
)
def test_facts_of_a_resource_that_contradict_each_other_are_refused(change, rule):
    resource = ResourceFactory()
    with pytest.raises(IntegrityError, match=rule):
        sql(f"UPDATE library_resource SET {change} WHERE id = %s", resource.pk)


@pytest.mark.parametrize(
    "change", ["url = '', file = ''", "url = 'https://vi-du.example/', file = '1/a.pdf'"]
)
def test_a_rendition_is_a_file_or_a_link(change):
    rendition = ResourceFactory().renditions.get()
    with pytest.raises(IntegrityError, match="library_rendition_a_file_or_a_link"):
        sql(f"UPDATE library_rendition SET {change} WHERE id = %s", rendition.pk)


def test_what_the_portal_makes_itself_is_a_file():
    rendition = ResourceFactory().renditions.get()
    with pytest.raises(IntegrityError, match="library_rendition_made_by_the_portal_is_a_file"):
        sql("UPDATE library_rendition SET purpose = 'light' WHERE id = %s", rendition.pk)


def test_the_number_of_a_deleted_resource_is_never_given_to_another():
    last = ResourceFactory(subjects=[])
    number = last.pk
    last.delete()
    assert ResourceFactory(subjects=[]).pk > number


def test_a_subject_with_resources_cannot_be_deleted():
    subject = SubjectFactory()
    ResourceFactory(subjects=[subject])
    with pytest.raises(ProtectedError):
        subject.delete()


def test_a_subject_is_not_its_own_parent():
    subject = SubjectFactory()
    with pytest.raises(IntegrityError, match="library_subject_not_its_own_parent"):
        sql("UPDATE library_subject SET parent_id = id WHERE id = %s", subject.pk)


def test_a_subject_cannot_be_placed_below_its_own_branch():
    top = SubjectFactory(slug="tren")
    below = SubjectFactory(slug="duoi", parent=top)
    top.parent = below
    with pytest.raises(ValidationError):
        top.full_clean()


def test_moving_a_subject_takes_its_branch_along():
    farming, breeding, bees = (
        SubjectFactory(slug="nong"),
        SubjectFactory(slug="chan"),
        SubjectFactory(slug="ong"),
    )
    bees.parent = breeding
    bees.save()
    breeding.parent = farming
    breeding.save()
    assert list(Subject.objects.values_list("path", flat=True)) == ["nong", "nong/chan", "nong/chan/ong"]
    assert set(Subject.objects.within(farming)) == {farming, breeding, bees}


def test_a_subject_whose_address_begins_like_another_is_not_in_its_branch():
    farming = SubjectFactory(slug="nong")
    SubjectFactory(slug="nong-nghiep")
    assert list(Subject.objects.within(farming)) == [farming]


def test_a_number_stands_once_for_an_issuer_and_may_stand_for_another():
    OfficialDocumentFactory(number="1/QĐ", issuer="A")
    OfficialDocumentFactory(number="1/QĐ", issuer="B")
    other = OfficialDocumentFactory(number="2/QĐ", issuer="A")
    with pytest.raises(IntegrityError):
        sql("UPDATE library_officialdocument SET number = '1/QĐ' WHERE id = %s", other.pk)


def test_a_replaced_document_names_the_one_that_replaces_it():
    document = OfficialDocumentFactory()
    with pytest.raises(IntegrityError, match="library_document_replaced_names_the_new_one"):
        sql("UPDATE library_officialdocument SET status = 'replaced' WHERE id = %s", document.pk)


def test_text_is_stored_in_nfc():
    decomposed = "Tr\u006f\u0302\u0300ng ngo\u0302"
    resource = ResourceFactory.build(title=decomposed)
    resource.clean_fields()
    document = OfficialDocumentFactory.build(subject=decomposed)
    document.clean_fields()
    assert resource.title == document.subject == "Trồng ngô"


def test_titles_sort_as_vietnamese_does():
    for title in ("Đất", "Dẻ", "Ăn", "Anh", "Ân"):
        ResourceFactory(title=title)
    assert list(Resource.objects.values_list("title", flat=True)) == ["Anh", "Ăn", "Ân", "Dẻ", "Đất"]


def test_a_document_without_a_number_is_called_by_its_subject_line():
    assert str(OfficialDocument(number="", subject="Kế hoạch mẫu")) == "Kế hoạch mẫu"
