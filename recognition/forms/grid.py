"""What comes in from the grid: as a plain form or as JSON, in both cases changes with what was seen before them."""

import json
from collections.abc import Iterator, Mapping

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.text import nfc

from ..domain.grid.saving import Change

MOST_CELLS = 500  # in one request of the page's script; a plain page has fewer
LONGEST_LINE = 2000
TEXTS = {"text": "", "seen": "", "note": None, "note_seen": ""}


def changes_of_json(body: bytes) -> tuple[Mapping, list[Change]]:
    """`{"user", "stage", "cells": [{"row", "code", "text", "seen", "note", "note_seen"}]}` -> (all of it, the changes).

    Raises BadRequest with a sentence."""
    try:
        data = json.loads(body)
        cells = data["cells"]
        if len(cells) > MOST_CELLS:
            raise BadRequest(_("At most %(most)s cells can be sent at once.") % {"most": MOST_CELLS})
        return data, [_change(cell) for cell in cells]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadRequest(_("What was sent cannot be read. Please load the page again.")) from error


def _change(cell: Mapping) -> Change:
    texts = {name: cell.get(name, default) for name, default in TEXTS.items()}
    if not all(isinstance(text, str) for name, text in texts.items() if text is not None or name != "note"):
        raise TypeError(cell)
    if any(text is not None and len(text) > LONGEST_LINE for text in texts.values()):
        raise ValueError(cell)
    row = cell["row"]
    if not isinstance(row, int) or not 0 <= row < 2**63:
        raise ValueError(cell)
    return Change(row, _code(cell["code"]), **{name: text and _line(text) for name, text in texts.items()})


def changes_of_form(posted: QueryDict) -> list[Change]:
    """The fields `cell-ROW-CODE` and `note-ROW-CODE` that say something else than what `seen` says they did."""
    seen = _seen(posted)
    return [change for change in _written(posted, seen) if _differs(change)]


def versions_of_form(posted: QueryDict) -> dict[int, int]:
    """{assessment: the version that the person saw}."""
    return {int(row): version for row, version in _by_row(posted, "versions", int).items()}


def _written(posted: QueryDict, seen: Mapping) -> Iterator[Change]:
    for name, text in posted.items():
        kind, _dash, rest = name.partition("-")
        row, _dash, code = rest.partition("-")
        if kind == "cell" and _is_number(row):
            before, note_before = seen.get(row, {}).get(code, ("", ""))
            note = posted.get(f"note-{row}-{code}")
            yield Change(
                int(row), code, _line(text), before, None if note is None else _line(note), note_before
            )


def _differs(change: Change) -> bool:
    return change.text != change.seen or change.note not in (None, change.note_seen)


def _seen(posted: QueryDict) -> dict[str, dict[str, tuple[str, str]]]:
    seen = _by_row(posted, "seen", dict)
    pairs = [pair for cells in seen.values() for pair in cells.values()]
    if not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
        for pair in pairs
    ):
        raise _unreadable()
    return seen


def _by_row(posted: QueryDict, name: str, kind: type) -> dict:
    try:
        found = json.loads(posted.get(name, "{}"))
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(found, dict) or not all(
        _is_number(row) and isinstance(said, kind) for row, said in found.items()
    ):
        raise _unreadable()
    return found


def _is_number(text: str) -> bool:
    """May it be a key of the database?"""
    return text.isascii() and text.isdigit() and len(text) < 19


def _line(text: str) -> str:
    return " ".join(nfc(text).split())


def _code(value: object) -> str:
    if not isinstance(value, str) or len(value) > 20:
        raise ValueError(value)
    return value


def _unreadable() -> BadRequest:
    return BadRequest(_("What was sent cannot be read. Please load the page again."))
