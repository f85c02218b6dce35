"""The commands that an administrator has: search, rebuild_search, search_check."""

import json
from dataclasses import replace

import pytest

from django.core.management import CommandError, call_command

from portal.search.drain import run_once
from portal.search.engines import current
from portal.search.query import search


@pytest.fixture
def books(each_engine, shelf):
    shelf.put("Kỹ thuật trồng ngô")
    shelf.put("Bài ca trồng ngô", kind="song")
    run_once()
    return shelf


@pytest.fixture
def run(capsys):
    def run(*args):
        call_command(*args)
        return capsys.readouterr().out

    return run


def test_search_prints_keys_and_titles_in_order(books, run):
    lines = run("search", "ky thuat trong ngo").splitlines()
    assert lines == ["book:1\tKỹ thuật trồng ngô", "found 1"]
    assert run("search", "ngo", "--kind", "song").splitlines() == ["book:2\tBài ca trồng ngô", "found 1"]
    assert run("search", "bai ca sen").splitlines()[-1] == "found 1 relaxed"


def test_search_prints_what_the_api_answers(books, run):
    answer = json.loads(run("search", "ngo", "--json"))
    assert answer["count"] == 2
    assert {one["key"] for one in answer["results"]} == {"book:1", "book:2"}
    assert answer["suggestion"] is None


def test_search_brings_the_index_up_to_date_first(books, run):
    books.put("Trồng sắn", 3)
    assert run("search", "san").splitlines() == ["book:3\tTrồng sắn", "found 1"]


def test_rebuild_makes_the_index_and_says_how_far_it_is(books, run):
    books.books["3"] = replace(books.books["1"], key="book:3", title="Trồng sắn")
    printed = run("rebuild_search")
    assert "3/3 entries" in printed
    assert "rebuilt: 3 looked at, 3 can be found" in printed
    assert search("san").count == 1


def test_check_is_content_when_index_and_database_agree(books, run):
    assert "agree: 2 entries" in run("search_check")


def test_check_tells_each_difference_and_repairs_it(books, run, capsys):
    books.books["1"] = replace(books.books["1"], title="Trồng sắn")
    books.books["3"] = replace(books.books["1"], key="book:3", title="Trồng chè")
    del books.books["2"]
    with pytest.raises(CommandError, match="--repair"):
        call_command("search_check")
    printed = capsys.readouterr().out
    assert "missing 1: book:3" in printed
    assert "surplus 1: book:2" in printed
    assert "stale 1: book:1" in printed
    assert "agree: 2 entries" in run("search_check", "--repair")
    assert {hit.title for hit in search("trong").hits} == {"Trồng sắn", "Trồng chè"}


def test_check_without_an_index_fails_and_repair_makes_one(shelf, run):
    shelf.put("Ngô")
    with pytest.raises(CommandError, match="rebuild_search"):
        call_command("search_check")
    assert "agree: 1 entries" in run("search_check", "--repair")
    assert current().ready()
