"""Laws that hold for any text."""

from decimal import Decimal
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.text import (
    fold,
    fold_with_offsets,
    format_date,
    format_number_vi,
    given_name_key,
    name_key,
    nfc,
    parse_date_vi,
    parse_number_vi,
    slug,
    sort_key,
    syllables,
)

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặếệốộớợứựýỵ \u0301\u0300\u0309\u0303\u0323\u0302\u031b\u0306'’-./0129"
LATIN = st.characters(max_codepoint=0x17F, exclude_characters="µ") | st.characters(
    min_codepoint=0x1E00, max_codepoint=0x1EFF
)
TEXTS = st.text() | st.text(alphabet=VIETNAMESE)


@given(TEXTS)
def test_folding_normalising_and_slugs_are_idempotent(text):
    for function in (nfc, fold, slug):
        once = function(text)
        assert function(once) == once


@given(TEXTS)
def test_composed_and_decomposed_text_are_the_same(text):
    composed, decomposed = normalize("NFC", text), normalize("NFD", text)
    for function in (nfc, fold, slug, syllables, sort_key, given_name_key, name_key):
        assert function(composed) == function(decomposed) == function(text)


@given(TEXTS)
def test_base_tokens_are_the_tokens_of_the_folded_text(text):
    folded = fold(text)
    bases = [base for base, _ in syllables(text)]
    assert [base for base, _ in syllables(folded)] == bases
    assert "".join(char for char in folded if char.isalnum()) == "".join(
        char for base in bases for char in base if char.isalnum()
    )


@given(TEXTS)
def test_exact_tokens_begin_with_their_base(text):
    assert all(base and exact.startswith(base) for base, exact in syllables(text))


@given(TEXTS)
def test_offsets_belong_to_the_folded_text_and_never_go_back(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(alphabet=LATIN))
def test_latin_words_give_ascii_tokens(text):
    assert all(exact.isascii() for _, exact in syllables(text))


@given(TEXTS, st.integers(1, 30))
def test_a_slug_keeps_its_limit_and_never_ends_in_a_hyphen(text, limit):
    short = slug(text, limit)
    assert len(short) <= limit
    assert slug(text).startswith(short)
    assert short == short.strip("-")


@given(TEXTS)
def test_sort_keys_are_printable_ascii(text):
    for key in (sort_key(text), given_name_key(text)):
        assert key.isascii()
        assert not key or key.isprintable()


@given(st.text(alphabet=VIETNAMESE))
def test_capitals_spaces_and_form_do_not_change_a_name(text):
    shouted = normalize("NFD", text.upper().replace(" ", " \t "))
    assert name_key(shouted) == name_key(text)
    assert sort_key(shouted.lower()) == sort_key(text.lower())


@given(st.dates())
def test_a_written_date_is_read_back(day):
    assert parse_date_vi(format_date(day)) == day


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_a_written_number_is_read_back(number):
    assert parse_number_vi(format_number_vi(number)) == Decimal(number)
