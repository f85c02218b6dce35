"""How far the reading of a source has come, and where it goes on. Pure.

A list is read page by page with the tokens of the source. Where it breaks off it is begun again from the highest
datestamp seen, with an overlap; and from its own beginning where the source does not list by datestamp. A list that the
source cannot give as a whole is asked for month by month.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from ..page import Cursor
from .answers import Offered
from .dates import DAY, Span, after, moment, month_from, with_overlap

FIRST_MONTH = (
    "1990-01-01"  # of a source that does not tell its oldest record; the first span is open at its beginning
)
MOST_ATTEMPTS = 2  # beginnings of a list that bring nothing new
ROUND = 500  # a list that ends after so many records has mostly been cut off


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a cursor.

    `began` is the hour of the source when the reading began, `deletions` its policy, `start` from when on everything is read. `begin` and `until`
    bound the list that is being read, `seen` is its highest datestamp, `ordered` whether it came by datestamps so far;
    `again` whether it is read a second time from somewhere, `stuck` how often in a row that brought nothing new. `read`
    counts its records, `before` those of the lists before it, `total` is what the source says of it.
    """

    prefix: str
    granularity: str = DAY
    deletions: str = ""
    began: str = ""
    earliest: str = ""
    set_number: int = 0
    start: str = ""
    begin: str = ""
    until: str = ""
    monthly: bool = False
    token: str = ""
    seen: str = ""
    ordered: bool = True
    again: bool = False
    stuck: int = 0
    read: int = 0
    farthest: int = 0
    before: int = 0
    total: int | None = None

    @classmethod
    def of(cls, cursor: Cursor) -> Self:
        return cls(**{name: value for name, value in cursor.items() if name in cls.__dataclass_fields__})

    @property
    def in_all(self) -> int | None:
        """How many records there are, as the source says."""
        return None if self.total is None or self.again else self.before + self.total

    def with_records(self, records: Sequence[Offered], total: int | None, *, news: bool) -> Self:
        """With the records of a page counted and their datestamps looked at."""
        seen, ordered = self.seen, self.ordered
        for each in records:
            if each.problem:
                continue
            if moment(each.datestamp) is None or each.datestamp < seen:
                ordered = False
            else:
                seen = each.datestamp
        read = self.read + len(records)
        progress = news and (not self.again or seen > self.seen or read > self.farthest)
        return replace(
            self,
            seen=seen,
            ordered=ordered,
            read=read,
            total=self.total if total is None else total,
            stuck=0 if progress else self.stuck,
        )

    def begun_again(self) -> Self | None:
        """The same list, from where it can be gone on without loss; None when that was tried often enough."""
        if self.stuck >= MOST_ATTEMPTS:
            return None
        return replace(
            self,
            begin=max(self.begin, self._behind) if self.ordered else self.begin,
            token="",
            again=True,
            stuck=self.stuck + 1,
            read=0,
            farthest=max(self.farthest, self.read),
            total=None,
        )

    def by_months(self) -> Self | None:
        """The first of the months; None when it cannot be divided (any more)."""
        span = self._first_month
        return span and replace(self._list(self.start, span[1]), monthly=True, again=True, before=self.before)

    def looks_cut_off(self) -> bool:
        """Has the list ended before its end? A list by datestamps can be asked for what lies behind."""
        if self.total is None or self.read >= self.total:
            return False
        if self.ordered:
            return self._behind > self.begin and self._behind > self.start
        cut = self.read % ROUND == 0 or self.read < self.total / 2
        return cut and not self.again and self._first_month is not None

    def next_list(self, sets: int) -> Self | None:
        """The next month, else the next of so many sets; None at the end."""
        if self.monthly and self.until:
            span = month_from(after(self.until, self.granularity), self.began, self.granularity)
            if span:
                return replace(self._list(*span), again=True)
        if self.set_number + 1 < sets:
            return replace(self._list(self.start, ""), set_number=self.set_number + 1, monthly=False)
        return None

    def by_days(self) -> Self:
        """For a source that takes no hours, whatever it says."""
        return replace(
            self, granularity=DAY, start=self.start[:10], begin=self.begin[:10], until=self.until[:10]
        )

    @property
    def _behind(self) -> str:
        return with_overlap(self.seen, self.granularity)

    @property
    def _first_month(self) -> Span | None:
        first = next(filter(moment, (self.start, self.earliest)), FIRST_MONTH)
        span = month_from(first, self.began, self.granularity)
        return span if span and span[1] and not self.monthly else None

    def _list(self, begin: str, until: str) -> Self:
        """At the beginning of another list."""
        return replace(
            self,
            begin=begin,
            until=until,
            token="",
            seen="",
            ordered=True,
            again=False,
            stuck=0,
            read=0,
            farthest=0,
            before=self.before + self.read,
            total=None,
        )
