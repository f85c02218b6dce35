"""Asking an engine, and asking again in other ways when nothing has all the words."""

from dataclasses import dataclass, replace

from portal.text import telex, vni

from . import editorial, spelling
from .engine import Engine, EngineQuery, EngineResult, Strictness
from .typed import Typed, read, words_of

WIDER = ((Strictness.ALL_BUT_ONE, 3), (Strictness.ANY, 2))  # and how many needs make it differ from the last


@dataclass(frozen=True, slots=True)
class Found:
    """What `asked` found. `relaxed`: not every word matched. `suggestion`: what was probably meant; `understood`: the
    result is already that of the suggestion."""

    asked: EngineQuery
    result: EngineResult
    relaxed: bool = False
    suggestion: str | None = None
    understood: bool = False


def find(engine: Engine, asked: EngineQuery, text: str) -> Found:
    """What `engine` has for `asked`, which was read from `text`. Only when nothing has all the words: what they are as
    raw Telex or VNI; else the likeliest spelling is suggested, and what has some of the words comes."""
    result = engine.search(asked)
    if result.count or _filters_hide_all(engine, asked):
        return Found(asked, result)
    return _read_as_keys(engine, asked, text) or replace(
        _nearest(engine, Found(asked, result)), suggestion=_did_you_mean(engine, asked, text)
    )


def expanded(text: str) -> Typed:
    """`text` as it was typed, with the synonyms of its words."""
    return editorial.current().synonyms.expand(read(text))


def _filters_hide_all(engine: Engine, asked: EngineQuery) -> bool:
    """Then the reader should take off a filter, and not be given other things instead."""
    return bool(asked.filters) and _finds(engine, asked)


def _finds(engine: Engine, asked: EngineQuery) -> bool:
    return engine.search(replace(asked, filters={}, counted=(), offset=0, limit=1)).count > 0


def _read_as_keys(engine: Engine, asked: EngineQuery, text: str) -> Found | None:
    for decoded in dict.fromkeys(read_keys(text) for read_keys in (telex, vni)):
        if decoded != text:
            other = replace(asked, typed=expanded(decoded))
            result = engine.search(other)
            if result.count or _filters_hide_all(engine, other):
                return Found(other, result, suggestion=decoded, understood=True)
    return None


def _did_you_mean(engine: Engine, asked: EngineQuery, text: str) -> str | None:
    """A spelling that finds something; never one with a name that is hidden, unless it was typed."""
    suggestion = spelling.corrected(text, asked.typed)
    if suggestion is None:
        return None
    hides = editorial.current().synonyms.hides
    if hides(words_of(suggestion)) and not hides(asked.typed.words):
        return None
    return suggestion if _finds(engine, replace(asked, typed=expanded(suggestion))) else None


def _nearest(engine: Engine, nothing: Found) -> Found:
    typed = nothing.asked.typed.loosened
    for strictness, fewest in WIDER:
        if len(typed.needs) < fewest:
            continue
        result = engine.search(replace(nothing.asked, typed=typed, strictness=strictness))
        if result.count:
            return replace(nothing, result=result, relaxed=True)
    return nothing
