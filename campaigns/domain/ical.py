"""iCalendar (RFC 5545): plain values in, the text of a calendar out."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE_OCTETS = 75  # RFC 5545, 3.1
LAST_OF_FEBRUARY = ";BYMONTH=2;BYMONTHDAY=-1"  # a rule without it would leave 29 February to the leap years


@dataclass(frozen=True)
class CalendarEvent:
    """``start`` and ``end`` are both dates (whole days, ``end`` is the last day) or both aware datetimes; equal ones
    say that the end is not known."""

    uid: str
    summary: str
    start: datetime.date | datetime.datetime
    end: datetime.date | datetime.datetime
    stamp: datetime.datetime
    yearly: bool = False
    location: str = ""
    description: str = ""
    url: str = ""


def write_calendar(name: str, events: Iterable[CalendarEvent]) -> str:
    """The text of a VCALENDAR called ``name``, lines folded and ended by CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cong Khuyen hoc//NONSGML portal//VI",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    if isinstance(event.start, datetime.datetime):
        yield f"DTSTART:{_utc(event.start)}"
        if event.end > event.start:  # 3.8.2.2; without it the event ends when it begins (3.6.1)
            yield f"DTEND:{_utc(event.end)}"
    else:
        after = event.end + datetime.timedelta(days=1)  # DTEND is the first day that no longer belongs to it
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    if event.yearly:
        yield f"RRULE:FREQ=YEARLY{LAST_OF_FEBRUARY if (event.start.month, event.start.day) == (2, 29) else ''}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    for name in ("location", "description"):
        if text := getattr(event, name):
            yield f"{name.upper()}:{_escaped(text)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


def _utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for char, escape in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\r", "\\n"),
        ("\n", "\\n"),
    ):
        text = text.replace(char, escape)
    return text


def _folded(line: str) -> Iterator[str]:
    """At most 75 octets a line; a letter of several octets is never cut."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    yield piece
