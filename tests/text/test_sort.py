"""Vietnamese alphabetical order."""

import re
from random import Random

import pytest

from django.db import connection

from portal.text import given_name_key, sort_key, word_pattern

ALPHABET = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "ê",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "ô",
    "ơ",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "ư",
    "v",
    "w",
    "x",
    "y",
    "z",
]
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]
COMMUNES = [
    "An", "Ăn", "Ân", "Cao Chương", "Cao Thăng", "Chí Viễn", "Dũng", "Đàm Thủy", "Đình Phong", "Đoài Dương", "Đức Hồng",
    "Khâm Thành", "Lăng Hiếu", "Ngọc Côn", "Ngọc Khê", "Phong Châu", "Phong Nậm", "Quang Hán", "Quang Trung", "Quang Vinh",
    "Trà Lĩnh", "Tri Phương", "Trùng Khánh", "Trung Phúc", "Xuân Nội",
]  # fmt: skip


def in_order(expected, key=sort_key):
    shuffled = list(expected)
    Random(23).shuffle(shuffled)
    return sorted(shuffled, key=key)


@pytest.mark.parametrize(
    "expected",
    [
        ALPHABET,
        [letter + "z" for letter in ALPHABET],
        TONES,
        COMMUNES,
        ["Trà", "Trùng", "Trung Phúc"],
        ["hoa bình", "hòa bình", "hoa cả", "hoà cả"],
        ["lê", "Lê", "LÊ", "lề"],
        ["Tổ 2", "Tổ 9", "Tổ 10", "Tổ 10 A", "Tổ 10A", "Tổ 123456789", "Tổ 1234567890"],
        ["an bình", "anh", "ảnh"],
        ["2 tháng 9", "an", "zét", "越"],
        ["slao", "slương", "sơn"],
        ["Muller", "Müller", "Mulo"],
    ],
    ids=lambda expected: expected[0],
)
def test_lists_come_in_vietnamese_order(expected):
    assert in_order(expected) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà An", "Hòa An"),
        ("“Tủ sách”", "Tủ sách"),
        ("H'Mông", "H’Mông"),
        ("Tổ 05", "Tổ 5"),
        ("a  -  b", "a b"),
        ("", "…"),
    ],
)
def test_spellings_that_sort_alike(one, other):
    assert sort_key(one) == sort_key(other)


def test_a_key_is_ascii_and_of_bounded_length():
    key = sort_key("Đại hội 越南 🎓 " * 100_000)
    assert key.isascii()
    assert len(key) < 5_000


def test_people_sort_by_given_name_then_middle_then_family():
    people = [
        "Hoàng Văn An",
        "Trần Thị Ân",
        "Lê Thị Hoa",
        "Đàm Văn Hoa",
        "Nông Thị Hòa",
        "Bế Văn Hòa",
        "Lý Văn Hòa",
        "Y",
    ]
    assert in_order(people, given_name_key) == people


def test_a_name_of_nothing_has_an_empty_key():
    assert given_name_key(" ") == sort_key(" ") == ""


@pytest.mark.django_db
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="ICU's own Vietnamese order is read from PostgreSQL."
)
@pytest.mark.parametrize("words", [ALPHABET, TONES, COMMUNES])
def test_the_order_is_that_of_icu(words):
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT word FROM unnest(%s::text[]) AS word ORDER BY word COLLATE "vi-x-icu"', [words]
        )
        assert in_order(words) == [word for (word,) in cursor.fetchall()]


@pytest.mark.parametrize("word", ["ky", "KỸ", "kỷ", "thuat", "387", "qđ", "ttg", "Đàm", "thuy"])
def test_a_word_is_found_in_a_sort_key_whatever_its_accents(word):
    key = sort_key("Kỹ thuật 387/QĐ-TTg ở Đàm Thủy")
    assert re.search(word_pattern(word), key)


@pytest.mark.parametrize("word", ["k", "huat", "kythuat", "38", "87", "1", "3", "m", ".", "a|"])
def test_neither_parts_of_words_nor_tones_are_found(word):
    assert not re.search(word_pattern(word), sort_key("Kỹ thuật 387"))


def test_the_word_that_is_being_typed_may_go_on():
    key = sort_key("Kỹ thuật trồng ngô")
    assert re.search(word_pattern("thu", open_end=True), key)
    assert not re.search(word_pattern("huat", open_end=True), key)
