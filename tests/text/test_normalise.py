"""The stored form of text."""

import pytest

from portal.text import nfc


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Kho\u0061\u0306\u0323n", "Khoặn"),
        ("h\u200bo\u200d\u0323\u2060c\ufeff", "học"),
        ("a\x00b\x1b\x7fc\x9f", "abc"),
        ("dòng\r\nhai\rba\fbốn\tnăm", "dòng\nhai\nba\nbốn\tnăm"),
        ("mất\ud83d nửa", "mất nửa"),
        ("ﬁ ２", "ﬁ ２"),
        ("", ""),
    ],
    ids=[
        "composed",
        "zero-width",
        "controls",
        "line ends",
        "lone surrogate",
        "compatibility forms stay",
        "empty",
    ],
)
def test_stored_text_is_composed_and_printable(raw, stored):
    assert nfc(raw) == stored
