"""Folding as it is used to compare and to highlight."""

from unicodedata import normalize

import pytest

from portal.text import fold, fold_with_offsets, slug, syllables

WORD = "Trùng Khánh, Đàm Thuỷ"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("wanted", ["Trùng", "Khánh", "Đàm", "Thuỷ"])
def test_offsets_lead_from_a_folded_match_to_the_original_word(form, wanted):
    original = normalize(form, WORD)
    folded, offsets = fold_with_offsets(original)
    start = folded.index(fold(wanted))
    end = start + len(fold(wanted))
    stop = offsets[end] if end < len(folded) else len(original)
    assert original[offsets[start] : stop] == normalize(form, wanted)


def test_a_character_that_folds_to_several_gives_each_the_same_offset():
    assert fold_with_offsets("aßæ") == ("assae", [0, 1, 1, 2, 2])


def test_every_letter_of_the_vietnamese_alphabet_folds_to_ascii():
    plain = {base: fold(letters) for base, letters in VIETNAMESE_LETTERS.items()}
    assert plain == {base: base * len(letters) for base, letters in VIETNAMESE_LETTERS.items()}


def test_the_134_accented_letters_have_distinct_exact_tokens_but_for_case():
    letters = [letter for letters in VIETNAMESE_LETTERS.values() for letter in letters]
    assert len(letters) == 67
    assert len({syllables(letter)[0][1] for letter in letters}) == 67
    assert [syllables(letter.upper()) for letter in letters] == [syllables(letter) for letter in letters]


def test_one_megabyte_of_text_is_folded_whole():
    title = "Đại hội Khuyến học "
    times = 1_000_000 // len(title.encode()) + 1
    assert fold(title * times) == "dai hoi khuyen hoc " * times
    assert len(syllables(title * times)) == 4 * times
    assert slug(title * times) == "-".join(["dai-hoi-khuyen-hoc"] * times)


def test_one_megabyte_without_a_space_is_one_word():
    assert syllables("ệ" * 340_000) == [("e" * 340_000, "e" * 340_000 + "6" * 340_000 + "5" * 340_000)]


VIETNAMESE_LETTERS = {
    "a": "àảãáạăằẳẵắặâầẩẫấậ",
    "d": "đ",
    "e": "èẻẽéẹêềểễếệ",
    "i": "ìỉĩíị",
    "o": "òỏõóọôồổỗốộơờởỡớợ",
    "u": "ùủũúụưừửữứự",
    "y": "ỳỷỹýỵ",
}
