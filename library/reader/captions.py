"""Captions as a text to read: what is said in a recording, for those who cannot hear or load it (WebVTT). Pure."""

import re
from html import unescape

MARKS = re.compile(r"</?[^<>]*>")  # <v Lan>, <i>, <00:01.000>
TIMES = "-->"
NOT_SAID = ("WEBVTT", "NOTE", "STYLE", "REGION")


def said(content: str) -> str:
    """The cues one after the other, each a line; what a rolling caption repeats stands once."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", content.replace("\r\n", "\n").replace("\r", "\n")):
        rows = block.strip("\ufeff\n ").split("\n")
        if rows[0].startswith(NOT_SAID):
            continue
        start = next((number for number, row in enumerate(rows, start=1) if TIMES in row), len(rows))
        for row in rows[start:]:
            text = " ".join(unescape(MARKS.sub("", row)).split())
            if text and text not in lines[-1:]:
                lines.append(text)
    return "\n".join(lines)
