"""The text of a calendar, held against RFC 5545."""

import datetime

import pytest

from campaigns.domain.ical import CalendarEvent, write_calendar
from tests.campaigns import ics

HANOI = datetime.timezone(datetime.timedelta(hours=7))
STAMP = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def day(**changes):
    plain = {
        "uid": "day-1@localhost",
        "summary": "Ngày mẫu",
        "start": datetime.date(2024, 10, 1),
        "end": datetime.date(2024, 10, 7),
        "stamp": STAMP,
    }
    return CalendarEvent(**(plain | changes))


def written(**changes):
    [event] = ics.events(write_calendar("Lịch", [day(**changes)]))
    return event


def test_the_end_of_whole_days_is_the_day_after_the_last():
    event = written()
    assert event["DTSTART;VALUE=DATE"] == "20241001"
    assert event["DTEND;VALUE=DATE"] == "20241008"


def test_moments_are_written_in_universal_time():
    start = datetime.datetime(2026, 2, 5, 6, 30, tzinfo=HANOI)
    event = written(start=start, end=start + datetime.timedelta(hours=2))
    assert (event["DTSTART"], event["DTEND"]) == ("20260204T233000Z", "20260205T013000Z")


def test_an_event_of_which_only_the_beginning_is_known_has_no_end():
    start = datetime.datetime(2026, 2, 5, 6, 30, tzinfo=HANOI)
    assert "DTEND" not in written(start=start, end=start)  # RFC 5545, 3.8.2.2: an end is later than the start


def test_a_yearly_day_returns_every_year_and_29_february_on_the_last_of_the_month():
    leap = datetime.date(2024, 2, 29)
    assert written(yearly=True)["RRULE"] == "FREQ=YEARLY"
    assert written(yearly=True, start=leap, end=leap)["RRULE"] == "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    assert "RRULE" not in written()


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Đọc, viết; nói \\ nghe", "Đọc, viết; nói \\ nghe"),
        ("một\nhai\r\nba\rbốn", "một\nhai\nba\nbốn"),
        ("x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x\nEND:VEVENT\nBEGIN:VEVENT"),
    ],
)
def test_what_means_something_in_a_calendar_is_escaped(text, heard):
    event = written(summary=text, location=text, description=text)
    assert event["SUMMARY"] == event["LOCATION"] == event["DESCRIPTION"] == heard


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut():
    text = "Tuần lễ hưởng ứng học tập suốt đời 🎉 " * 20
    calendar = write_calendar("Lịch", [day(summary=text)])
    lines = calendar.encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines)  # raises where a letter is cut
    assert ics.events(calendar)[0]["SUMMARY"] == text


def test_an_empty_calendar_is_a_calendar():
    assert ics.events(write_calendar("Lịch", [])) == []
