"""Vietnamese text as search tokens: each syllable without accents, and the same with its marks as digits."""

from collections.abc import Iterator
from unicodedata import normalize

from .learning import Learnt
from .letters import FOLDED, MARK_DIGITS, TONE_DIGITS, is_word_mark

_TONES = frozenset(TONE_DIGITS.values())
_LONGEST_KNOWN = 40  # characters; nothing longer is a word
_KNOWN_CHUNKS = 16_384
_USUAL_PUNCTUATION = ",.;:!?()\"'"  # spares most chunks the slow way


def syllables(text: str) -> list[tuple[str, str]]:
    """Return a pair (base, exact) for each word of `text`: "Khuyến học" -> [("khuyen", "khuyen61"), ("hoc", "hoc5")].

    `exact` is `base` followed by the digits of the VNI typing method: first, in reading order, what makes the letters
    (6 circumflex, 7 horn, 8 breve, 9 đ, 0 a mark foreign to Vietnamese), then the tone (1 sắc, 2 huyền, 3 hỏi, 4 ngã,
    5 nặng). Where the tone is written does not matter: hoà and hòa are both "hoa2"; i and y are different letters:
    "qui" and "quy" stay apart.

    Words are split at everything that is no letter or digit. A word of digits stays as it is ("387"). A word that has
    letters and digits takes "_" before its marks ("hoa2" -> "hoa2_"), so that it never equals the exact form of an
    accented word. Latin words give ASCII; words of other scripts pass through in lower case.
    """
    pairs: list[tuple[str, str]] = []
    for found in map(PAIRS.__getitem__, text.split()):
        pairs += found
    return pairs


def syllable_texts(text: str) -> tuple[str, str]:
    """What `syllables` tells as two texts, all bases and all exact forms, between spaces."""
    words = list(filter(None, map(_TEXTS.__getitem__, text.split())))
    if not words:
        return "", ""
    bases, exacts = zip(*words, strict=True)
    return " ".join(bases), " ".join(exacts)


def _pairs(chunk: str) -> tuple[tuple[str, str], ...]:
    decomposed = normalize("NFKD", chunk).strip(_USUAL_PUNCTUATION)
    base = decomposed.translate(FOLDED)
    if base.isalnum() and decomposed[0].isalnum():
        return (_pair(base, decomposed.translate(MARK_DIGITS)),)
    return tuple(_split(decomposed))


def _split(decomposed: str) -> Iterator[tuple[str, str]]:
    """Pairs of a chunk that may hold several words, or marks and signs that belong to none."""
    base = digits = ""
    for char in decomposed:
        for folded in FOLDED[ord(char)]:
            if folded.isalnum() or (base and is_word_mark(folded)):
                base += folded
            elif base:
                yield _pair(base, digits)
                base = digits = ""
        if base:  # a mark alone belongs to nothing
            digits += MARK_DIGITS[ord(char)]
    if base:
        yield _pair(base, digits)


def _pair(base: str, digits: str) -> tuple[str, str]:
    """The pair of one word; `digits` are its marks in reading order, qualities and tones mixed."""
    if len(digits) > 1:
        digits = "".join(
            sorted(digits, key=_TONES.__contains__)
        )  # stable: letters as they are read, then tones
    if base.isalpha() or (base.isdigit() and not digits) or not any(map(str.isdigit, base)):
        return base, base + digits
    return base, f"{base}_{digits}"


PAIRS = Learnt(_pairs, _KNOWN_CHUNKS, _LONGEST_KNOWN)
_TEXTS = Learnt(
    lambda chunk: tuple(map(" ".join, zip(*PAIRS[chunk], strict=True))), _KNOWN_CHUNKS, _LONGEST_KNOWN
)
