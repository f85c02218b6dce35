"""An index that is missing, broken or old makes itself anew, and searches are answered meanwhile."""

import shutil

import pytest

from portal.search import rebuild as rebuilding
from portal.search import sources
from portal.search.drain import run_once
from portal.search.engines import current
from portal.search.engines.tantivy import TantivyEngine
from portal.search.engines.tantivy_folders import Folders
from portal.search.models import OutboxRow
from portal.search.query import search
from portal.search.rebuild import compare, rebuild, repair
from portal.search.tokens import SCHEMA_VERSION
from tests.search.shelf import ShelfWithTitles


@pytest.fixture
def books(db):
    shelf = ShelfWithTitles()
    sources.register(shelf)
    shelf.put("Ngô")
    shelf.put("Lúa")
    return shelf


def titles(text=""):
    return {hit.title for hit in search(text).hits}


def generations(directory):
    return [folder.name for folder in directory.glob("v*-*")]


def test_without_an_index_titles_are_looked_up_and_it_is_said(books):
    results = search("ngô")
    assert results.reduced
    assert [hit.title_html for hit in results.hits] == ["<mark>Ngô</mark>"]
    assert (results.count, results.pages, results.facets) == (1, 1, {})
    assert search("ngô", kinds=["song"]).hits == []
    assert search("ngô", page=2).hits == []


def test_without_an_index_what_is_for_officers_stays_hidden(books):
    books.put("Ngô mật", audience="officer")
    assert titles("ngô") == {"Ngô"}


def test_without_an_index_filters_hold(books):
    books.put("Ngô nếp", facets={"subject": ("crops",)}, language="en")
    assert [hit.title for hit in search("ngô", facets={"subject": ["crops"]}).hits] == ["Ngô nếp"]
    assert [hit.title for hit in search("ngô", language="en").hits] == ["Ngô nếp"]


def test_a_source_that_cannot_look_up_titles_gives_an_empty_answer(shelf):
    shelf.put("Ngô")
    results = search("ngô")
    assert (results.reduced, results.hits) == (True, [])


def test_a_missing_index_is_made_from_the_database(books):
    OutboxRow.objects.all().delete()
    run_once()
    assert not search("ngô").reduced
    assert titles() == {"Ngô", "Lúa"}


def remove_folder(directory):
    shutil.rmtree(directory / generations(directory)[0])


def remove_all(directory):
    shutil.rmtree(directory)


def cut_meta(directory):
    (directory / generations(directory)[0] / "meta.json").write_text("{")


def fill_with_rubbish(directory):
    for file in (directory / generations(directory)[0]).iterdir():
        if file.suffix in {".term", ".idx", ".store"}:
            file.write_bytes(b"\xff" * file.stat().st_size)


def lose_postings(directory):
    for file in (directory / generations(directory)[0]).glob("*.idx"):
        file.unlink()


def point_nowhere(directory):
    Folders(directory).pointer.write_bytes(b"\xff\xfe")


@pytest.mark.parametrize(
    "damage", [remove_folder, remove_all, cut_meta, fill_with_rubbish, lose_postings, point_nowhere]
)
def test_a_broken_index_still_answers_and_mends_itself(books, index_directory, damage):
    run_once()
    damage(index_directory)
    current().reader._opened = None  # as in a process that starts now
    results = search("ngô")
    assert results.reduced
    assert [hit.title for hit in results.hits] == ["Ngô"]
    run_once()
    assert not search("ngô").reduced
    assert titles() == {"Ngô", "Lúa"}
    assert len(generations(index_directory)) == 1


def test_an_index_that_fails_at_a_search_is_made_anew(books, monkeypatch, index_directory):
    run_once()
    before = generations(index_directory)

    class Broken:
        def search(self, *args, **kwargs):
            raise ValueError("Data corrupted")

        terms_with_prefix = aggregate = search

    opened = current().reader.opened()
    with monkeypatch.context() as patched:
        patched.setattr(type(opened), "searcher", property(lambda self: Broken()), raising=False)
        assert search("ngô").reduced
    run_once()
    assert generations(index_directory) != before
    assert not search("ngô").reduced


