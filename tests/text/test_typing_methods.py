"""Raw Telex and VNI, as it is typed when the method is off."""

from unicodedata import is_normalized

import pytest

from portal.text import fold, telex, vni

VECTORS = [
    ("khuyến học", "khuyeens hocj", "khuye6n1 ho5c"),
    ("khuyến học", "khuyeensh hocj".replace("sh", "s"), "khuyen61 hoc5"),
    ("học tập", "hocj taapj", "hoc5 ta6p5"),
    ("học tập", "hojc tapaj", "ho5c tap65"),
    ("đường", "dduwowngf", "d9u7o7ng2"),
    ("đường", "dduongwf", "duong972"),
    ("được", "dduocwj", "d9uoc75"),
    ("nước", "nuwowcs", "nu7o7c1"),
    ("nước", "nuowcs", "nuo7c1"),
    ("trồng ngô", "troongf ngoo", "tro6ng2 ngo6"),
    ("người", "nguwowif", "ngu7o7i2"),
    ("thuở", "thuowr", "thuo73"),
    ("mưa", "muwa", "mu7a"),
    ("mưa", "muaw", "mua7"),
    ("trăng", "trawng", "tra8ng"),
    ("hoặc", "hoawcj", "hoa8c5"),
    ("tư", "tw", "tu7"),
    ("hòa", "hoaf", "hoa2"),
    ("thủy", "thuyr", "thuy3"),
    ("quý", "quys", "quy1"),
    ("già", "giaf", "gia2"),
    ("gì", "gif", "gi2"),
    ("khỏe", "khoer", "khoe3"),
    ("toán", "toans", "toan1"),
    ("tài liệu", "taif lieeuj", "tai2 lie6u5"),
    ("ngoài", "ngoaif", "ngoai2"),
    ("khuỷu", "khuyur", "khuyu3"),
    ("yếu", "yeeus", "ye6u1"),
    ("đất", "ddaats", "d9a6t1"),
    ("đi", "ddi", "d9i"),
    ("sách", "sachs", "sach1"),
    ("nghề", "ngheef", "nghe62"),
]


@pytest.mark.parametrize(("meant", "keys", "digits"), VECTORS)
def test_keys_become_letters(meant, keys, digits):
    assert (telex(keys), vni(digits)) == (meant, meant)
    assert telex(keys.upper()) == meant


@pytest.mark.parametrize(
    "text",
    ["class", "2026", "387/QĐ-TTg", "khuyến học", "gmail", "Excel 2019", "ma", "wifi", "http", "", "!?"],
)
def test_what_is_no_raw_typing_stays(text):
    assert (telex(text), vni(text)) == (text, text)


@pytest.mark.parametrize("text", ["khuyeens hocj, taapj", "  hocj  "])
def test_what_stands_between_words_stays(text):
    assert len(telex(text).split(" ")) == len(text.split(" "))
    assert is_normalized("NFC", telex(text))
    assert fold(telex(text)) == text.replace("khuyeens", "khuyen").replace("hocj", "hoc").replace(
        "taapj", "tap"
    )
