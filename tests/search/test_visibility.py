"""What officers alone may read is neither found nor counted for the public."""

import pytest

from portal.search.drain import run_once
from portal.search.query import search


@pytest.fixture
def books(shelf):
    shelf.put("Sách cho mọi người", facets={"level": ("1",)})
    shelf.put("Sách cho cán bộ", audience="officer", facets={"level": ("secret",)})
    run_once()
    return shelf


@pytest.mark.parametrize("text", ["sach", "", "can bo", '"cho cán bộ"', "-moi", "sach zzz"])
def test_the_public_never_sees_an_entry_for_officers(books, text):
    results = search(text)
    assert {hit.title for hit in results.hits} <= {"Sách cho mọi người"}
    assert results.count == len(results.hits)
    assert {one.value for one in results.facets["level"]} <= {"1"}


def test_an_unknown_audience_is_the_public(books):
    assert search("sach", audience="administrator").count == 1


def test_officers_see_both(books):
    results = search("sach", audience="officer")
    assert results.count == 2
    assert {one.value for one in results.facets["level"]} == {"1", "secret"}


def test_a_change_of_visibility_reaches_the_index(books):
    books.put("Sách cho mọi người", 1, audience="officer")
    run_once()
    assert search("sach").count == 0
