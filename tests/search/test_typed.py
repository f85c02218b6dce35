"""What a visitor typed is read into words, phrases and exclusions."""

from unicodedata import normalize

import pytest

from portal.search.typed import MAX_WORDS, read


def bases(words):
    return [word.base for word in words]


def test_words_are_folded_and_asked_for_once():
    assert bases(read("Khuyến học KHUYẾN HỌC").words) == ["khuyen", "hoc"]


def test_the_last_word_is_open_while_it_is_being_typed():
    assert read("khuyến ho").open_word.base == "ho"


def test_text_typed_in_decomposed_form_is_read_as_the_composed_one():
    composed = "khuyến tậ"
    assert read(normalize("NFD", composed)) == read(composed)
    assert read(composed).open_word.base == "ta"


@pytest.mark.parametrize(
    "text", ["khuyến học ", "khuyến học.", '"khuyến học"', "học -khuyến", "khuyến học ?"]
)
def test_a_word_that_was_ended_is_not_open(text):
    assert read(text).open_word is None


@pytest.mark.parametrize("text", ['"học tập" số', "“học tập” số", "«học tập» số", 'số "HOC TAP"'])
def test_quotation_marks_of_any_kind_make_a_phrase(text):
    typed = read(text)
    assert [bases(phrase) for phrase in typed.phrases] == [["hoc", "tap"]]
    assert set(bases(typed.words)) == {"hoc", "tap", "so"}


@pytest.mark.parametrize("text", ['"', 'học "tập', 'học" tập', '""', '" "'])
def test_a_lone_quotation_mark_is_passed_over(text):
    assert read(text).phrases == ()


def test_a_minus_leaves_out_a_word_or_a_phrase():
    typed = read('ngô -lúa -"học tập"')
    assert bases(typed.words) == ["ngo"]
    assert [bases(words) for words in typed.excluded] == [["lua"], ["hoc", "tap"]]


def test_a_hyphen_inside_a_code_leaves_nothing_out():
    typed = read("387/QĐ-TTg")
    assert bases(typed.words) == ["387", "qd", "ttg"]
    assert typed.excluded == ()


def test_too_many_words_and_nul_bytes_do_no_harm():
    typed = read("\0 " + " ".join(f"w{number}" for number in range(100)))
    assert len(typed.words) == MAX_WORDS


@pytest.mark.parametrize(
    ("text", "blank", "empty"), [("", True, False), (" \0 ", True, False), ("!? 🙂", False, True)]
)
def test_nothing_typed_is_not_the_same_as_nothing_to_look_for(text, blank, empty):
    assert (read(text).blank, read(text).empty) == (blank, empty)
