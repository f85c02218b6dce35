"""When two spellings are the same name."""

from .normalise import nfc
from .syllables import syllables


def name_key(text: str) -> str:
    """Return the key under which all spellings of one name are equal (vn_rules R1.5), for a column or a dict.

    Case, white space, punctuation and the place of the tone mark do not count: Đàm Thuỷ = ĐÀM THỦY, Hoà = Hòa. Letters
    and tones do: ă, â and a, đ and d, Nậm and Nặm, i and y (Quí and Quý) are different; such variants are aliases that
    someone lists. A name without letters or digits is its own key.
    """
    return " ".join(exact for _, exact in syllables(text)) or " ".join(nfc(text).split())


def same_name(a: str, b: str) -> bool:
    """Return whether `a` and `b` spell one name; see `name_key` for what counts."""
    return name_key(a) == name_key(b)
