"""The best hits by relevance, also among a million.

That the words stand in a row is worth one step (`ranking.NEIGHBOURS`), but to know it the engine reads positions of
all that matches: for common words that was half of a search. So of common words a few more than are asked for are
ranked without that step, and only of these the engine finds out which have it. Nothing else can be better, as long as
the last one taken would, with the step, not come up to those that are wanted; if it would, all are ranked.
"""

from dataclasses import dataclass
from operator import itemgetter

from tantivy import DocAddress, Occur, Query, Searcher

from ..engine import EngineHit, EngineQuery
from .ranking import NEIGHBOURS
from .tantivy_query import build, in_a_row, lifts, lifts_of_words, one_of
from .tantivy_schema import hit

COMMON = 100_000  # entries that have the rarest of the words; among fewer, positions are soon read
SPARE = 100  # hits more than are wanted: of 147 broad questions to a million 144 were answered with so many


@dataclass(frozen=True, slots=True)
class Best:
    """The hits that were asked for, best first, and how many there are in all."""

    scored: list[tuple[float, EngineHit]]
    count: int


def best_by_relevance(searcher: Searcher, query: EngineQuery) -> Best:
    return (_of_common_words(searcher, query) if _is_broad(searcher, query) else None) or _of_all(
        searcher, query
    )


def _of_all(searcher: Searcher, query: EngineQuery) -> Best:
    wanted = build(query, searcher, ranked_by=lifts(query.typed))
    found = searcher.search(wanted, limit=query.limit, offset=query.offset)
    return Best([(score, hit(searcher.doc(address))) for score, address in found.hits], found.count)


def _is_broad(searcher: Searcher, query: EngineQuery) -> bool:
    words = query.typed.words
    return (
        len(words) > 1
        and query.offset + query.limit <= SPARE
        and all(searcher.doc_freq("text_base", word.base) >= COMMON for word in words)
    )


def _of_common_words(searcher: Searcher, query: EngineQuery) -> Best | None:
    """None when what was left out may be among the best."""
    end = query.offset + query.limit
    wanted = build(query, searcher, ranked_by=lifts_of_words(query.typed))
    found = searcher.search(wanted, limit=end + SPARE)
    taken = [(score, place, hit(searcher.doc(place))) for score, place in found.hits]
    in_row = _in_a_row(searcher, query, [one.key for _score, _place, one in taken])
    scored = [(score + NEIGHBOURS * (_number(place) in in_row), one) for score, place, one in taken]
    scored.sort(key=itemgetter(0), reverse=True)
    if found.count > len(taken) and scored[end - 1][0] < taken[-1][0] + NEIGHBOURS:
        return None
    return Best(scored[query.offset : end], found.count)


def _in_a_row(searcher: Searcher, query: EngineQuery, keys: list[str]) -> set[tuple[int, int]]:
    """Where in the index those of the entries `keys` lie that have all words beside each other."""
    if not keys:
        return set()
    wanted = Query.boolean_query([(Occur.Must, in_a_row(query.typed.words)), (Occur.Must, one_of(keys))])
    return {_number(place) for _score, place in searcher.search(wanted, limit=len(keys)).hits}


def _number(place: DocAddress) -> tuple[int, int]:
    return place.segment_ord, place.doc
