"""Rows written and removed as plain values."""

import pytest

from django.db import IntegrityError, connection, transaction

from library.models import Resource, SourceRecord
from portal.search.models import OutboxRow
from portal.web import plain_rows
from tests.factories.library import ResourceFactory

pytestmark = pytest.mark.django_db


def test_rows_are_written_as_a_save_would_write_them():
    plain_rows.insert(OutboxRow, {"prefix": ["a", "b"], "object_id": ["1", "2"]})
    saved = OutboxRow.objects.create(prefix="c", object_id="3")
    assert list(OutboxRow.objects.values_list("prefix", "object_id", "index", "attempts", "due"))[-3:] == [
        ("a", "1", "", 0, None),
        ("b", "2", "", 0, None),
        ("c", "3", "", 0, None),
    ]
    assert {row.created.date() for row in OutboxRow.objects.all()} == {saved.created.date()}


def test_a_column_that_fills_itself_is_filled():
    plain_rows.insert(Resource, {"title": ["Ấm áp mùa đông"], "kind": ["book"], "language": ["vie"]})
    saved = ResourceFactory(title="Ấm áp mùa đông")
    written = Resource.objects.exclude(pk=saved.pk).get(title=saved.title)
    assert written.sort_title == saved.sort_title != ""
    assert written.created_at is not None


def test_numbers_that_were_taken_are_nobody_elses():
    taken = plain_rows.take_numbers(Resource, 3)
    assert len(set(taken)) == 3
    rows = {"id": taken, "title": ["Một", "Hai", "Ba"]}
    plain_rows.insert(Resource, rows)
    assert ResourceFactory().pk not in taken


@pytest.mark.parametrize("said", [{"title": "Trồng “ngô”\n", "year": 2019, "tags": []}, {}, ["ngô", None]])
def test_json_comes_back_as_it_was(said):
    row = {"resource_id": [ResourceFactory().pk], "source": ["Kho mẫu"], "key": ["1"], "data": [said]}
    plain_rows.insert(SourceRecord, row)
    assert SourceRecord.objects.get(key="1").data == said


def test_postgresql_knows_how_much_a_table_holds_once_it_is_told(django_assert_num_queries):
    ResourceFactory.create_batch(3)
    asked = connection.vendor == "postgresql"
    with django_assert_num_queries(1 if asked else 0):
        plain_rows.tell_growth(Resource, SourceRecord)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Resource._meta.db_table])
            assert cursor.fetchone() == (3,)


def test_the_database_keeps_its_rules():
    resource = ResourceFactory()
    twice = {"resource_id": [resource.pk] * 2, "source": ["Kho mẫu"] * 2, "key": ["1", "1"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        plain_rows.insert(SourceRecord, twice)


def test_rows_go_in_one_statement_and_the_others_stay(django_assert_num_queries):
    OutboxRow.objects.all().delete()
    plain_rows.insert(OutboxRow, {"prefix": ["a", "b", "a"], "object_id": ["1", "2", "3"]})
    with django_assert_num_queries(1):
        plain_rows.delete(OutboxRow.objects.filter(prefix="a"))
    assert [str(row) for row in OutboxRow.objects.all()] == ["b:2"]
