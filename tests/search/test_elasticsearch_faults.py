"""Elasticsearch that hangs, dies or refuses: a search waits 0.7 s once and then for nothing, nothing is lost, and the
index catches up by itself. A real server, of these tests alone."""

import time
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.search import background, outbox, rows, sources
from portal.search.drain import attempt, run_once
from portal.search.engine import EngineUnavailable
from portal.search.engines import elasticsearch_connection, named
from portal.search.engines.elasticsearch_writer import ElasticsearchWriter
from portal.search.indices import FORGOTTEN
from portal.search.models import OutboxRow, SearchIndex
from portal.search.query import search, suggest
from portal.search.rebuild import compare, rebuild
from tests.search.shelf import ShelfWithTitles
from tests.services import elasticsearch
from tests.services.machine import Missing
from tests.services.plugin import indices_of_their_own

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("elasticsearch faults")]  # one server is enough
BOUND = 30  # s until a test gives up; a machine under load is no reason to fail
PATIENCE = elasticsearch_connection.SEARCH_SECONDS


@pytest.fixture(scope="module")
def server():
    try:
        with elasticsearch.own() as server:
            yield server
    except Missing as reason:
        pytest.skip(f"NOT TESTED: Elasticsearch - {reason}")


@pytest.fixture
def engine(server, settings, monkeypatch):
    monkeypatch.setattr(elasticsearch_connection, "FIRST_PAUSE", 0.2)
    monkeypatch.setattr(elasticsearch_connection, "WRITE_SECONDS", 5.0)
    yield from indices_of_their_own(settings, monkeypatch, server.url)


@pytest.fixture
def books(db, engine):
    shelf = ShelfWithTitles()
    sources.register(shelf)
    for number in range(1, 9):
        shelf.put(f"Ngô số {number}", number)
    run_once()
    assert search("ngô").reduced is False
    return shelf


@pytest.fixture
def hung(books, server, monkeypatch):
    """The server has been stopped in the middle of whatever it did; here its patience is that of the site."""
    monkeypatch.setattr(elasticsearch_connection, "SEARCH_SECONDS", PATIENCE)
    server.hang()
    yield
    server.go_on()


def titles(**wishes):
    return {hit.title for hit in search("ngô", per_page=100, **wishes).hits}


@pytest.fixture
def waits(monkeypatch):
    """How long (s) each request to the server may take, in the order in which they were made."""
    made = []
    options = Elasticsearch.options

    def note(self, *, request_timeout, **others):
        made.append(request_timeout)
        return options(self, request_timeout=request_timeout, **others)

    monkeypatch.setattr(Elasticsearch, "options", note)
    return made


def catch_up():
    """What the drainer does until nothing waits."""
    deadline = time.monotonic() + BOUND
    while attempt() is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def change_everything(books):
    """One change of each kind; what can then be found by all."""
    books.put("Ngô lai", 1)  # a save
    books.take(2)  # a deletion
    books.put("Ngô số 3", 3, audience="officer")  # a visibility
    del books.books["4"]
    outbox.changed("book", [4])  # withdrawn: its source gives it no more
    for number in range(20, 40):  # a load
        books.put(f"Ngô số {number}", number)
    return {"Ngô lai", *(f"Ngô số {number}" for number in (5, 6, 7, 8, *range(20, 40)))}


def assert_nothing_lost(expected):
    assert titles(engine="elasticsearch") == titles(engine="tantivy") == expected
    assert not compare(named("elasticsearch"))
    assert not compare(named("tantivy"))
    assert not OutboxRow.objects.exists()
    assert search("ngô").reduced is False


def test_a_hung_server_costs_one_search_less_than_a_second_and_the_next_nothing(hung, waits, monkeypatch):
    monkeypatch.setattr(elasticsearch_connection, "FIRST_PAUSE", 60.0)
    results = search("ngo", facet_names=["kind"])
    assert (results.reduced, results.count, len(results.hits)) == (True, 8, 8)
    assert waits == [PATIENCE]
    assert PATIENCE < 1
    results = search("ngo")
    assert (results.reduced, results.count) == (True, 8)
    assert waits == [PATIENCE]
    assert [offer.text for offer in suggest("ngô số 1")] == ["Ngô số 1"]


def test_the_page_says_that_results_are_reduced(hung, client):
    assert "kết quả rút gọn" in client.get(reverse("search"), {"q": "ngô"}).content.decode().lower()


