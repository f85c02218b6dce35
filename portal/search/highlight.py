"""Marking, in the original text, the words that were looked for."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.text import fold, fold_with_offsets

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
    spans = _joined(_spans(text, typed), text)
    if longest and len(text) > longest:
        text, spans = _excerpt(text, spans, longest)
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _excerpt(text: str, spans: list[Span], longest: int) -> tuple[str, list[Span]]:
    first = spans[0][0] if spans else 0
    start = 0 if first < longest // 2 else text.find(" ", first - longest // 4, first) + 1 or first
    end = len(text) if len(text) - start <= longest else text.rfind(" ", start + 1, start + longest)
    end = end if end > start else start + longest  # one endless word
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    kept = [(begin + shift, min(stop, end) + shift) for begin, stop in spans if start <= begin < end]
    return before + text[start:end] + after, kept


def _spans(text: str, typed: Typed) -> list[Span]:
    if not typed.words:
        return []
    folded = fold(text)
    spans = [word.span() for word in _pattern(typed).finditer(folded)]
    if typed.marks:
        spans = sorted({*spans, *_synonyms(text, folded, typed)})
    if not spans or _same_places(text, folded, spans):
        return spans
    _, offsets = fold_with_offsets(text)
    offsets.append(len(text))
    return [(offsets[start], offsets[end]) for start, end in spans]


def _synonyms(text: str, folded: str, typed: Typed) -> Iterator[Span]:
    """Where one of the synonyms stands spelt exactly so: the accents that were not typed matter."""
    _, offsets = fold_with_offsets(text)
    offsets.append(len(text))
    for found in _marks_pattern(typed.marks).finditer(folded):
        start, end = found.span()
        if words_of(text[offsets[start] : offsets[end]]) in typed.marks:
            yield start, end


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


def _same_places(text: str, folded: str, spans: Iterable[Span]) -> bool:
    """Whether the spans in `folded` are those in `text`: nearly always, and much cheaper to find out than all
    offsets. Letters fold one by one, so it is enough that each piece between two ends folds to its own length."""
    if len(text) != len(folded):
        return False
    ends = [end for span in spans for end in span]
    return all(
        len(fold(text[start:end])) == end - start for start, end in zip([0, *ends], ends, strict=False)
    )


def _joined(spans: Iterable[Span], text: str) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and BETWEEN.fullmatch(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
