"""The engine on Elasticsearch: its index, its one request a page, and each way in which an entry changes."""

from dataclasses import replace
from datetime import date

import pytest
from elasticsearch import Elasticsearch

from django.db import connection

from portal.search import lock, outbox
from portal.search import rebuild as rebuilding
from portal.search.drain import attempt, run_once
from portal.search.engine import EngineQuery, EngineUnavailable
from portal.search.engines import named
from portal.search.engines.elasticsearch import ElasticsearchEngine
from portal.search.engines.elasticsearch_connection import address
from portal.search.engines.elasticsearch_writer import ElasticsearchWriter
from portal.search.models import OutboxRow
from portal.search.query import search, suggest
from portal.search.rebuild import compare, rebuild, repair
from portal.search.tokens import SCHEMA_VERSION
from portal.search.typed import read


@pytest.fixture
def engine(on_elasticsearch):
    return on_elasticsearch


@pytest.fixture
def books(engine, shelf):
    shelf.put("Kỹ thuật trồng ngô", facets={"subject": ("crops",)}, date=date(2024, 1, 1))
    shelf.put("Bài ca trồng ngô", kind="song", persons=("Nông Văn Tuấn",), uses=7)
    run_once()
    return shelf


@pytest.fixture
def client(settings):
    with Elasticsearch(settings.ELASTICSEARCH_URL) as client:
        yield client


def titles(text="", **wishes):
    results = search(text, engine="elasticsearch", **wishes)
    return {hit.title for hit in results.hits}


