"""When two spellings are one name."""

from unicodedata import normalize

import pytest

from portal.text import name_key, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đàm Thuỷ", "Đàm Thủy"),
        ("Hoà An", "HÒA  AN"),
        ("Thông Hoè", "Thông Hòe"),
        ("Qúy", "Quý"),
        ("Khánh", normalize("NFD", "Khánh")),
        (" TT. Trùng Khánh ", "TT Trùng Khánh"),
        ("Ðình Phong", "Đình Phong"),
    ],
)
def test_tone_place_case_and_space_do_not_make_another_name(one, other):
    assert same_name(one, other)
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hoa"),
        ("Hoà", "Hoá"),
        ("Lăng", "Lâng"),
        ("Lăng", "Lang"),
        ("Đàm", "Dàm"),
        ("Phong Nậm", "Phong Nặm"),
        ("Quí", "Quý"),
        ("Trùng Khánh", "TrùngKhánh"),
        ("Hòa", "Hoa2"),
        ("Tổ 1", "Tổ 10"),
        ("?", "!"),
    ],
)
def test_letters_and_tones_make_another_name(one, other):
    assert not same_name(one, other)
