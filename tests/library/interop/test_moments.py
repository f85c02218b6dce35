"""Days and hours as sources write them."""

import pytest

from library.interop.moments import day_before, is_before, stamp


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-11-26T08:00:00+07:00", "2026-11-26T01:00:00Z"),
        ("2026-11-26T01:00:00Z", "2026-11-26T01:00:00Z"),
        ("2017-07-12T17:38:39.106050216+02:00", "2017-07-12T15:38:39Z"),
        ("Thu, 26 Nov 2026 01:00:00 GMT", "2026-11-26T01:00:00Z"),
        ("2026-11-26", "2026-11-26T00:00:00Z"),
        ("2026-11", "2026-11-01T00:00:00Z"),
        ("2026", "2026-01-01T00:00:00Z"),
        ("hôm qua", ""),
        ("", ""),
        ("0000-00-00", ""),
    ],
)
def test_a_moment_is_read_in_any_of_the_usual_ways(written, utc):
    assert stamp(written) == utc


@pytest.mark.parametrize(
    ("written", "before"),
    [
        ("2026-11-01", True),
        ("2026-11-24T23:00:00Z", True),
        ("2026-11-25", False),
        ("2026-11-25T12:00:00Z", False),
        ("2026-11-26T12:00:00Z", False),
        ("hôm qua", False),
        ("", False),
    ],
)
def test_only_what_is_older_by_more_than_a_day_for_certain_is_before(written, before):
    assert is_before(written, "2026-11-26T01:00:00Z") is before
    assert not is_before(written, "")


def test_what_has_changed_is_asked_for_from_the_day_before():
    assert day_before("2026-11-01T10:00:00Z") == "2026-10-31"
    assert day_before("sha256:0") == ""
