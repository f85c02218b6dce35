"""The form in which text is stored."""

import re
from unicodedata import normalize

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85]")
# C0 and C1 controls, zero-width space and joiners, word joiner, byte order mark, lone surrogates (no database takes them).
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200d\u2060\ufeff\ud800-\udfff]")


def nfc(text: str) -> str:
    """Return `text` composed (NFC), without zero-width and control characters; tab and newline stay.

    Every way to end a line, form feed included, becomes one newline, so that no two words run together.
    """
    return normalize("NFC", _UNWANTED.sub("", _LINE_END.sub("\n", text)))
