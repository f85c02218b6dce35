"""Marking, in the original text, the words that were looked for."""

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.text import fold_with_offsets

from .typed import Typed

WORD = re.compile(r"[^\W_]+")
BETWEEN = re.compile(
    r"[\s.,/–-]{0,3}"
)  # two marked words with no more than this between them share one <mark>


def highlight(text: str, typed: Typed) -> SafeString:
    """`text`, escaped, with each word that `typed` asks for in <mark>; accents do not matter."""
    spans = _spans(text, typed)
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _spans(text: str, typed: Typed) -> list[tuple[int, int]]:
    if not typed.words:
        return []
    bases = {word.base for word in typed.words}
    beginning = typed.open_word.base if typed.open_word else None
    folded, offsets = fold_with_offsets(text)
    offsets.append(len(text))
    found = list(WORD.finditer(folded))
    wanted = [word[0] in bases or bool(beginning and word[0].startswith(beginning)) for word in found]
    for index, (first, second) in enumerate(zip(found, found[1:], strict=False)):
        if first[0] + second[0] in bases:  # "hoctap" typed, "học tập" written
            wanted[index] = wanted[index + 1] = True
    marked = (word for word, is_wanted in zip(found, wanted, strict=True) if is_wanted)
    return _joined([(offsets[word.start()], offsets[word.end()]) for word in marked], text)


def _joined(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and BETWEEN.fullmatch(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
