"""How long a server asks to be left alone (RFC 9110, 10.2.3). Pure."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_to_rest(text: str, now: datetime) -> float | None:
    """Of a Retry-After, a number or a day and hour; None when there is none, or none that is understood."""
    if re.fullmatch(r"[0-9]{1,12}", text.strip()):
        return float(text)
    moment = moment_of(text)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def moment_of(text: str) -> datetime | None:
    """The day and hour of a header (Date, Retry-After)."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
