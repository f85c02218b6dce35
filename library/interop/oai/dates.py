"""Datestamps of OAI-PMH: UTC, by the second or by the day (3.3 of the protocol). Pure."""

import re
from datetime import UTC, datetime, timedelta

DAY, SECONDS = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?Z)?")
OVERLAP = {SECONDS: timedelta(seconds=1), DAY: timedelta(days=1)}
Span = tuple[str, str]  # from, until; both inclusive, "" where it is open


def moment(text: str) -> datetime | None:
    """None for what is no datestamp: "20210311"."""
    match = STAMP.fullmatch(text.strip())
    if not match:
        return None
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00:00'}+00:00")
    except ValueError:
        return None


def granularity_of(text: str) -> str:
    """As Identify says it; what is not understood is a day, which every source must take."""
    return SECONDS if "hh:mm:ss" in text else DAY


def written(when: datetime, granularity: str) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ" if granularity == SECONDS else "%Y-%m-%d")


def with_overlap(stamp: str, granularity: str) -> str:
    """A little before `stamp`; "" when it is none."""
    when = moment(stamp)
    return written(when - OVERLAP[granularity], granularity) if when else ""


def month_from(first: str, last: str, granularity: str) -> Span | None:
    """From `first` to the end of its month; open at its end when `last` lies in it. None without two dates."""
    begin, end = moment(first), moment(last)
    if not begin or not end:
        return None
    following = datetime(begin.year + begin.month // 12, begin.month % 12 + 1, 1, tzinfo=UTC)
    until = "" if following > end else written(following - OVERLAP[granularity], granularity)
    return written(begin, granularity), until


def after(until: str, granularity: str) -> str:
    """The first datestamp behind a span."""
    return written(moment(until) + OVERLAP[granularity], granularity)
