"""What is worked out once and then known, within bounds."""

from portal.text import fold, folds_in_place, syllable_texts, syllables
from portal.text.learning import Learnt


def test_a_rule_is_asked_once_for_each_key():
    asked = []
    known = Learnt(lambda key: asked.append(key) or key.upper(), capacity=10)
    assert [known["a"], known["b"], known["a"]] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_a_flood_of_keys_does_not_fill_the_memory_nor_keep_out_the_usual_ones():
    known = Learnt(str, capacity=3)
    for key in range(100):
        assert known[key] == str(key)
        assert len(known) <= 3
    assert 99 in known


def test_what_is_too_long_for_a_word_is_worked_out_and_not_kept():
    known = Learnt(str.upper, capacity=3, longest=5)
    assert known["abcdef"] == "ABCDEF"
    assert not known


def test_the_texts_of_the_syllables_say_what_the_pairs_say():
    for text in ("Khuyến học, khuyến tài: 387/QĐ-TTg", "hoà  -- “hòa”", "…", "", "a" * 50 + " ngô"):
        bases, exacts = syllable_texts(text)
        assert bases.split() == [base for base, _exact in syllables(text)]
        assert exacts.split() == [exact for _base, exact in syllables(text)]


def test_a_text_folds_in_place_when_each_character_becomes_one():
    assert folds_in_place("Đại hội Khuyến học, 2026")
    assert len(fold("Straße")) != len("Straße")
    assert not folds_in_place("cả một Straße")
