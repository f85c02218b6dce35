"""From words typed to a tantivy query.

What must match decides the set of results: accents, order and place of the words only lift the rank, by fixed
steps (`ranking`) with the engine's own score ordering what is alike.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tantivy import Occur, Query, Searcher

from ..engine import Choosing, EngineQuery, Selection, Strictness, Where
from ..entry import OFFICER, PUBLIC
from ..tokens import glued
from ..typed import Need, Typed, Word
from .ranking import (
    BEGINNING,
    EXACT,
    EXACT_TITLE,
    EXACT_UNMARKED,
    INSTEAD,
    NEIGHBOURS,
    SHORTEST_GLUED,
    SUBJECT,
    TITLE,
)
from .tantivy_schema import SCHEMA

MOST_ENDINGS = 50  # words that begin as the open one and are asked for one by one; an automaton finds more

Clauses = list[tuple[Occur, Query]]


def build(
    query: EngineQuery, searcher: Searcher, *, ranked_by: Iterable[Query] = (), without: str | None = None
) -> Query:
    """`ranked_by`: clauses that only rank; `without`: leave out the filter on this facet; `searcher` knows the words of
    the index."""
    clauses = required(query.typed, query.strictness, searcher)
    clauses += _visible(query.audience)
    if query.language:
        clauses.append(_filter(_term("language", query.language)))
    clauses += [
        _filter(_any_value(name, values))
        for name, values in query.filters.items()
        if values and name != without
    ]
    clauses += [(Occur.MustNot, _in_order(words)) for words in query.typed.excluded]
    return Query.boolean_query([*clauses, *((Occur.Should, lift) for lift in ranked_by)])


def required(typed: Typed, strictness: Strictness, searcher: Searcher) -> Clauses:
    if not typed.needs:
        return [_filter(Query.all_query())]
    needs = [_need(need, typed.open_word, searcher) for need in typed.needs]
    if strictness is Strictness.ALL:
        phrases = [(Occur.Must, _in_order(phrase)) for phrase in typed.phrases]
        return [(Occur.Must, need) for need in needs] + phrases
    least = max(len(needs) - 1, 1) if strictness is Strictness.ALL_BUT_ONE else 1
    return [(Occur.Must, Query.boolean_query([(Occur.Should, need) for need in needs], least))]


def lifts(typed: Typed) -> list[Query]:
    return [*lifts_of_words(typed), *map(in_a_row, [typed.words] if len(typed.words) > 1 else [])]


def lifts_of_words(typed: Typed) -> Iterable[Query]:
    """Without the one whose cost grows with all that matches, since the engine reads positions for it."""
    exact = EXACT if typed.marked else EXACT_UNMARKED
    for word in typed.words:
        yield _step("text_exact", word.exact, exact)
        yield _step("title_exact", word.exact, EXACT_TITLE if typed.marked else EXACT_UNMARKED)
        yield _step("title_base", word.base, TITLE)
        yield _term("title_base", word.base)  # a short title before a long one
        yield _step("subjects_base", word.base, SUBJECT)
    for pair in glued([word.base for word in typed.words]):
        yield _step("title_glued", pair, NEIGHBOURS)


def in_a_row(words: tuple[Word, ...]) -> Query:
    return Query.const_score_query(_in_order(words), NEIGHBOURS)


def one_of(keys: list[str]) -> Query:
    return Query.const_score_query(Query.term_set_query(SCHEMA, "key", keys), 0.0)


def in_field(field: str, typed: Typed, audience: str, searcher: Searcher) -> Query:
    """All words of `typed` in one field of base tokens, those spelt and ordered so first."""
    words = [
        _any([_term(field, word.base), *_endings(field, word, typed.open_word, searcher)])
        for word in typed.words
    ]
    clauses = [*((Occur.Must, word) for word in words), *_visible(audience)]
    return Query.boolean_query([*clauses, *((Occur.Should, lift) for lift in lifts(typed))])


def selected(selection: Selection) -> Query:
    """Titles keep no order of words, but their neighbours; names are in order where the whole text has them so."""
    field, words = selection.where.value, selection.words
    there = [_term(field, word.base) for word in words]
    clauses = [_filter(_term("kind", selection.kind)), *_visible(PUBLIC)]
    if selection.choosing is Choosing.ANY:
        return Query.boolean_query([*clauses, _filter(_any(there))])
    clauses += map(_filter, there)
    if selection.choosing is Choosing.IN_ORDER and len(words) > 1:
        if selection.where is Where.TITLE:
            pairs = glued([word.base for word in words])
            clauses += [_filter(_term("title_glued", pair)) for pair in pairs]
        else:
            clauses.append(_filter(_in_order(words)))
    return Query.boolean_query(clauses)


def _need(need: Need, open_word: Word | None, searcher: Searcher) -> Query:
    words = [_word(word, open_word, searcher) for word in need.words]
    together = words[0] if len(words) == 1 else Query.boolean_query([(Occur.Must, word) for word in words])
    return _any([together, *(Query.const_score_query(_spelt(other), INSTEAD) for other in need.instead)])


def _word(word: Word, open_word: Word | None, searcher: Searcher) -> Query:
    ways = [_term("text_base", word.base)]
    if len(word.base) >= SHORTEST_GLUED:
        ways.append(_step("title_glued", word.base, BEGINNING))
    return _any([*ways, *_endings("text_base", word, open_word, searcher)])


def _any(ways: list[Query]) -> Query:
    return ways[0] if len(ways) == 1 else Query.boolean_query([(Occur.Should, way) for way in ways])


def _endings(field: str, word: Word, open_word: Word | None, searcher: Searcher) -> list[Query]:
    """The words of the index that `word` may be the beginning of, when it is still being typed."""
    if word != open_word:
        return []
    known = searcher.terms_with_prefix(field, word.base, limit=MOST_ENDINGS + 1)
    if len(known) > MOST_ENDINGS:
        return [_beginning(field, word.base)]
    longer = [token for token, _number in known if token != word.base]
    return [_step(field, token, BEGINNING) for token in longer]


@lru_cache(maxsize=1024)  # making the automaton takes longer than running it
def _beginning(field: str, base: str) -> Query:
    # a base token is made of letters and digits only, so that none of it means more to the automaton
    return Query.const_score_query(Query.regex_query(SCHEMA, field, f"{base}.*"), BEGINNING)


def _in_order(words: tuple[Word, ...]) -> Query:
    return _phrase("text_base", [word.base for word in words])


def _spelt(words: tuple[Word, ...]) -> Query:
    return _phrase("text_exact", [word.exact for word in words])


def _phrase(field: str, tokens: list[str]) -> Query:
    if len(tokens) == 1:  # the engine panics on a phrase of one word
        return _term(field, tokens[0])
    return Query.phrase_query(SCHEMA, field, tokens)


def _visible(audience: str) -> Clauses:
    """An officer sees everything."""
    return [] if audience == OFFICER else [_filter(_term("audience", PUBLIC))]


def _filter(condition: Query) -> tuple[Occur, Query]:
    """What must be, and says nothing about the rank."""
    return Occur.Must, Query.const_score_query(condition, 0.0)


def _any_value(name: str, values: tuple[str, ...]) -> Query:
    field = field_of(name)
    if len(values) == 1:
        return Query.term_query(SCHEMA, field, values[0])
    return Query.boolean_query([(Occur.Should, Query.term_query(SCHEMA, field, value)) for value in values])


def field_of(facet: str) -> str:
    """Every facet is a path of one JSON field, but the kind, which each entry has once."""
    return facet if facet == "kind" else f"facets.{facet}"


def count_request(names: Iterable[str], most: int) -> Mapping[str, object]:
    """The aggregation that counts the values of the facets `names`, at most `most` values each."""
    return {name: {"terms": {"field": field_of(name), "size": most}} for name in names}


def _term(field: str, token: str) -> Query:
    return Query.term_query(SCHEMA, field, token)


def _step(field: str, token: str, height: float) -> Query:
    return Query.const_score_query(_term(field, token), height)
