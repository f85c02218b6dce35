"""Dates read and written."""

from datetime import date

import pytest

from portal.text import format_date, format_date_long, format_date_official, parse_date_vi


@pytest.mark.parametrize(
    "written",
    ["05/02/2026", "5/2/2026", "05-02-2026", "5.2.2026", "2026-02-05", " 05/02/2026\n", "０５/０２/２０２６"],
)
def test_the_fifth_of_february_is_read_day_first(written):
    assert parse_date_vi(written) == date(2026, 2, 5)


@pytest.mark.parametrize(
    "written", ["", "5/2", "5/2/26", "5/2-2026", "2/5/2026 10:00", "2026/02/05", "ngày 5", "05/02/20266"]
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match="not a date"):
        parse_date_vi(written)


@pytest.mark.parametrize("written", ["30/02/2026", "02/23/2026", "2026-13-01", "00/01/2026", "01/01/0000"])
def test_a_day_that_does_not_exist_is_refused(written):
    with pytest.raises(ValueError, match="no such day"):
        parse_date_vi(written)


def test_dates_are_written_with_two_digits():
    assert format_date(date(2026, 2, 5)) == "05/02/2026"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 23), "Thứ Hai, ngày 23 tháng 11 năm 2026"),
        (date(2026, 2, 5), "Thứ Năm, ngày 05 tháng 02 năm 2026"),
        (date(2026, 10, 4), "Chủ Nhật, ngày 04 tháng 10 năm 2026"),
    ],
)
def test_long_dates_name_the_weekday(day, written):
    assert format_date_long(day) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 10, 31), "ngày 31 tháng 10 năm 2026"),
    ],
)
def test_on_papers_of_offices_only_the_first_two_months_have_a_zero_before_them(day, written):
    assert format_date_official(day) == written
