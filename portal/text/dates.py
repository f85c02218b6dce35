"""Dates as they are written in Viet Nam (vn_rules R6.1, R6.2)."""

import re
from datetime import date
from unicodedata import normalize

_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def parse_date_vi(text: str) -> date:
    """Read a date: 5/2/2026, 05-02-2026, 05.02.2026 (day first) or 2026-02-05 (ISO 8601).

    Raises ValueError, with a sentence for the log, for anything else and for a day that does not exist.
    """
    written = normalize("NFKC", text).strip()
    match = _DAY_FIRST.fullmatch(written) or _ISO.fullmatch(written)
    if match is None:
        raise ValueError(f"not a date as day/month/year or year-month-day: {text[:40]!r}")
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise ValueError(f"no such day in the calendar: {text[:40]!r}") from error


def format_date(day: date) -> str:
    """Return "05/02/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_date_long(day: date) -> str:
    """Return "Thứ Hai, ngày 23 tháng 11 năm 2026"; day and month always have two digits."""
    return f"{_WEEKDAYS[day.weekday()]}, ngày {day.day:02} tháng {day.month:02} năm {day.year:04}"


def format_date_official(day: date) -> str:
    """Return "ngày 05 tháng 02 năm 2026" as on the papers of offices: months from March on have no zero before them
    (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year:04}"