def test_a_new_schema_makes_its_own_index_and_leaves_that_of_newer_code_alone(books, index_directory):
    for version in (SCHEMA_VERSION - 1, SCHEMA_VERSION + 1):
        folders = Folders(index_directory, version)
        folders.use(folders.new())
    assert search("ngô").reduced
    run_once()
    assert titles() == {"Ngô", "Lúa"}
    assert {name.partition("-")[0] for name in generations(index_directory)} == {
        f"v{SCHEMA_VERSION}",
        f"v{SCHEMA_VERSION + 1}",
    }


def test_a_rebuild_swaps_at_the_end_and_removes_the_old_folder(books, index_directory):
    run_once()
    (before,) = generations(index_directory)
    seen = []
    rebuild(current(), progress=lambda done: seen.append((done, titles())))
    assert seen == [(2, {"Ngô", "Lúa"})]
    (after,) = generations(index_directory)
    assert after != before
    assert titles() == {"Ngô", "Lúa"}


def test_a_rebuild_that_dies_leaves_the_old_index_and_its_rubbish_goes_with_the_next(books, index_directory):
    run_once()

    def die(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(current(), progress=die)
    assert titles() == {"Ngô", "Lúa"}
    assert len(generations(index_directory)) == 2
    rebuild(current())
    assert len(generations(index_directory)) == 1


def test_the_old_and_the_new_index_catch_up_while_one_is_being_made(books, monkeypatch):
    run_once()
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    seen = []

    def change(done):
        if done == 1:
            books.put("Sắn", 9)
            books.put("Ngô lai", 1)  # read already by the rebuild
        seen.append(titles())

    rebuild(current(), progress=change)
    assert seen[-1] == {"Ngô lai", "Lúa", "Sắn"}  # the old one, before the swap
    assert titles() == {"Ngô lai", "Lúa", "Sắn"}
    assert not OutboxRow.objects.exists()


def test_an_entry_that_cannot_be_made_does_not_stop_a_rebuild(books, monkeypatch):
    OutboxRow.objects.all().delete()
    entries = ShelfWithTitles.entries

    def fail_for_two(self, ids):
        if "2" in ids:
            raise KeyError("2")
        return entries(self, ids)

    with monkeypatch.context() as patched:
        patched.setattr(ShelfWithTitles, "entries", fail_for_two)
        rebuild(current())
    assert titles() == {"Ngô"}
    run_once()
    assert titles() == {"Ngô", "Lúa"}


def test_a_reader_follows_the_swap_of_another_process(books, index_directory):
    run_once()
    assert titles() == {"Ngô", "Lúa"}
    books.put("Sắn")
    rebuild(TantivyEngine(index_directory))  # nothing of it is shared with the reader here
    assert titles() == {"Ngô", "Lúa", "Sắn"}


def test_comparing_tells_what_is_missing_surplus_and_stale_and_repairs_it(books):
    run_once()
    assert not compare(current())
    books.books["1"], kept = books.books["2"], books.books["1"]
    books.books["1"] = kept.__class__(key="book:1", kind="book", title="Ngô lai", url="/b/1")
    books.books.pop("2")
    books.books["3"] = kept.__class__(key="book:3", kind="book", title="Sắn", url="/b/3")
    difference = compare(current())
    assert (difference.missing, difference.surplus, difference.stale) == (["book:3"], ["book:2"], ["book:1"])
    repair(difference)
    run_once()
    assert not compare(current())
    assert titles() == {"Ngô lai", "Sắn"}


def test_what_waits_in_the_outbox_is_no_difference(books):
    run_once()
    books.put("Sắn", 3)
    books.take(2)
    assert not compare(current())
    OutboxRow.objects.all().delete()
    assert compare(current())
