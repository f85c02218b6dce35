"""Watching over a reading: does anything new still come, and has it not gone on for too long?"""

import time

from django.utils.translation import gettext as _

from ..page import SourceProblem
from .answers import Answer, Offered

MOST_PAGES = 200_000
LONGEST = 24 * 60 * 60.0  # s
OLD_PAGES_IN_A_ROW = 3
REMEMBERED = 100_000  # records; twice as many at most, some 20 MB


class Watch:
    """Remembers the tokens used and the last records seen. `began`: time.monotonic()."""

    def __init__(self, began: float):
        self._began = began
        self._pages = 0
        self._old_pages = self._new_pages = 0
        self._tokens: set[int] = set()
        self._known: set[int] = set()
        self._known_before: set[int] = set()
        self._new: set[int] = set()

    def look(self, token: str, answer: Answer, *, again: bool) -> None:
        """At a page before it is told. `again`: the list is read a second time, so that old records are no wonder.
        Raises SourceProblem."""
        self._pages += 1
        if self._pages > MOST_PAGES or time.monotonic() - self._began > LONGEST:
            raise SourceProblem(_("The reading takes too long and was stopped; it can go on from here."))
        marks = {_mark(each) for each in answer.records}
        self._new = marks - self._known - self._known_before
        self._remember(marks)
        if not token:
            self._tokens.clear()
        repeated = hash(token) in self._tokens
        self._tokens.add(hash(token))
        following = answer.token.text if answer.token else ""
        if self._new or not following:
            self._old_pages = 0
            self._new_pages += bool(self._new)
            return
        self._old_pages += 1
        borne = OLD_PAGES_IN_A_ROW + (self._new_pages if again else 0)
        if repeated or following == token or self._old_pages >= borne:
            raise SourceProblem(
                _(
                    "The source sends the same page again and again; the reading was stopped. What came before is kept."
                )
            )

    def is_new(self, record: Offered) -> bool:
        return not record.identifier or _mark(record) in self._new

    def _remember(self, marks: set[int]) -> None:
        self._known |= marks
        if len(self._known) > REMEMBERED:
            self._known_before, self._known = self._known, set()


def _mark(record: Offered) -> int:
    return hash((record.identifier, record.datestamp, record.deleted, bool(record.problem)))
