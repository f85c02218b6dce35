"""Vietnamese slugs while the editor types: rules for Wagtail's slug field, the same as portal.text.slug."""

import unicodedata

BASES = "aeiouyd"


def _letters_of(base: str) -> str:
    """Every Vietnamese letter, small and capital, that `base` stands for without its marks."""
    found = [
        letter
        for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))
        if (letter := chr(code)) and unicodedata.normalize("NFD", letter)[0].lower() == base
    ]
    return "".join(found) + ("đĐ" if base == "d" else "")


# (pattern, replacement) of JavaScript, applied one after the other before Wagtail's own transliteration.
# Marks of decomposed text come after the letters; an apostrophe joins (H'Mông -> hmong); the rest separates.
SLUG_FORMATTERS = [
    *((f"[{_letters_of(base)}]", base) for base in BASES),
    ("[\u0300-\u036f'’ʼ]", ""),
    ("[^A-Za-z0-9]+", "-"),
    ("^-+|-+$", ""),
]
