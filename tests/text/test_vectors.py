"""Each function on each awkward text, composed and decomposed."""

from unicodedata import normalize

import pytest

from portal import text

from .vectors import VECTORS

pytestmark = [
    pytest.mark.parametrize("form", ["NFC", "NFD"]),
    pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS.keys()),
]


def test_fold_drops_case_and_accents(vector, form):
    assert text.fold(normalize(form, vector.text)) == normalize("NFD", vector.folded)


def test_syllables_give_base_and_exact_tokens(vector, form):
    expected = [(normalize("NFD", base), normalize("NFD", exact)) for base, exact in vector.tokens]
    assert text.syllables(normalize(form, vector.text)) == expected


def test_slug_is_ascii_words(vector, form):
    assert text.slug(normalize(form, vector.text)) == vector.slug
