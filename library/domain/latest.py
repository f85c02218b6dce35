"""What the home page shows of the library: this season's shelf."""

import csv
from dataclasses import dataclass
from datetime import date as Date
from functools import cache
from pathlib import Path

from django.db.models import Q

from ..enums import Audience
from ..models import Classification, Resource, ResourceTag

SEASONS = Path(__file__).resolve().parents[1] / "data" / "seasons.csv"


@dataclass(frozen=True, slots=True)
class Season:
    """Days of every year ("MM-DD", both included; over New Year when `end` is before `start`) on which resources
    of a subject or with a tag are wanted. `basis` says why, for whoever edits the file."""

    start: str
    end: str
    subject: str
    tag: str
    basis: str

    def covers(self, day: str) -> bool:
        if self.start <= self.end:
            return self.start <= day <= self.end
        return day >= self.start or day <= self.end


@cache
def seasons() -> tuple[Season, ...]:
    with SEASONS.open(encoding="utf-8") as file:
        return tuple(Season(**row) for row in csv.DictReader(file))


def in_season(date: Date) -> list[Season]:
    """The seasons of that day. 29 February counts as the 28th, so that a leap day ends no season."""
    day = min(f"{date:%m-%d}", "02-28") if date.month == 2 else f"{date:%m-%d}"
    return [season for season in seasons() if season.covers(day)]


def seasonal(date: Date, n: int) -> list[Resource]:
    """At most `n` public resources for citizens that fit the season, filled up with the newest ones, with what a
    card shows of each: at most two queries."""
    for_citizens = Resource.objects.public().exclude(audience=Audience.OFFICER).order_by("-pk").for_cards()
    current = in_season(date)
    subjects = Classification.objects.filter(
        subject__slug__in=[each.subject for each in current if each.subject]
    )
    tags = ResourceTag.objects.filter(tag__name__in=[each.tag for each in current if each.tag])
    fitting = Q(pk__in=subjects.values("resource")) | Q(pk__in=tags.values("content_object"))
    shelf = list(for_citizens.filter(fitting)[:n])
    if len(shelf) < n:
        others = for_citizens.exclude(pk__in=[each.pk for each in shelf])
        shelf += others[: n - len(shelf)]
    return shelf
