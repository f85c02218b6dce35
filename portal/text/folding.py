"""Text without accents and case, for comparing and searching."""

from unicodedata import is_normalized, normalize

from .learning import Learnt
from .letters import FOLDED

_LONGEST_KNOWN = 40  # characters
_KNOWN_CHUNKS = 16_384


def fold(text: str) -> str:
    """Return `text` in lower case without accents: "Đại hội" -> "dai hoi".

    Equal for NFC and NFD input and idempotent. Latin letters become ASCII, full-width forms too; typographic quotes
    and dashes become ' " -; white space and punctuation stay; zero-width and control characters go. Letters of other
    scripts pass through in lower case, decomposed (NFD).
    """
    folded = " ".join(map(_folded.__getitem__, text.split(" ")))
    # Only marks of other scripts can be left, and only their order can depend on the form of the input.
    return folded if folded.isascii() or is_normalized("NFD", folded) else normalize("NFD", folded)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return `fold(text)` and, for each of its characters, the index in `text` of the character it came from.

    The original of `folded[a:b]` is `text[offsets[a]:offsets[b]]`, or up to the end of `text` when b is the end of
    `folded`: marks that were dropped stay with the letter before them, whichever form `text` is in.
    """
    return fold(text), [index for index, char in enumerate(text) for _letter in FOLDED[ord(char)]]


def folds_in_place(text: str) -> bool:
    """Whether each character of `text` folds to exactly one, so that a place in `fold(text)` is one in `text`."""
    return all(map(_in_place.__getitem__, text.split(" ")))


_folded = Learnt(lambda chunk: chunk.translate(FOLDED), _KNOWN_CHUNKS, _LONGEST_KNOWN)
_in_place = Learnt(
    lambda chunk: all(len(FOLDED[ord(char)]) == 1 for char in chunk), _KNOWN_CHUNKS, _LONGEST_KNOWN
)
