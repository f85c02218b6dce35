"""All that has certain words in one place, without a rank: the same with each engine."""

import pytest

from portal.search import selecting
from portal.search.drain import run_once
from portal.search.engine import Selection
from portal.search.engines import named
from portal.search.entry import OFFICER
from portal.search.selecting import Choosing, TooMany, Where, select
from portal.search.typed import words_of


@pytest.fixture
def books(each_engine, shelf):
    shelf.put("Trồng ngô lai", persons=("Nguyễn Văn Mẫu",), summary="Trên đất dốc.")
    shelf.put("Lai ngô trồng", persons=("Mẫu Văn Nguyễn",))
    shelf.put("Ngô cho cán bộ", audience=OFFICER)
    shelf.put("Bài ca cây ngô", kind="song")
    run_once()
    return each_engine


def found(engine, text, where=Where.TEXT, choosing=Choosing.ALL):
    selection = Selection("book", where, choosing, words_of(text))
    return [key.partition(":")[2] for key in named(engine).keys(selection, 10)]


@pytest.mark.parametrize(
    ("text", "where", "choosing", "numbers"),
    [
        ("ngo trong", Where.TEXT, Choosing.ALL, ["1", "2"]),
        ("ngô trồng", Where.TEXT, Choosing.IN_ORDER, ["2"]),
        ("đất dốc", Where.TEXT, Choosing.IN_ORDER, ["1"]),
        ("trồng ngô", Where.TITLE, Choosing.IN_ORDER, ["1"]),
        ("dốc", Where.TITLE, Choosing.ALL, []),
        ("dốc lai", Where.TEXT, Choosing.ANY, ["1", "2"]),
        ("nguyen van", Where.PERSONS, Choosing.IN_ORDER, ["1"]),
        ("nguyen van", Where.PERSONS, Choosing.ALL, ["1", "2"]),
        ("ngô", Where.PERSONS, Choosing.ANY, []),
    ],
)
def test_words_are_found_where_they_are_looked_for(books, text, where, choosing, numbers):
    assert found(books, text, where, choosing) == numbers


def test_only_what_is_for_everybody_and_of_the_kind_is_selected(books):
    assert select("book", "ngô") == ["1", "2"]
    assert select("song", "ngô") == ["4"]


def test_a_text_without_a_word_selects_nothing(books):
    assert select("book", "!?") == []


def test_more_than_can_be_answered_is_told(books, monkeypatch):
    monkeypatch.setattr(selecting, "MOST", 1)
    with pytest.raises(TooMany):
        select("book", "ngô")


def test_keys_come_over_several_pages_of_the_engine(books, monkeypatch):
    monkeypatch.setattr("portal.search.engines.elasticsearch.PAGE", 1)
    assert found(books, "ngô") == ["1", "2"]


def test_what_was_taken_away_is_not_selected(books, shelf):
    shelf.take(1)
    run_once()
    assert select("book", "ngô") == ["2"]
    assert found(books, "ngô") == ["2"]
