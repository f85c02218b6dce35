"""Common words are asked for in a shorter way among very many entries; what comes is the same."""

import pytest

from portal.search import outbox, sources
from portal.search.drain import run_once
from portal.search.engine import EngineQuery
from portal.search.engines import named, tantivy_best
from portal.search.typed import read
from tests.search import corpus
from tests.search.shelf import Shelf

GENERATED = 1000
PHRASES = 60
FILTERS = ({}, {"level": ("1",)})


@pytest.fixture
def entries(db):
    shelf = Shelf(prefix="book")
    found = corpus.entries(GENERATED)
    shelf.books = {one.key.partition(":")[2]: one for one in found if one.key.startswith("book:")}
    sources.register(shelf)
    outbox.changed("book", shelf.books)
    run_once()
    return found


def best(query):
    engine = named("tantivy")
    with engine._searching() as searcher:
        found = tantivy_best.best_by_relevance(searcher, query)
    return [(round(score, 3), one.key) for score, one in found.scored], found.count


@pytest.mark.parametrize("offset", [0, 20])
def test_the_best_are_those_of_all(entries, monkeypatch, offset):
    shorter = []
    of_common_words = tantivy_best._of_common_words

    def noted(*arguments):
        shorter.append(of_common_words(*arguments))
        return shorter[-1]

    monkeypatch.setattr(tantivy_best, "_of_common_words", noted)
    monkeypatch.setattr(tantivy_best, "SPARE", 40)
    for phrase in corpus.phrases(entries, PHRASES):
        for filters in FILTERS:
            query = EngineQuery(typed=read(phrase), limit=20, offset=offset, filters=filters)
            monkeypatch.setattr(tantivy_best, "COMMON", 10**9)
            of_all, count = best(query)
            monkeypatch.setattr(tantivy_best, "COMMON", 1)
            ours, our_count = best(query)
            assert our_count == count
            assert [score for score, _key in ours] == pytest.approx(
                [score for score, _key in of_all], abs=0.002
            )
            least = of_all[-1][0] + 0.01 if of_all else 0  # what is as good as the last one may be another
            assert {key for score, key in ours if score > least} == {
                key for score, key in of_all if score > least
            }
    assert None in shorter, "it was never given up"
    assert any(shorter), "it was never enough"


def test_few_entries_and_far_pages_are_ranked_as_a_whole(entries, monkeypatch):
    monkeypatch.setattr(tantivy_best, "_of_common_words", None)
    best(EngineQuery(typed=read("học tập"), limit=20))
    monkeypatch.setattr(tantivy_best, "COMMON", 1)
    best(EngineQuery(typed=read("học"), limit=20))
    best(EngineQuery(typed=read("học tập"), limit=20, offset=400))
