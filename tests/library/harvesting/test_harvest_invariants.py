"""The rules of harvests that the database itself holds, attacked with raw SQL."""

import pytest

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from library.models import SubjectMapping
from tests.factories.harvesting import (
    HarvestFactory,
    HarvestFailureFactory,
    SourceFactory,
    SubjectMappingFactory,
)
from tests.factories.library import SubjectFactory

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_source_is_read_by_one_harvest_at_a_time():
    harvest = HarvestFactory(running=True)
    with pytest.raises(IntegrityError, match="library_harvest_one_at_a_time|UNIQUE"), transaction.atomic():
        HarvestFactory(source=harvest.source)
    HarvestFactory(source=harvest.source, done=True)


@pytest.mark.parametrize("column", ["created", "updated", "unchanged", "deleted"])
def test_what_was_read_is_new_changed_unchanged_or_deleted(column):
    harvest = HarvestFactory()
    with pytest.raises(IntegrityError, match="library_harvest_read_adds_up"):
        sql(f"UPDATE library_harvest SET {column} = 1 WHERE id = %s", harvest.pk)


def test_what_was_offered_was_read_or_failed():
    harvest = HarvestFactory()
    with pytest.raises(IntegrityError, match="library_harvest_loses_nothing"):
        sql("UPDATE library_harvest SET offered = 1 WHERE id = %s", harvest.pk)


def test_a_running_harvest_has_a_holder():
    harvest = HarvestFactory(running=True)
    with pytest.raises(IntegrityError, match="library_harvest_held_while_it_runs"):
        sql("UPDATE library_harvest SET holder = '' WHERE id = %s", harvest.pk)


def test_a_harvest_that_ended_is_held_by_nobody():
    harvest = HarvestFactory(done=True)
    with pytest.raises(IntegrityError, match="library_harvest_held_while_it_runs"):
        sql("UPDATE library_harvest SET holder = 'x' WHERE id = %s", harvest.pk)


def test_a_harvest_breaks_off_with_a_reason():
    harvest = HarvestFactory(broken=True)
    with pytest.raises(IntegrityError, match="library_harvest_fails_with_a_reason"):
        sql("UPDATE library_harvest SET problem = '' WHERE id = %s", harvest.pk)


def test_only_known_protocols_are_stored():
    source = SourceFactory()
    with pytest.raises(IntegrityError, match="library_source_protocol_known"):
        sql("UPDATE library_source SET protocol = 'ftp' WHERE id = %s", source.pk)


def test_a_failure_is_told_once_and_with_a_reason():
    failure = HarvestFailureFactory()
    with pytest.raises(IntegrityError, match="library_harvest_failure_has_a_reason"):
        sql("UPDATE library_harvestfailure SET reason = '' WHERE id = %s", failure.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        HarvestFailureFactory(harvest=failure.harvest, number=failure.number)


def test_a_word_has_one_subject_for_all_and_one_a_source_whatever_its_accents():
    SubjectMappingFactory(word="Nông nghiệp")
    source = SourceFactory()
    SubjectMappingFactory(word="Nông nghiệp", source=source)
    for where in (None, source):
        with pytest.raises(IntegrityError), transaction.atomic():
            SubjectMappingFactory(word="NÔNG NGHIÊP", source=where)
        again = SubjectMapping(word="nong nghiep", source=where, subject=SubjectFactory())
        with pytest.raises(ValidationError):
            again.full_clean()


@pytest.mark.parametrize("url", ["kho-mau.example/oai", "ftp://kho-mau.example", "https://", "http://a b"])
def test_the_address_of_a_source_is_one_of_the_web(url):
    with pytest.raises(ValidationError):
        SourceFactory.build(url=url).full_clean()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/oai", "http://dspace/oai", "https://kho-mau.example/oai"]
)
def test_inner_hosts_are_addresses_too(url):
    SourceFactory.build(url=url).full_clean()
