"""The state of a list as an address, without database or search."""

import pytest

from django.http import Http404, QueryDict

from portal.search.listing import LONGEST_TEXT, MOST_VALUES, ListState

FACETS = ("form", "year")
SORTS = ("newest", "title")


def read(query):
    return ListState.read(QueryDict(query), FACETS, SORTS)


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("", "?"),
        ("q=ngô&form=book&sort=title&page=3", "?q=ng%C3%B4&form=book&sort=title"),
        ("year=2019&form=book", "?form=book&year=2019"),
        ("form=book&form=book&form=", "?form=book"),
        ("unknown=1&sort=worst", "?"),
        ("q=++a+++b+", "?q=a+b"),
    ],
)
def test_a_state_has_one_address_and_no_page_or_nonsense_in_it(query, url):
    assert read(query).url == url


def test_adding_and_taking_away_a_value_leads_back():
    state = read("form=book&q=a")
    assert state.toggled("form", "video").toggled("form", "video") == state
    assert state.toggled("form", "book").url == "?q=a"
    assert state.toggled("year", "2019").url == "?q=a&form=book&year=2019"


def test_every_new_choice_begins_at_the_first_page():
    state = read("page=5&form=book")
    assert state.page == 5
    assert {state.toggled("form", "book").page, state.sorted_by("title").page, state.asking("x").page} == {1}


@pytest.mark.parametrize("page", ["0", "-1", "", "1e3", "٣", "²", "9999999", "9" * 5000])
def test_a_page_that_is_no_number_from_one_is_not_found(page):
    with pytest.raises(Http404):
        read(f"page={page}")


def test_long_texts_and_endless_choices_are_cut():
    state = read("q=" + "a" * 9000 + "".join(f"&form={number}" for number in range(500)))
    assert len(state.text) == LONGEST_TEXT
    assert len(state.chosen["form"]) == MOST_VALUES


@pytest.mark.parametrize(
    ("query", "plain"), [("", True), ("page=2", True), ("q=a", False), ("sort=title", False)]
)
def test_only_a_list_without_any_wish_is_plain(query, plain):
    assert read(query).is_plain is plain
