"""Vietnamese alphabetical order as a string that any database can compare by code point."""

import re
from dataclasses import dataclass, field
from unicodedata import normalize

from .folding import fold
from .learning import Learnt
from .letters import FOLDED, MARK_DIGITS, is_word_mark

# Lower than every character of a word, in this order: the end of a level, the end of a word.
_LEVEL_END = "!"
_WORD_END = "-"
# ă sorts after a followed by any letter, so what follows the plain letter is higher than "z".
_VIETNAMESE_LETTERS = {
    ("a", "8"): "a{",
    ("a", "6"): "a|",
    ("d", "9"): "d{",
    ("e", "6"): "e{",
    ("o", "6"): "o{",
    ("o", "7"): "o|",
    ("u", "7"): "u{",
}
_MARKED = {"a": "[{|]?", "d": "[{]?", "e": "[{]?", "o": "[{|]?", "u": "[{]?"}
# VNI digits to the order of tones: (ngang), huyền, hỏi, ngã, sắc, nặng.
_TONE_ORDER = {"2": "1", "3": "2", "4": "3", "1": "4", "5": "5"}
_FOREIGN_MARK = "6"
# What follows no longer matters for the order of a list, and a key must not grow with a text of a megabyte.
_MOST_WORDS = 60
_LONGEST_WORD = 60  # characters, decomposed
_KNOWN_WORDS = 8_192

_Levels = tuple[str, str, str]  # letters, tones, capitals


@dataclass
class _Word:
    """One word: its letters and numbers in order, its tones, and which letters are capitals ("1") or not ("0")."""

    weights: list[str] = field(default_factory=list)
    tones: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    number: str = ""  # digits read so far of a number that has not ended

    def add(self, char: str, capital: bool) -> None:
        if "0" <= char <= "9":
            self.number += char
            return
        self.end_number()
        # Letters of other scripts come after the Latin ones, in the order of their code points.
        self.weights.append(char if char.isascii() else f"z~{ord(char):05x}")
        self.capitals.append("1" if capital else "0")

    def mark(self, digit: str) -> None:
        letter = _VIETNAMESE_LETTERS.get((self.weights[-1], digit)) if self.weights else None
        if letter:
            self.weights[-1] = letter
        else:
            self.tones.append(_TONE_ORDER.get(digit, _FOREIGN_MARK))

    def end_number(self) -> None:
        if self.number:
            self.weights.append(_number_weight(self.number))
            self.capitals.append("0")
            self.number = ""

    def levels(self) -> _Levels:
        self.end_number()
        return "".join(self.weights), "".join(self.tones), "".join(self.capitals).rstrip("0")


def sort_key(text: str) -> str:
    """Return an ASCII string whose order by code point is the Vietnamese alphabetical order of `text`.

    As ICU's `vi` order (vn_rules R6.4): first the letters of the whole text (a ă â b c d đ e ê ... o ô ơ ... u ư ...),
    then its tones (ngang, huyền, hỏi, ngã, sắc, nặng), then small before capital. Made for lists of names and titles,
    it departs from ICU in this: tones are compared by syllable (hoà and hòa are equal), numbers by value ("Tổ 2"
    before "Tổ 10"), all punctuation is a space, and none counts at either end.
    """
    return _join(_levels(_words(text)))


def word_pattern(word: str, *, open_end: bool = False) -> str:
    """A regular expression for the `sort_key` of every text that has `word`, whatever its accents; with `open_end` also
    of one with a word that only begins so. Databases read it alike: no look-around, no classes of letters."""
    letters = "-".join(letters for letters, _tones, _capitals in _words(fold(word)))
    marked = "".join(re.escape(char) + _MARKED.get(char, "") for char in letters)
    return f"^([^{_LEVEL_END}]*{_WORD_END})?{marked}" + ("" if open_end else f"({_WORD_END}|{_LEVEL_END}|$)")


def given_name_key(full_name: str) -> str:
    """Return the key that sorts people by given name, then middle names, then family name (vn_rules R6.5).

    The given name decides first, tones included: every Hoa comes before the first Hòa, as in a class register.
    """
    *others, given = _words(full_name) or [("", "", "")]
    given_letters, given_tones, given_capitals = given
    letters, tones, capitals = _levels(others[::-1])
    return _join(
        (
            given_letters,
            given_tones,
            letters,
            tones,
            f"{given_capitals}{_WORD_END}{capitals}".rstrip(_WORD_END),
        )
    )


def _words(text: str) -> list[_Levels]:
    words: list[_Levels] = []
    for chunk in text.split(None, _MOST_WORDS)[:_MOST_WORDS]:
        words += _known_words[chunk]
    return words


def _words_of_chunk(chunk: str) -> tuple[_Levels, ...]:
    """Words of a piece of text without white space; punctuation may divide it into several."""
    words: list[_Word] = []
    inside = False
    for char in normalize("NFKD", chunk)[:_LONGEST_WORD]:
        for folded in FOLDED[ord(char)]:
            if folded.isalnum() or (inside and is_word_mark(folded)):
                if not inside:
                    words.append(_Word())
                inside = True
                words[-1].add(folded, capital=char.isupper())
            elif folded != "'":  # H'Mông sorts as Hmông
                inside = False
        if inside and (digit := MARK_DIGITS[ord(char)]):
            words[-1].mark(digit)
    return tuple(word.levels() for word in words)


_known_words = Learnt(_words_of_chunk, _KNOWN_WORDS, _LONGEST_WORD)


def _levels(words: list[_Levels]) -> _Levels:
    letters, tones, capitals = zip(*words, strict=True) if words else ((), (), ())
    return (
        _WORD_END.join(letters),
        _WORD_END.join(tones).rstrip(_WORD_END),
        _WORD_END.join(capitals).rstrip(_WORD_END),
    )


def _join(levels: tuple[str, ...]) -> str:
    return _LEVEL_END.join(levels).rstrip(_LEVEL_END)


def _number_weight(digits: str) -> str:
    """Digits after their count, so that numbers compare by value: 2 -> "12", 10 -> "210".

    Each nine digits are counted by one "9", so that the count can have any length and none begins another.
    """
    significant = digits.lstrip("0")
    nines, rest = divmod(len(significant), 9)
    return "9" * nines + str(rest) + significant
