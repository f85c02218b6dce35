"""Days that return every year: when they come next. Pure rules over dates."""

import calendar
import datetime
from typing import NamedTuple

LEAP_YEAR = 2024


class MonthDay(NamedTuple):
    """A day of every year. 29 February falls on the 28th in a common year."""

    month: int
    day: int

    @property
    def exists(self) -> bool:
        return 1 <= self.month <= 12 and 1 <= self.day <= calendar.monthrange(LEAP_YEAR, self.month)[1]

    def in_year(self, year: int) -> datetime.date:
        last = calendar.monthrange(year, self.month)[1]
        return datetime.date(year, self.month, min(self.day, last))


class Span(NamedTuple):
    first: datetime.date
    last: datetime.date


def next_occurrence(start: MonthDay, end: MonthDay, today: datetime.date) -> Span:
    """The span of days that is going on today, or else the next one. A span may cross the new year."""
    for year in (today.year - 1, today.year, today.year + 1):
        first = start.in_year(year)
        last = end.in_year(year if end >= start else year + 1)
        if last >= today:
            return Span(first, last)
    raise AssertionError("a day of every year comes next year at the latest")
