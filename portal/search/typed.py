"""What a visitor typed, read into words; nothing of it reaches an engine but tokens made by `portal.text`."""

import re
from dataclasses import dataclass, replace
from typing import Self

from portal.text import nfc, syllables

MAX_CHARACTERS = 200
MAX_WORDS = 20
QUOTES = str.maketrans("“”„«»＂", '""""""')
PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable: `base` without accents, `exact` with the quality of its vowel and its tone."""

    base: str
    exact: str

    @property
    def marked(self) -> bool:
        return (
            self.exact.rstrip("_") != self.base
        )  # "_" only ends a word of letters and digits without accents


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that must be there: all `words`, whatever their accents, or one of `instead`, which mean the same:
    each next to each other in this very order and spelt exactly so."""

    words: tuple[Word, ...]
    instead: tuple[tuple[Word, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """`needs` must all be there, `phrases` in this very order (one of a single word is meant as it is, without its
    synonyms), `excluded` (each a word or a phrase) nowhere.

    `words` are those typed, each once, and `sequence` the same with their repetitions; without synonyms each of them is
    a need. `marks` are synonyms to be marked
    where they stand in a result. `open_word`: the last word may go on ("khuyến h"), so it also matches as a beginning.
    """

    words: tuple[Word, ...] = ()
    sequence: tuple[Word, ...] = ()
    needs: tuple[Need, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    excluded: tuple[tuple[Word, ...], ...] = ()
    marks: tuple[tuple[Word, ...], ...] = ()
    open_word: Word | None = None
    blank: bool = False  # nothing typed at all: everything is wanted

    @property
    def empty(self) -> bool:
        """Something was typed, but nothing that can be looked for ("!?")."""
        return not (self.blank or self.words or self.excluded)

    @property
    def loosened(self) -> Self:
        """With needs of several words taken apart, for when not all must be there."""
        parts = (needs_of(need.words) if len(need.words) > 1 else (need,) for need in self.needs)
        return replace(self, needs=tuple(part for each in parts for part in each))

    @property
    def marked(self) -> bool:
        """Whoever types one accent means all of them; whoever types none may mean any."""
        return any(word.marked for word in self.words)


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(Word(base, exact) for base, exact in syllables(text))


def plain(text: str) -> str:
    """The words of `text` without accents and signs: the same for all ways of typing it."""
    return " ".join(word.base for word in words_of(text))


def needs_of(words: tuple[Word, ...]) -> tuple[Need, ...]:
    """Each word a need of its own."""
    return tuple(Need((word,)) for word in words)


def read(text: str) -> Typed:
    """Never raises: too long a text is cut, NUL bytes and lone quotes are passed over. NFC and NFD read alike."""
    text = nfc(text.replace("\0", " ")).translate(QUOTES)[:MAX_CHARACTERS]
    words: list[Word] = []
    phrases: list[tuple[Word, ...]] = []
    excluded: list[tuple[Word, ...]] = []
    open_word = None
    for piece in PIECE.finditer(text):
        quoted = piece["quoted"] is not None
        found = words_of(piece["quoted"] if quoted else piece["plain"])
        if not found:
            continue
        if piece["minus"]:
            excluded.append(found[:MAX_WORDS])
            continue
        words.extend(found)
        if quoted:
            phrases.append(found[:MAX_WORDS])
        open_word = found[-1] if not quoted and piece.end() == len(text) and text[-1].isalnum() else None
    kept = tuple(dict.fromkeys(words))[:MAX_WORDS]
    return Typed(
        words=kept,
        sequence=tuple(words)[:MAX_WORDS],
        needs=needs_of(kept),
        phrases=tuple(phrases[:MAX_WORDS]),
        excluded=tuple(excluded[:MAX_WORDS]),
        open_word=open_word if open_word in kept else None,
        blank=not text.strip(),
    )
