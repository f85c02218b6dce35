"""Days and hours as sources write them, compared with each other. Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# What a source shows may be as much older than it says: clocks that go wrong, zones that are not stated, copies in caches
OVERLAP = timedelta(days=1)
PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")  # W3CDTF: a year, a month


def moment_of(text: str) -> datetime | None:
    """ISO 8601 in any precision (W3CDTF) or RFC 822; without a zone it is UTC. None for anything else."""
    text = text.strip()
    if partial := PARTIAL.fullmatch(text):
        text = f"{partial[1]}-{partial[2] or '01'}-01"
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(_six_figures(text))
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def is_before(text: str, since: str, *, overlap: timedelta = OVERLAP) -> bool:
    """Does what the source says lie before `since` for certain, by more than `overlap`? Where either cannot be read: no.
    A day without an hour lasts until its end."""
    moment, start = moment_of(text), moment_of(since)
    if moment is None or start is None:
        return False
    if len(text.strip()) <= len("2026-11-26"):
        return moment.date() < (start - overlap).date()
    return moment < start - overlap


def day_before(since: str) -> str:
    """The day from which to ask again, "" for what cannot be read."""
    moment = moment_of(since)
    return (moment - OVERLAP).strftime("%Y-%m-%d") if moment else ""


def stamp(text: str) -> str:
    """As ISO 8601 in UTC, to the second; "" for what cannot be read."""
    moment = moment_of(text)
    return utc(moment) if moment else ""


def utc(moment: datetime) -> str:
    """As ISO 8601 and RFC 3339 have it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _six_figures(text: str) -> str:
    """Nanoseconds are more than Python reads."""
    return re.sub(r"(\.\d{6})\d+", r"\1", text)
