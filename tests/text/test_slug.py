"""Slugs of a limited length."""

import pytest

from portal.text import slug


@pytest.mark.parametrize(
    ("max_length", "expected"),
    [
        (18, "dai-hoi-khuyen-hoc"),
        (17, "dai-hoi-khuyen"),
        (14, "dai-hoi-khuyen"),
        (13, "dai-hoi"),
        (7, "dai-hoi"),
        (3, "dai"),
        (2, "da"),
    ],
)
def test_a_slug_is_cut_between_words_when_it_can_be(max_length, expected):
    assert slug("Đại hội Khuyến học", max_length) == expected


def test_a_slug_without_any_room_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        slug("Đại hội", 0)