def indices(client, settings):
    return set(client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*"))


def test_it_answers_before_the_embedded_index_which_is_kept_too(books):
    results = search("ky thuat")
    assert ([hit.title for hit in results.hits], results.reduced) == (["Kỹ thuật trồng ngô"], False)
    assert search("ky thuat", engine="tantivy").count == 1
    assert not OutboxRow.objects.exists()


def test_a_page_costs_one_request(books, engine, monkeypatch):
    requests = []
    perform = Elasticsearch.perform_request

    def count(self, method, path, **kwargs):
        requests.append(path)
        return perform(self, method, path, **kwargs)

    monkeypatch.setattr(Elasticsearch, "perform_request", count)
    results = search("trong ngo", facets={"subject": ["crops"]}, kinds=["book"])
    assert results.count == 1
    assert {one.value: one.count for one in results.facets["kind"]} == {"book": 1}
    assert {one.value: one.count for one in results.facets["subject"]} == {"crops": 1}
    assert requests == [f"/{engine.alias}/_msearch"]
    assert [offer.text for offer in suggest("nong v")] == ["Nông Văn Tuấn"]
    assert len(requests) == 2


def test_the_mapping_is_strict(books, engine, client):
    (mapping,) = client.indices.get_mapping(index=engine.alias).values()
    assert mapping["mappings"]["dynamic"] == "strict"
    with pytest.raises(Exception, match="strict_dynamic_mapping_exception"):
        client.index(index=engine.alias, document={"surprise": 1})


def save(books):
    books.put("Trồng ngô lai", 1)
    return {"Trồng ngô lai", "Bài ca trồng ngô"}


def add_many(books):
    for number in range(3, 1203):
        books.put(f"Ngô số {number}", number)
    return {f"Ngô số {number}" for number in range(3, 1203)} | {"Kỹ thuật trồng ngô", "Bài ca trồng ngô"}


def delete(books):
    books.take(1)
    return {"Bài ca trồng ngô"}


def hide(books):
    books.put("Kỹ thuật trồng ngô", 1, audience="officer")
    return {"Bài ca trồng ngô"}


def unpublish(books):
    """What its source no longer gives."""
    del books.books["2"]
    outbox.changed("book", [2])
    return {"Kỹ thuật trồng ngô"}


def publish(books):
    unpublish(books)
    run_once()
    books.put("Bài ca trồng ngô", 2)
    return {"Bài ca trồng ngô", "Kỹ thuật trồng ngô"}


CHANGES = [save, add_many, delete, hide, unpublish, publish]


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_found_after_the_next_draining(books, change):
    expected = change(books)
    run_once()
    assert titles("ngô", per_page=2000) == expected
    assert not compare(named("elasticsearch"))
    assert not compare(named("tantivy"))


def test_a_rebuild_swaps_in_one_step_and_leaves_one_index(books, engine, client, settings):
    (before,) = indices(client, settings)
    books.books["3"] = replace(books.books["1"], key="book:3", title="Sắn")
    seen = []
    rebuild(engine, progress=lambda done: seen.append((done, titles())))
    assert seen == [(3, {"Kỹ thuật trồng ngô", "Bài ca trồng ngô"})]
    assert titles() == {"Kỹ thuật trồng ngô", "Bài ca trồng ngô", "Sắn"}
    (after,) = indices(client, settings)
    assert after != before


def test_what_a_rebuild_writes_in_batches_is_one_piece_in_the_end(books, engine, client, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    monkeypatch.setattr(ElasticsearchWriter, "index", refreshed(client, ElasticsearchWriter.index))
    rebuild(engine)
    (index,) = client.indices.segments(index=engine.alias)["indices"].values()
    (shard,) = [copy for copies in index["shards"].values() for copy in copies if copy["routing"]["primary"]]
    assert sum(piece["search"] for piece in shard["segments"].values()) == 1


def refreshed(client, index):
    """As when the server has to make a piece of each batch."""

    def and_refresh(writer, entries):
        index(writer, entries)
        client.indices.refresh()

    return and_refresh


def test_indices_of_older_code_go_with_a_rebuild_and_those_of_newer_code_stay(books, client, settings):
    for version in (SCHEMA_VERSION - 1, SCHEMA_VERSION + 1):
        other = ElasticsearchEngine(address(), version)
        rebuild(other)
    rebuild(named("elasticsearch"))
    kept = {
        name.removeprefix(f"{settings.ELASTICSEARCH_INDEX}-").partition("-")[0]
        for name in indices(client, settings)
    }
    assert kept == {f"v{SCHEMA_VERSION}", f"v{SCHEMA_VERSION + 1}"}


def test_the_old_and_the_new_index_catch_up_while_one_is_being_made(books, engine, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    seen = []

    def change(done):
        if done == 1:
            books.put("Sắn", 9)
            books.put("Ngô lai", 1)  # read already by the rebuild
        seen.append((titles(), {hit.title for hit in search("", engine="tantivy").hits}))

    rebuild(engine, progress=change)
    now = {"Ngô lai", "Bài ca trồng ngô", "Sắn"}
    assert seen[-1] == (now, now)  # the old one, and the embedded one, before the swap
    assert titles() == now
    assert not OutboxRow.objects.exists()


def test_an_index_that_was_lost_is_made_anew(books, engine, client, settings):
    for index in indices(client, settings):
        client.indices.delete(index=index)
    results = search("ngô")
    assert (results.count, results.reduced) == (2, True)
    run_once()
    results = search("ngô")
    assert (results.count, results.reduced) == (2, False)


def test_an_index_that_was_lost_does_not_come_back_without_its_mapping(books, engine, client, settings):
    for index in indices(client, settings):
        client.indices.delete(index=index)
    with engine.writer() as writer, pytest.raises(EngineUnavailable):
        writer.index(books.books.values())
    assert indices(client, settings) == set()


def test_an_entry_that_the_server_refuses_stops_no_other(books, caplog):
    books.put("Không ngày nào", 3, uses=2**40)  # more than the field holds
    books.put("Lúa", 4)
    run_once()
    assert titles("lúa") == {"Lúa"}
    assert "book:3" in caplog.text
    assert [str(row) for row in OutboxRow.objects.all()] == ["book:3"]


def test_comparing_tells_each_difference_and_repairing_removes_it(books, engine):
    kept = books.books["1"]
    books.books["1"] = replace(kept, title="Trồng sắn")
    books.books["3"] = replace(kept, key="book:3", title="Trồng chè")
    del books.books["2"]
    difference = compare(engine)
    assert (difference.missing, difference.surplus, difference.stale) == (["book:3"], ["book:2"], ["book:1"])
    repair(difference)
    run_once()
    assert not compare(engine)


def test_digests_come_in_pages(books, engine, monkeypatch):
    from portal.search.engines import elasticsearch

    monkeypatch.setattr(elasticsearch, "PAGE", 2)
    add_many(books)
    run_once()
    assert len(engine.digests()) == engine.count() == 1202


def test_orders(books):
    assert [hit.key for hit in search("ngô", sort="newest").hits] == ["book:1", "book:2"]
    assert [hit.key for hit in search("ngô", sort="title").hits] == ["book:2", "book:1"]
    assert [hit.key for hit in search("ngô", sort="used").hits] == ["book:2", "book:1"]


def test_a_word_longer_than_a_token_of_the_server_is_found(books):
    books.put("x" * 300, 5)
    run_once()
    assert titles("x" * 190) == {"x" * 300}


def test_a_question_that_the_server_refuses_closes_no_door(books, engine):
    with pytest.raises(EngineUnavailable):
        engine.search(EngineQuery(typed=read("ngô"), limit=20_000))
    assert not engine.failing
    assert search("ngô").reduced is False


@pytest.mark.parametrize(("status", "blamed"), [(429, True), (503, True), (400, False), (404, False)])
def test_when_one_of_several_answers_failed_the_embedded_index_answers(
    books, engine, monkeypatch, status, blamed
):
    asked = Elasticsearch.msearch

    def half_failed(self, **wishes):
        answer = asked(self, **wishes)
        answer["responses"][1] = {"error": {"type": "an_exception"}, "status": status}
        return answer

    monkeypatch.setattr(Elasticsearch, "msearch", half_failed)
    results = search("trong ngo")
    assert (results.reduced, results.count) == (True, 2)
    assert engine.failing is blamed, "what the server is not to blame for keeps nobody from asking it again"


def test_page_two_counts_nothing_anew(books, client, engine):
    for number in range(10, 40):
        books.put(f"Ngô số {number}", number, facets={"subject": ("crops",)})
    run_once()

    def counted_anew():
        stats = client.indices.stats(index=engine.alias, metric="request_cache")
        return stats["_all"]["total"]["request_cache"]["miss_count"]

    first = search("ngô", facet_names=["subject"])
    before = counted_anew()
    second = search("ngô", facet_names=["subject"], page=2)
    assert counted_anew() == before
    assert (second.count, second.facets) == (first.count, first.facets)
    assert {hit.key for hit in first.hits}.isdisjoint(hit.key for hit in second.hits)


def test_one_machine_at_a_time_writes_what_machines_share(books):
    """The lock is PostgreSQL's; machines cannot share an SQLite file."""
    if connection.vendor != "postgresql":
        pytest.skip("machines share a PostgreSQL")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [named("elasticsearch").name])
        with lock.writer_lock(named("elasticsearch")) as held:
            assert not held
        with lock.writer_lock(named("tantivy")) as held:
            assert held
        books.put("Ngô lai", 1)
        assert attempt() is None
    finally:
        other.close()
    assert attempt() is not None
    assert "Ngô lai" in titles("ngô")
