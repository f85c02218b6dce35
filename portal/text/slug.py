"""Vietnamese text as part of an address."""

import re

from .folding import fold

_WORD = re.compile("[a-z0-9]+")


def slug(text: str, max_length: int | None = None) -> str:
    """Return `text` as words of a-z and 0-9 joined by "-": "Đại hội Khuyến học" -> "dai-hoi-khuyen-hoc".

    An apostrophe joins (H'Mông -> "hmong"); letters that have no Latin form are left out, so the result may be empty.
    With `max_length` (characters, at least 1) whole words are dropped from the end; only a first word that is itself
    too long is cut.
    """
    if max_length is not None and max_length < 1:
        raise ValueError(f"max_length must be at least 1, not {max_length}")
    whole = "-".join(_WORD.findall(fold(text).replace("'", "")))
    if max_length is None or len(whole) <= max_length:
        return whole
    head, _, _ = whole[: max_length + 1].rpartition("-")
    return head or whole[:max_length]
