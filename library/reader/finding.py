"""Words looked for inside a book: accents and capitals do not matter, the words stand beside each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.text import fold, fold_with_offsets

MOST = 100
AROUND = 60  # characters shown before and after what was found


@dataclass(frozen=True, slots=True)
class Found:
    page: int
    excerpt: SafeString  # with what was found in <mark>


def find(text: Sequence[Sequence[str]], words: str) -> list[Found]:
    """The first MOST places in `text` (the paragraphs of each page) where `words` stand one after the other."""
    parts = re.findall(r"\w+", fold(words))
    if not parts:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, parts)))
    return list(islice(_places(text, pattern), MOST))


def _places(text: Sequence[Sequence[str]], pattern: re.Pattern) -> Iterator[Found]:
    for page, paragraphs in enumerate(text, start=1):
        for paragraph in paragraphs:
            if not pattern.search(fold(paragraph)):
                continue
            folded, offsets = fold_with_offsets(paragraph)
            offsets.append(len(paragraph))
            for found in pattern.finditer(folded):
                yield Found(page, _excerpt(paragraph, offsets[found.start()], offsets[found.end()]))


def _excerpt(paragraph: str, start: int, end: int) -> SafeString:
    begin = 0 if start <= AROUND else paragraph.find(" ", start - AROUND, start) + 1 or start
    stop = len(paragraph) if end + AROUND >= len(paragraph) else paragraph.rfind(" ", end, end + AROUND)
    stop = stop if stop >= end else end
    return format_html(
        "{}{}<mark>{}</mark>{}{}",
        "… " if begin else "",
        paragraph[begin:start],
        paragraph[start:end],
        paragraph[end:stop],
        " …" if stop < len(paragraph) else "",
    )
