"""When a yearly day comes next: plain rules over dates."""

import datetime

import pytest

from campaigns.domain.calendar import MonthDay, next_occurrence

D = datetime.date


@pytest.mark.parametrize(
    ("start", "end", "today", "first", "last"),
    [
        pytest.param((10, 2), (10, 2), D(2026, 10, 1), D(2026, 10, 2), D(2026, 10, 2), id="tomorrow"),
        pytest.param((10, 2), (10, 2), D(2026, 10, 2), D(2026, 10, 2), D(2026, 10, 2), id="today"),
        pytest.param((10, 2), (10, 2), D(2026, 10, 3), D(2027, 10, 2), D(2027, 10, 2), id="next year"),
        pytest.param((10, 1), (10, 7), D(2026, 10, 4), D(2026, 10, 1), D(2026, 10, 7), id="going on"),
        pytest.param((10, 1), (10, 7), D(2026, 10, 7), D(2026, 10, 1), D(2026, 10, 7), id="last day"),
        pytest.param((10, 1), (10, 7), D(2026, 10, 8), D(2027, 10, 1), D(2027, 10, 7), id="over"),
        pytest.param((12, 30), (1, 2), D(2026, 12, 31), D(2026, 12, 30), D(2027, 1, 2), id="before new year"),
        pytest.param((12, 30), (1, 2), D(2027, 1, 1), D(2026, 12, 30), D(2027, 1, 2), id="after new year"),
        pytest.param((12, 30), (1, 2), D(2027, 1, 3), D(2027, 12, 30), D(2028, 1, 2), id="new year over"),
        pytest.param((2, 29), (2, 29), D(2027, 1, 1), D(2027, 2, 28), D(2027, 2, 28), id="common year"),
        pytest.param((2, 29), (2, 29), D(2028, 1, 1), D(2028, 2, 29), D(2028, 2, 29), id="leap year"),
        pytest.param((2, 29), (2, 29), D(2027, 3, 1), D(2028, 2, 29), D(2028, 2, 29), id="next leap year"),
    ],
)
def test_a_yearly_day_is_going_on_or_comes_next(start, end, today, first, last):
    assert next_occurrence(MonthDay(*start), MonthDay(*end), today) == (first, last)


@pytest.mark.parametrize("day", [(2, 29), (12, 31), (4, 30)])
def test_a_day_of_some_year_exists(day):
    assert MonthDay(*day).exists


@pytest.mark.parametrize("day", [(2, 30), (4, 31), (0, 1), (13, 1), (1, 0), (1, 32)])
def test_a_day_of_no_year_does_not_exist(day):
    assert not MonthDay(*day).exists
