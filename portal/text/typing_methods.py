"""What the keys of a Vietnamese typing method would have made, had the method been switched on."""

import re
from collections.abc import Callable
from unicodedata import normalize

from .folding import fold

CIRCUMFLEX, HORN, BREVE = "\u0302", "\u031b", "\u0306"
TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}
VOWELS = "aeiouy"
LONGEST = 14  # keys of a syllable: "nghieengsz" and some to spare
_WORD = re.compile(r"[^\W_]+")
_SYLLABLE = re.compile(
    r"(?P<initial>ngh|ng|nh|ch|gh|gi(?=[aeiouy])|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?P<vowels>[aeiouy]{1,3})"
    r"(?P<final>ng|nh|ch|[cmnpt])?"
)


def telex(text: str) -> str:
    """Read `text` as raw Telex: "khuyeens hocj" -> "khuyến học". Keys may stand anywhere after their vowel
    ("ddwowcj", "dduocwj"); a word that does not become a Vietnamese syllable stays as it is."""
    return _WORD.sub(lambda word: _decoded(word[0], _telex_letters), text)


def vni(text: str) -> str:
    """Read `text` as raw VNI: "khuye6n1 ho5c" -> "khuyến học"; otherwise as `telex`."""
    return _WORD.sub(lambda word: _decoded(word[0], _vni_letters), text)


def _decoded(word: str, read: Callable[[str], tuple[list[str], str | None]]) -> str:
    if len(word) > LONGEST or not word.isascii():
        return word
    letters, tone = read(word.lower())
    plain = "".join(letter[0] for letter in letters)
    syllable = _SYLLABLE.fullmatch(fold(plain))
    if syllable is None or plain == word.lower():
        return word
    start, end = syllable.span("vowels")
    _settle_horns(letters, start, end, closed=end < len(letters))
    if tone:
        letters[_place_of_tone(letters, start, end)] += tone
    return normalize("NFC", "".join(letters))


def _telex_letters(word: str) -> tuple[list[str], str | None]:
    letters: list[str] = []
    tone = None
    for key in word:
        has_vowel = any(letter[0] in VOWELS for letter in letters)
        if key in TELEX_TONES and has_vowel:
            tone = TELEX_TONES[key]
        elif key == "d" and letters and letters[0] == "d":
            letters[0] = "đ"
        elif key == "w":
            _hook(letters)
        elif key in "aeo" and key in letters:
            _mark(letters, key, CIRCUMFLEX)
        else:
            letters.append(key)
    return letters, tone


def _vni_letters(word: str) -> tuple[list[str], str | None]:
    letters: list[str] = []
    tone = None
    for key in word:
        if key == "9" and "d" in letters[:1]:
            letters[0] = "đ"
        elif key == "6":
            _mark(letters, "aeo", CIRCUMFLEX)
        elif key == "7":
            _mark(letters, "uo", HORN)
        elif key == "8":
            _mark(letters, "a", BREVE)
        elif key in VNI_TONES:
            tone = VNI_TONES[key]
        else:
            letters.append(key)
    return letters, tone


def _mark(letters: list[str], vowels: str, mark: str) -> None:
    """Put `mark` on the last letter that is one of `vowels` and has none."""
    for place in reversed(range(len(letters))):
        if letters[place] in tuple(vowels):
            letters[place] += mark
            return


def _hook(letters: list[str]) -> None:
    """The key w of Telex: a horn or a breve on what stands there, or an ư after a consonant."""
    if letters[-2:] == ["u", "a"] and letters[:1] != ["q"]:
        letters[-2] += HORN
    elif any(letter in ("a", "o", "u") for letter in letters):
        last = next(letter for letter in reversed(letters) if letter in ("a", "o", "u"))
        _mark(letters, last, BREVE if last == "a" else HORN)
    elif not letters:
        letters.append("w")
    elif not any(letter[0] in VOWELS for letter in letters):
        letters.append("u" + HORN)


def _settle_horns(letters: list[str], start: int, end: int, *, closed: bool) -> None:
    """One horn is enough for both letters of "ươ", which never ends a syllable; "uơ" always does."""
    for place in range(start, end - 1):
        pair = letters[place : place + 2]
        if [letter[0] for letter in pair] == ["u", "o"] and "o" + HORN in pair or pair == ["u" + HORN, "o"]:
            goes_on = closed or place + 2 < end
            letters[place : place + 2] = ["u" + HORN if goes_on else "u", "o" + HORN]


def _place_of_tone(letters: list[str], start: int, end: int) -> int:
    marked = [place for place in range(start, end) if len(letters[place]) > 1]
    if marked:
        return marked[-1]
    if end - start == 1 or (end - start == 2 and end == len(letters)):
        return start
    return start + 1
