"""What one character is worth: its folded form and the mark it carries.

Everything else in this package is built on `FOLDED`, a table for `str.translate`. Each character is folded by
itself, so that a composed letter (NFC) and its parts (NFD) give the same result by construction.
"""

import re
from unicodedata import category, name, normalize

from .learning import Learnt

# Digits of the VNI typing method.
QUALITY_DIGITS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}  # circumflex, horn, breve
TONE_DIGITS = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
STROKE_DIGIT = "9"
OTHER_MARK_DIGIT = "0"  # marks that Vietnamese does not have: Müller, façade, søster

# đ has no decomposition. The Icelandic and African letters look the same in capitals and stand for it in old files.
STROKED_D = frozenset("đĐðÐɖƉ")

# Marks that sit on Latin, Greek and Cyrillic letters. Marks of other scripts (Thai vowels, Devanagari signs) are
# letters to their readers and stay.
_DROPPED_MARK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_VARIATION_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʹʻʼʽʾʿ′´`", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "⁄": "/",
    }
)
_LATIN_LETTER = re.compile(
    r"LATIN (?:SMALL|CAPITAL)(?: LETTER| LIGATURE)? (?:[A-Z-]+ )*?([A-Z]{1,2})(?: WITH .*)?"
)
_CAPACITY = 32_768  # characters; a text of all Unicode must not fill the memory
_NAMED_LATIN_LETTERS = {
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ŋ": "ng",
    "ə": "e",
    "ĸ": "k",
    "ƿ": "w",
    "ʒ": "z",
    "ʃ": "s",
    "ẟ": "d",
}


def _latin_base(char: str) -> str:
    """ASCII letters for a Latin letter that Unicode does not decompose (ø, ł, æ); any other character as it is."""
    if char in _NAMED_LATIN_LETTERS:
        return _NAMED_LATIN_LETTERS[char]
    match = _LATIN_LETTER.fullmatch(name(char, ""))
    return match[1].lower() if match and category(char) in {"Ll", "Lu", "Lo"} else char


def _fold_once(text: str) -> str:
    kept = []
    for char in normalize("NFKD", normalize("NFKD", text).casefold()).translate(_PUNCTUATION):
        if not (_DROPPED_MARK.match(char) or _VARIATION_SELECTOR.match(char) or _is_invisible(char)):
            kept.append(_latin_base(char))
    return "".join(kept)


def _is_invisible(char: str) -> bool:
    return category(char) in {"Cf", "Cc", "Cs"} and not char.isspace()


def fold_character(char: str) -> str:
    """Fold one character to none, one or several characters; folding the result again changes nothing."""
    folded = _fold_once(char)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


FOLDED = Learnt(lambda code: fold_character(chr(code)), _CAPACITY)


def mark_digit(char: str) -> str:
    """Digit for what `char`, one character of NFKD text, adds to the plain letter; empty when it adds nothing."""
    if char.isascii():
        return ""
    if digit := TONE_DIGITS.get(char) or QUALITY_DIGITS.get(char):
        return digit
    if char in STROKED_D:
        return STROKE_DIGIT
    if _DROPPED_MARK.match(char):
        return OTHER_MARK_DIGIT if category(char) == "Mn" else ""  # an enclosing mark (a keycap) is no accent
    folded = FOLDED[ord(char)]
    changed = folded.isascii() and folded.isalpha() and not char.casefold().isascii()
    return OTHER_MARK_DIGIT if changed else ""


MARK_DIGITS = Learnt(lambda code: mark_digit(chr(code)), _CAPACITY)


def is_word_mark(char: str) -> bool:
    """Whether `char`, left by folding, is a mark that is part of a word: a Thai vowel, a Japanese voicing mark."""
    return category(char) in {"Mn", "Mc"}
