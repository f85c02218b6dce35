"""How long a title holds, and how long ago one was given. Pure."""

from datetime import date as Date
from datetime import timedelta


def last_day(decided_on: Date, months: int | None) -> Date | None:
    """The last day of a title: so many months after the year of the decision (TT 24/2023/TT-BGDĐT, TT 25/2023/TT-BGDĐT).

    None where the criteria set names no validity: then the title holds until it is revoked.
    """
    if months is None:
        return None
    years, rest = divmod(months, 12)
    return Date(decided_on.year + 1 + years, 1 + rest, 1) - timedelta(days=1)


def months_between(earlier: Date, later: Date) -> int:
    """Whole months from one day to another; 0 when they are out of order."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))