def test_without_the_embedded_index_titles_are_looked_up(hung, waits, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "elsewhere"
    results = search("Ngô số 1")
    assert (results.reduced, [hit.title for hit in results.hits]) == (True, ["Ngô số 1"])
    assert waits == [PATIENCE]


def test_changes_while_the_server_hangs(books, hung, server):
    expected = change_everything(books)
    assert attempt() is None
    assert titles(engine="tantivy") == titles() == expected
    assert {row.index for row in OutboxRow.objects.all()} == {named("elasticsearch").name}
    server.go_on()
    catch_up()
    assert_nothing_lost(expected)


def test_changes_while_the_server_is_down(books, server, waits, monkeypatch):
    server.kill()
    try:
        expected = change_everything(books)
        assert attempt() is None
        waits.clear()
        with monkeypatch.context() as patched:
            patched.setattr(elasticsearch_connection, "SEARCH_SECONDS", PATIENCE)
            assert search("ngô").reduced
        assert sum(waits) <= PATIENCE
        assert titles() == expected
        with pytest.raises(CommandError, match="cannot be made now"):
            call_command("rebuild_search", engine="elasticsearch")
        with pytest.raises(CommandError, match="cannot be read now"):
            call_command("search_check", engine="elasticsearch")
        with pytest.raises(CommandError, match="cannot be asked"):
            call_command("search", "ngô", engine="elasticsearch")
    finally:
        server.start()
    catch_up()
    assert_nothing_lost(expected)


def test_a_server_killed_in_mid_batch(books, server, monkeypatch):
    monkeypatch.setattr(rows, "BATCH", 5)
    index, batches = ElasticsearchWriter.index, []

    def die_in_the_third(self, entries):
        index(self, entries)
        batches.append(1)
        if len(batches) == 3:
            server.kill()

    expected = change_everything(books)
    monkeypatch.setattr(ElasticsearchWriter, "index", die_in_the_third)
    try:
        assert attempt() is None
        assert len(batches) >= 3
        assert OutboxRow.objects.exists()
        assert titles() == expected
    finally:
        server.start()
    catch_up()
    assert_nothing_lost(expected)


def test_a_rebuild_during_which_the_server_is_killed_goes_on_when_run_again(books, server, monkeypatch):
    from portal.search import rebuild as rebuilding

    monkeypatch.setattr(rebuilding, "BATCH", 2)
    monkeypatch.setattr(rebuilding, "CHECKPOINT", 2)
    sent = []
    index = ElasticsearchWriter.index
    monkeypatch.setattr(
        ElasticsearchWriter,
        "index",
        lambda self, entries: index(self, [sent.append(one.key) or one for one in entries]),
    )

    def die(done):
        if done == 6:
            server.kill()

    try:
        with pytest.raises(EngineUnavailable):
            rebuild(named("elasticsearch"), progress=die)
    finally:
        server.start()
    catch_up()
    books.books["1"] = replace(books.books["1"], title="Ngô lai")  # while nobody rebuilt, and nobody said so
    del books.books["2"]
    sent.clear()
    rebuild(named("elasticsearch"))
    assert set(sent) == {"book:1", "book:7", "book:8"}
    assert titles(engine="elasticsearch") == {"Ngô lai", *(f"Ngô số {number}" for number in range(3, 9))}


def test_the_thread_catches_up_by_itself(server, engine, settings, monkeypatch, transactional_db):
    drainer = background.Drainer()
    monkeypatch.setattr(background, "_drainer", drainer)
    settings.SEARCH_BACKGROUND = True
    shelf = ShelfWithTitles()
    sources.register(shelf)
    try:
        shelf.put("Ngô số 1", 1)
        _wait_until(lambda: not search("ngô").reduced and search("ngô").count == 1)
        monkeypatch.setattr(elasticsearch_connection, "SEARCH_SECONDS", PATIENCE)
        server.hang()
        try:
            shelf.put("Ngô số 2", 2)
            _wait_until(lambda: titles() == {"Ngô số 1", "Ngô số 2"})  # the embedded index waits for nobody
            assert search("ngô").reduced
        finally:
            server.go_on()
        _wait_until(lambda: search("ngô").count == 2 and not search("ngô").reduced)
        _wait_until(lambda: not OutboxRow.objects.exists())
    finally:
        drainer.stop()


def _wait_until(holds):
    deadline = time.monotonic() + BOUND
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_each_machine_hears_of_each_change(books, settings, tmp_path):
    """Two machines share the database and Elasticsearch; each has an embedded index of its own."""
    here, there = settings.SEARCH_INDEX_DIR, tmp_path / "there"
    settings.SEARCH_INDEX_DIR = there
    run_once()
    settings.SEARCH_INDEX_DIR = here
    books.put("Ngô lai", 1)
    books.put("Ngô số 2", 2, audience="officer")
    run_once()
    expected = {"Ngô lai", *(f"Ngô số {number}" for number in range(3, 9))}
    assert titles() == titles(engine="tantivy") == expected
    settings.SEARCH_INDEX_DIR = there
    run_once()
    assert titles(engine="tantivy") == expected
    assert not OutboxRow.objects.exists()


def test_a_machine_that_is_gone_for_long_is_forgotten_and_starts_anew(books, settings, tmp_path):
    here, there = settings.SEARCH_INDEX_DIR, tmp_path / "there"
    settings.SEARCH_INDEX_DIR = there
    run_once()
    gone = named("tantivy").name
    settings.SEARCH_INDEX_DIR = here
    books.put("Ngô lai", 1)
    run_once()
    assert OutboxRow.objects.filter(index=gone).count() == 1
    for index in SearchIndex.objects.all():
        SearchIndex.objects.filter(name=index.name).update(seen=index.seen - FORGOTTEN * 2)
    run_once()
    assert not SearchIndex.objects.filter(name=gone).exists()
    assert not OutboxRow.objects.exists()
    settings.SEARCH_INDEX_DIR = there
    assert run_once() == 8
    assert "Ngô lai" in titles(engine="tantivy")
