"""The words looked for are marked in the original text, which is escaped."""

from unicodedata import normalize

import pytest

from portal.search.highlight import highlight
from portal.search.typed import read


@pytest.mark.parametrize(
    ("text", "typed", "wanted"),
    [
        ("Kỹ thuật trồng ngô", "trong", "Kỹ thuật <mark>trồng</mark> ngô"),
        ("Kỹ thuật trồng ngô", "KỸ THUẬT", "<mark>Kỹ thuật</mark> trồng ngô"),
        ("Kỹ thuật trồng ngô", "kythuat", "<mark>Kỹ thuật</mark> trồng ngô"),
        ("Kỹ thuật trồng ngô", "trồng n", "Kỹ thuật <mark>trồng ngô</mark>"),
        ("Quyết định 387/QĐ-TTg", "387/qd", "Quyết định <mark>387/QĐ</mark>-TTg"),
        ("Đường đi & đường về", "duong", "<mark>Đường</mark> đi &amp; <mark>đường</mark> về"),
        (
            '<b>ngô</b> "x"',
            "ngo b",
            "&lt;<mark>b</mark>&gt;<mark>ngô</mark>&lt;/<mark>b</mark>&gt; &quot;x&quot;",
        ),
        ("Ngô", "lúa", "Ngô"),
        ("Ngô", "", "Ngô"),
        ("", "ngo", ""),
    ],
)
def test_marks(text, typed, wanted):
    assert highlight(text, read(typed)) == wanted


def test_marks_stay_with_their_letters_in_decomposed_text():
    text = normalize("NFD", "Tiếng Việt")
    assert (
        highlight(text, read("tieng "))
        == f"<mark>{normalize('NFD', 'Tiếng')}</mark> {normalize('NFD', 'Việt')}"
    )


def test_the_text_without_its_marks_is_the_text():
    text = "Ấm, ầm ĩ: AM 🙂 ﬁ ½"
    assert highlight(text, read("am fi")).replace("<mark>", "").replace("</mark>", "") == text


LONG = "Mở đầu. " * 30 + "Kỹ thuật trồng ngô trên đất dốc. " + "Kết thúc. " * 30


def test_of_a_long_text_the_part_around_the_first_word_is_shown():
    shown = highlight(LONG, read("trong ngo "), 100)
    assert "<mark>trồng ngô</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 100 + len("… <mark></mark> …")


def test_of_a_long_text_without_the_words_the_beginning_is_shown():
    assert highlight(LONG, read("lúa"), 20) == "Mở đầu. Mở đầu. Mở …"


@pytest.mark.parametrize("typed", ["", "a", "aaaa"])
def test_a_text_without_a_space_is_cut_all_the_same(typed):
    assert len(highlight("a" * 500, read(typed), 100).replace("<mark>", "").replace("</mark>", "")) <= 104


def test_a_short_text_is_shown_whole():
    assert highlight("Trồng ngô", read("ngo"), 100) == "Trồng <mark>ngô</mark>"
