"""A small reader of iCalendar, to hear our feeds as a calendar would (RFC 5545)."""

import re

ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def events(text):
    """[{"SUMMARY": ..., "DTSTART;VALUE=DATE": ...}] of the text of a calendar, unfolded and unescaped."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    found, current = [], None
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        name, value = line.split(":", 1)
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            assert name not in current
            current[name] = re.sub(r"\\.", lambda match: ESCAPES[match[0]], value)
    return found
