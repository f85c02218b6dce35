"""What is offered to somebody who is still typing."""

import pytest

from portal.search import engines
from portal.search.drain import run_once
from portal.search.entry import OFFICER, PUBLIC
from portal.search.typed import read


@pytest.fixture
def books(shelf):
    shelf.put("Kỹ thuật trồng ngô", persons=("Nguyễn Văn Tấn",))
    shelf.put("Trồng ngố", other_titles=("Trồng bắp",), persons=("Nguyễn Văn Tấn", "Nông Thị Tân"))
    shelf.put("Sổ tay trồng lúa", body="ngô", audience="officer", persons=("Hoàng Tấn",))
    run_once()
    return shelf


def suggest(text, audience=PUBLIC, limit=5):
    return engines.current().suggest(read(text), audience, limit)


def test_titles_that_have_all_words_come_the_exactly_spelt_first(books):
    assert suggest("trồng ngô").titles == [("Kỹ thuật trồng ngô", "/b/1"), ("Trồng ngố", "/b/2")]
    assert suggest("trong lua").titles == []


def test_the_last_word_may_be_its_beginning_only(books):
    assert {title for title, _ in suggest("tron").titles} == {"Kỹ thuật trồng ngô", "Trồng ngố"}
    assert suggest("tron ").titles == []


def test_another_title_finds_the_title(books):
    assert suggest("bap").titles == [("Trồng ngố", "/b/2")]


def test_persons_are_named_once_the_most_frequent_first(books):
    assert suggest("tan").persons == ["Nguyễn Văn Tấn", "Nông Thị Tân"]
    assert suggest("nong t").persons == ["Nông Thị Tân"]


def test_what_is_for_officers_is_offered_to_officers_only(books):
    assert "Hoàng Tấn" in suggest("tan", OFFICER).persons
    assert suggest("trong lua", OFFICER).titles == [("Sổ tay trồng lúa", "/b/3")]


def test_no_more_than_asked_for(books):
    assert len(suggest("trong", limit=1).titles) == 1
    assert len(suggest("tan", limit=1).persons) == 1
