"""Facets: several values at once, counted as if nothing of the facet itself were chosen."""

import pytest

from portal.search.drain import run_once
from portal.search.query import search


@pytest.fixture
def books(shelf):
    shelf.put("Ngô một", facets={"subject": ("crops",), "level": ("1", "2")})
    shelf.put("Ngô hai", facets={"subject": ("crops", "food"), "level": ("2",)})
    shelf.put("Ngô ba", facets={"subject": ("food",)})
    shelf.put("Lúa", facets={"subject": ("rice/wet. old",), "level": ("1",)}, kind="song")
    run_once()
    return shelf


def counts(results, name):
    return {one.value: one.count for one in results.facets[name]}


def test_values_are_counted_over_all_results(books):
    results = search("ngo", facet_names=["subject", "level", "kind"])
    assert counts(results, "subject") == {"crops": 2, "food": 2}
    assert counts(results, "level") == {"1": 1, "2": 2}
    assert counts(results, "kind") == {"book": 3}


def test_a_choice_does_not_count_against_its_own_facet(books):
    results = search("", facets={"subject": ["crops"]})
    assert results.count == 2
    assert counts(results, "subject") == {"crops": 2, "food": 2, "rice/wet. old": 1}
    assert counts(results, "level") == {"1": 1, "2": 2}


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(books):
    results = search("", facets={"subject": ["crops", "rice/wet. old"], "level": ["1"]})
    assert {hit.title for hit in results.hits} == {"Ngô một", "Lúa"}
    assert counts(results, "subject") == {"crops": 1, "rice/wet. old": 1}
    assert counts(results, "level") == {"1": 2, "2": 2}


def test_kinds_are_a_facet_too(books):
    results = search("", kinds=["song"])
    assert [hit.title for hit in results.hits] == ["Lúa"]
    assert counts(results, "kind") == {"book": 3, "song": 1}
    assert counts(results, "subject") == {"rice/wet. old": 1}


def test_values_wear_the_labels_of_their_source(books):
    by_name = {
        name: {one.value: one.label for one in values} for name, values in search("ngo").facets.items()
    }
    assert by_name["kind"] == {"book": "Sách"}
    assert by_name["subject"] == {"crops": "subject: crops", "food": "subject: food"}
    assert by_name["level"] == {"1": "1", "2": "2"}


def test_a_chosen_value_stays_in_the_list_when_nothing_is_left_of_it(books):
    (value,) = [one for one in search("ngo", facets={"level": ["9"]}).facets["level"] if one.selected]
    assert (value.value, value.count) == ("9", 0)


@pytest.mark.parametrize("name", ["nothing", "facets.subject", "audience", "key", "a b", ""])
def test_a_facet_that_no_source_has_is_passed_over(books, name):
    results = search("ngo", facets={name: ["x"]}, facet_names=[name, "level"])
    assert results.count == 3
    assert list(results.facets) == ["level"]


def test_facets_of_entries_are_apart_from_their_fields(shelf):
    """The library has facets "language" and "audience" that say other things than the fields of these names."""
    shelf.facets = {"language": "Tiếng", "audience": "Dành cho"}
    shelf.put(
        "Then", facets={"language": ("tyz",), "audience": ("officer",)}, language="vi", audience="public"
    )
    run_once()
    assert search("then", facets={"language": ["tyz"], "audience": ["officer"]}).count == 1
    assert search("then", facets={"language": ["vi"]}).count == 0
    assert search("then", language="vi").count == 1
    assert search("then", language="en").count == 0
