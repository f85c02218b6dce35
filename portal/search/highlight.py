"""Marking, in the original text, the words that were looked for."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from portal.text import fold, fold_with_offsets, folds_in_place

from .typed import Typed, Word, words_of

LETTER = r"[^\W_]"
BETWEEN = re.compile(
    r"[\s.,/–-]{0,3}"
)  # two marked words with no more than this between them share one <mark>
Span = tuple[int, int]


def highlight(text: str, typed: Typed, longest: int | None = None) -> SafeString:
    """`text`, escaped, with each word that `typed` asks for in <mark>; accents do not matter.

    Of a text of more than `longest` characters only the part around the first of these words, cut between words.
    """
    before = after = ""
    if longest and len(text) > longest:
        start, end = _excerpt(text, _first(text, typed), longest)
        before, after = ("… " if start else ""), (" …" if end < len(text) else "")
        text = text[start:end]
    parts: list[str] = [before]
    done = 0
    for start, end in _joined(_spans(text, typed), text):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts += [escape(text[done:]), after]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _first(text: str, typed: Typed) -> int:
    """Where the first marked word begins, 0 without one."""
    if not typed.words:
        return 0
    found = _pattern(typed).search(fold(text))
    start = found.start() if found else 0
    if typed.marks or not folds_in_place(text[:start]):
        spans = _spans(text, typed)
        return spans[0][0] if spans else 0
    return start


def _excerpt(text: str, first: int, longest: int) -> Span:
    start = 0 if first < longest // 2 else text.find(" ", first - longest // 4, first) + 1 or first
    end = len(text) if len(text) - start <= longest else text.rfind(" ", start + 1, start + longest)
    return start, end if end > start else start + longest  # one endless word


def _spans(text: str, typed: Typed) -> list[Span]:
    if not typed.words:
        return []
    folded = fold(text)
    found = [word.span() for word in _pattern(typed).finditer(folded)]
    marks = [word.span() for word in _marks_pattern(typed.marks).finditer(folded)] if typed.marks else []
    if not (found or marks):
        return []
    if not folds_in_place(text):
        found, marks = _places(text, found), _places(text, marks)
    # A synonym is marked where it stands spelt exactly so: the accents that were not typed matter
    marks = [(start, end) for start, end in marks if words_of(text[start:end]) in typed.marks]
    return sorted({*found, *marks}) if marks else found


def _places(text: str, spans: Iterable[Span]) -> list[Span]:
    """Where in `text` the spans of `fold(text)` are."""
    _, offsets = fold_with_offsets(text)
    offsets.append(len(text))
    return [(offsets[start], offsets[end]) for start, end in spans]


@lru_cache(maxsize=256)
def _marks_pattern(marks: tuple[tuple[Word, ...], ...]) -> re.Pattern:
    ways = sorted((r"[\W_]+".join(re.escape(word.base) for word in words) for words in marks), key=len)
    return re.compile(f"(?<!{LETTER})(?:{'|'.join(reversed(ways))})(?!{LETTER})")


@lru_cache(maxsize=256)  # the same for all texts of a result list
def _pattern(typed: Typed) -> re.Pattern:
    ways = [re.escape(word.base) for word in typed.words]
    ways += [way for word in typed.words for way in _apart(word.base)]
    if typed.open_word:
        ways.append(f"{re.escape(typed.open_word.base)}{LETTER}*")
    ways.sort(key=len, reverse=True)
    return re.compile(f"(?<!{LETTER})(?:{'|'.join(ways)})(?!{LETTER})")


def _apart(base: str) -> Iterator[str]:
    """ "hoctap" may stand for two words of the text: "h octap", ..., "hoc tap", ..."""
    for place in range(1, len(base)):
        yield f"{re.escape(base[:place])}[\\W_]+{re.escape(base[place:])}"


def _joined(spans: Iterable[Span], text: str) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and BETWEEN.fullmatch(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
