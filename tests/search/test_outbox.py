"""A change and its row of the outbox are one: both are there, or neither."""

import pytest

from django.db import connection, models, transaction

from portal.search import outbox, signals, sources
from portal.search.drain import run_once
from portal.search.entry import Entry
from portal.search.models import OutboxRow
from portal.search.query import search


class Note(outbox.OutboxModel):
    """A model of our own; its table lives for one test."""

    search_prefix = "note"
    id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=50)

    class Meta:
        app_label = "search"
        db_table = "search_test_note"
        managed = False

    def __str__(self):
        return self.title


class Foreign(models.Model):
    """A model of somebody else's, on the same table."""

    id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=50)

    class Meta:
        app_label = "search"
        db_table = "search_test_note"
        managed = False

    def __str__(self):
        return self.title


class Notes:
    prefix = "note"
    kinds = {"note": "Ghi chú"}
    facets = {}

    def entries(self, ids):
        found = Note.objects.filter(pk__in=ids)
        return [
            Entry(key=f"note:{note.pk}", kind="note", title=note.title, url=f"/n/{note.pk}") for note in found
        ]

    def ids(self):
        return (str(pk) for pk in Note.objects.values_list("pk", flat=True).iterator())

    def facet_labels(self, name, values):
        return {}


@pytest.fixture
def notes(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE search_test_note (id bigint PRIMARY KEY, title varchar(50) NOT NULL)")
    sources.register(Notes())
    yield Note.objects
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE search_test_note")


def waiting():
    return [str(row) for row in OutboxRow.objects.all()]


def titles(text=""):
    return {hit.title for hit in search(text).hits}


def test_saving_changing_and_deleting_reach_the_index(notes):
    note = notes.create(pk=1, title="Ngô")
    run_once()
    assert titles() == {"Ngô"}
    note.title = "Lúa"
    note.save()
    run_once()
    assert titles() == {"Lúa"}
    note.delete()
    run_once()
    assert titles() == set()
    assert waiting() == []


def test_deleting_a_queryset_reaches_the_index(notes):
    for number in (1, 2, 3):
        notes.create(pk=number, title=f"Ngô {number}")
    run_once()
    notes.filter(pk__lt=3).delete()
    run_once()
    assert titles() == {"Ngô 3"}


def test_a_rollback_leaves_nothing(notes):
    with transaction.atomic():
        notes.create(pk=1, title="Ngô")
        assert waiting() == ["note:1"]
        transaction.set_rollback(True)
    assert waiting() == []
    assert not notes.exists()


def test_what_cannot_enter_the_outbox_is_not_saved(notes, monkeypatch):
    def fail(*args):
        raise RuntimeError("the outbox is full")

    monkeypatch.setattr(outbox, "changed", fail)
    with pytest.raises(RuntimeError):
        Note(pk=1, title="Ngô").save()
    assert not notes.exists()


def test_models_of_others_are_followed_by_signals(notes, monkeypatch):
    for signal in (models.signals.post_save, models.signals.post_delete):
        monkeypatch.setattr(signal, "receivers", list(signal.receivers))
    signals.track(Foreign, "note")
    note = Foreign.objects.create(pk=7, title="Ngô")
    assert waiting() == ["note:7"]
    note.delete()
    assert waiting() == ["note:7", "note:7"]
    for signal in (models.signals.post_save, models.signals.post_delete):
        signal.sender_receivers_cache.clear()


def test_many_changes_are_few_statements(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):  # SQLite takes some 200 rows a statement
        outbox.changed("book", range(2000))
    assert OutboxRow.objects.count() == 2000


def test_a_save_asks_one_more_statement_and_no_engine(notes, django_assert_num_queries, index_directory):
    with django_assert_num_queries(3), transaction.atomic():  # the savepoint and its release apart
        outbox.changed("note", [1])
    assert not index_directory.exists()


def test_the_same_thing_is_written_once_a_call_and_indexed_once_a_draining(shelf):
    shelf.put("Ngô", 1)
    outbox.changed("book", [1, "1", 1])
    outbox.changed("book", [1])
    assert OutboxRow.objects.count() == 3
    assert run_once() == 1
    assert run_once() == 0


def test_nothing_changed_writes_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        outbox.changed("book", [])
