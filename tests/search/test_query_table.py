"""The table of queries, whole, on both engines."""

import pytest

from portal.search import seed
from portal.search.drain import run_once
from portal.search.query import search

from .query_table import BOOKS, ROWS


@pytest.fixture
def books(shelf):
    for number, title in BOOKS.items():
        shelf.put(title, number)
    seed.load()
    run_once()


def test_every_query_of_the_table_finds_what_it_should(each_engine, books):
    wrong = []
    for query, expected, *first in ROWS:
        results = search(query, engine=each_engine, per_page=100)
        found = [] if results.relaxed else [hit.key.partition(":")[2] for hit in results.hits]
        if sorted(found) != sorted(expected.split()) or (first and found[:1] != first):
            wrong.append((query, expected, first, found, results.relaxed))
    assert not wrong, "\n".join(map(str, wrong))


def test_the_table_has_200_different_queries():
    assert len({query for query, *_ in ROWS}) == len(ROWS) >= 200
