"""From words typed to what Elasticsearch is asked in one request: for hits, and for the total and all facets.

The two are questions of their own, which the server works on side by side: only the hits need a rank, and then what all
entries score need not be known; what is counted once is kept by the server until the index changes.

Clause by clause the same as `tantivy_query`, so that both find the same set and rank it alike.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..engine import Choosing, EngineQuery, Selection, Sort, Strictness, Where
from ..entry import OFFICER, PUBLIC
from ..tokens import glued
from ..typed import Need, Typed, Word
from .elasticsearch_schema import LONGEST_TOKEN
from .ranking import (
    BEGINNING,
    EXACT,
    EXACT_TITLE,
    EXACT_UNMARKED,
    INSTEAD,
    MOST_VALUES,
    MOST_WORKS,
    NEIGHBOURS,
    SHORTEST_GLUED,
    SUBJECT,
    TITLE,
)

BY_NUMBER = {"number": "asc"}  # what ranks alike comes in one order, so that no page repeats another
ORDERS = {
    Sort.RELEVANCE: [{"_score": "desc"}, BY_NUMBER],
    Sort.NEWEST: [{"day": "desc"}, BY_NUMBER],
    Sort.TITLE: [{"title_order": "asc"}, BY_NUMBER],
    Sort.USED: [{"uses": "desc"}, BY_NUMBER],
}

Clause = dict[str, dict]
Filters = Mapping[str, Sequence[str]]


def hits_request(query: EngineQuery) -> dict[str, object]:
    matching = _matching(query, query.filters)
    if query.sort is Sort.RELEVANCE:
        matching["bool"]["should"] = list(_lifts(query.typed))
    return {
        "query": matching,
        "sort": ORDERS[query.sort],
        "from": query.offset,
        "size": query.limit,
        "track_total_hits": False,
        "_source": True,  # to leave something out would be more work than to send it
    }


def counts_request(query: EngineQuery) -> dict[str, object]:
    """The filters on facets that are counted go after the counting (`post_filter`), the others before."""
    after = {name: values for name, values in query.filters.items() if values and name in query.counted}
    before = {name: values for name, values in query.filters.items() if name not in after}
    request: dict[str, object] = {"query": _matching(query, before), "size": 0, "track_total_hits": True}
    if after:
        request["post_filter"] = _filter(after)
    if query.counted:
        request["aggs"] = _counts(query.counted, after)
    return request


def suggest_requests(typed: Typed, audience: str, limit: int) -> list[dict[str, object]]:
    """One for titles, one for entries whose creators are meant."""
    wanted = [("title_base", limit, "shown"), ("persons_base", MOST_WORKS, "persons")]
    return [
        {
            "query": _in_field(field, typed, audience),
            "sort": ORDERS[Sort.RELEVANCE],
            "size": size,
            "track_total_hits": False,
            "_source": [shown],
        }
        for field, size, shown in wanted
    ]


def read_counts(query: EngineQuery, answer: Mapping[str, dict]) -> dict[str, dict[str, int]]:
    """What `_counts` asked for: {facet: {value: number}}, in the order of `query.counted`."""
    groups = [answer, *(group for group in answer.values() if "buckets" not in group)]
    found = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in group[name]["buckets"]}
        for group in groups
        for name in query.counted
        if "buckets" in group.get(name, {})
    }
    return {name: found[name] for name in query.counted}


def _counts(names: Sequence[str], chosen: Filters) -> dict[str, dict]:
    """Each facet counted within the choices of all others; those without a choice share one filter."""
    free = {name: _values(name) for name in names if name not in chosen}
    if not chosen:
        return free
    groups = {"among all choices": {"filter": _filter(chosen), "aggs": free}} if free else {}
    for name in chosen:
        others = {other: values for other, values in chosen.items() if other != name}
        groups[f"but {name}"] = {"filter": _filter(others), "aggs": {name: _values(name)}}
    return groups


def _values(name: str) -> dict[str, dict]:
    return {"terms": {"field": _field_of(name), "size": MOST_VALUES}}


def _matching(query: EngineQuery, filters: Filters) -> Clause:
    must = _required(query.typed, query.strictness)
    chosen = (_any_value(name, values) for name, values in filters.items() if values)
    conditions = [*_visible(query.audience), *chosen]
    if query.language:
        conditions.append(_among("language", [query.language]))
    excluded = [_in_order(words) for words in query.typed.excluded]
    return {"bool": {"must": must, "filter": conditions, "must_not": excluded}}


def _required(typed: Typed, strictness: Strictness) -> list[Clause]:
    if not typed.needs:
        return []
    needs = [_need(need, typed.open_word) for need in typed.needs]
    if strictness is Strictness.ALL:
        return needs + [_in_order(phrase) for phrase in typed.phrases]
    least = max(len(needs) - 1, 1) if strictness is Strictness.ALL_BUT_ONE else 1
    return [{"bool": {"should": needs, "minimum_should_match": least}}]


def _lifts(typed: Typed) -> Iterable[Clause]:
    for word in typed.words:
        yield _step(_term("text_exact", word.exact), EXACT if typed.marked else EXACT_UNMARKED)
        yield _step(_term("title_exact", word.exact), EXACT_TITLE if typed.marked else EXACT_UNMARKED)
        yield _step(_term("title_base", word.base), TITLE)
        yield _term("title_base", word.base)  # a short title before a long one
        yield _step(_term("subjects_base", word.base), SUBJECT)
    for pair in glued([word.base for word in typed.words]):
        yield _step(_term("title_glued", pair), NEIGHBOURS)
    if len(typed.words) > 1:
        yield _step(_in_order(typed.words), NEIGHBOURS)


def _in_field(field: str, typed: Typed, audience: str) -> Clause:
    """All words of `typed` in one field of base tokens, those spelt and ordered so first."""
    words = [_any([_term(field, word.base), *_goes_on(field, word, typed.open_word)]) for word in typed.words]
    return {"bool": {"must": words, "filter": _visible(audience), "should": list(_lifts(typed))}}


def selected(selection: Selection) -> Clause:
    field, words = selection.where.value, selection.words
    there = [_term(field, word.base) for word in words]
    clauses = [_among("kind", [selection.kind]), *_visible(PUBLIC)]
    if selection.choosing is Choosing.ANY:
        return {"bool": {"filter": [*clauses, _any(there)]}}
    clauses += there
    if selection.choosing is Choosing.IN_ORDER and len(words) > 1:
        if selection.where is Where.TITLE:
            clauses += [_term("title_glued", pair) for pair in glued([word.base for word in words])]
        else:
            clauses.append(_in_order(words))
    return {"bool": {"filter": clauses}}


def _need(need: Need, open_word: Word | None) -> Clause:
    words = [_word(word, open_word) for word in need.words]
    together = words[0] if len(words) == 1 else {"bool": {"must": words}}
    return _any([together, *(_step(_spelt(other), INSTEAD) for other in need.instead)])


def _word(word: Word, open_word: Word | None) -> Clause:
    ways = [_term("text_base", word.base)]
    if len(word.base) >= SHORTEST_GLUED:
        ways.append(_step(_term("title_glued", word.base), BEGINNING))
    return _any([*ways, *_goes_on("text_base", word, open_word)])


def _goes_on(field: str, word: Word, open_word: Word | None) -> list[Clause]:
    if word != open_word:
        return []
    return [{"prefix": {field: {"value": word.base[:LONGEST_TOKEN], "boost": BEGINNING}}}]


def _any(ways: list[Clause]) -> Clause:
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways, "minimum_should_match": 1}}


def _in_order(words: Sequence[Word]) -> Clause:
    return _phrase("text_base", [word.base for word in words])


def _spelt(words: Sequence[Word]) -> Clause:
    return _phrase("text_exact", [word.exact for word in words])


def _phrase(field: str, made: Sequence[str]) -> Clause:
    if len(made) == 1:
        return _term(field, made[0])
    return {"match_phrase": {field: {"query": " ".join(made)}}}


def _visible(audience: str) -> list[Clause]:
    """An officer sees everything."""
    return [] if audience == OFFICER else [_among("audience", [PUBLIC])]


def _filter(filters: Filters) -> Clause:
    return {"bool": {"filter": [_any_value(name, values) for name, values in filters.items()]}}


def _any_value(name: str, values: Sequence[str]) -> Clause:
    return _among(_field_of(name), values)


def _field_of(facet: str) -> str:
    return facet if facet == "kind" else f"facets.{facet}"


def _among(field: str, values: Sequence[str]) -> Clause:
    return {"terms": {field: list(values)}}


def _term(field: str, token: str) -> Clause:
    return {"term": {field: token[:LONGEST_TOKEN]}}


def _step(clause: Clause, height: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": height}}
