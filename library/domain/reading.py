"""What a signed-in person keeps: resources to find again, and the page or the second at which they stopped.

The same list of somebody who does not sign in lies in their browser only, as {"kept": {id: {"title", "at"}}, "reading":
{id: {"title", "rendition", "page" or "second", "at"}}}; `at` is ISO 8601. This shape is also that of the export and of
`merge`.
"""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.accounts.permissions import is_officer
from portal.text import format_date
from portal.web.spreadsheet import kept_a_text

from ..models import Bookmark, ReadingProgress, Rendition, Resource
from ..models.reading import openable
from .ways import PLAYED

MOST = 2000  # entries of a list that a browser hands over
LONGEST = 1_000_000  # characters of it
LAST_PAGE = 100_000
LAST_SECOND = 1_000_000  # eleven days
MOST_DIGITS = 18


class NotAList(ValueError):
    """What a browser sent is not a list of this kind."""


class ReadingLog(NamedTuple):
    """Of one person, the newest first."""

    kept: list[Bookmark]
    reading: list[ReadingProgress]

    def __bool__(self):
        return bool(self.kept or self.reading)


def log_of(user) -> ReadingLog:
    officer = is_officer(user)
    return ReadingLog(
        list(Bookmark.objects.of(user, officer=officer)),
        list(ReadingProgress.objects.of(user, officer=officer).select_related("rendition")),
    )


def keep(user, resource: Resource) -> None:
    Bookmark.objects.get_or_create(user=user, resource=resource)


def let_go(user, resource_id: int) -> None:
    Bookmark.objects.filter(user=user, resource_id=resource_id).delete()


def is_kept(user, resource: Resource) -> bool:
    return user.is_authenticated and Bookmark.objects.filter(user=user, resource=resource).exists()


def stopped_at(user, rendition: Rendition, page: int) -> None:
    """`user`, signed in, now reads this page (from 1) of a resource. To be called by the reader at each page."""
    _put(user, rendition.resource_id, _place(rendition, page))


def played_to(user, rendition: Rendition, second: int) -> None:
    """`user`, signed in, hears or sees this second of a recording; 0: to the end, so that there is nothing to go on with.
    Raises ValueError for more than a recording can have."""
    if second > LAST_SECOND:
        raise ValueError(second)
    if second:
        _put(user, rendition.resource_id, _place(rendition, second))
    else:
        ReadingProgress.objects.filter(user=user, rendition=rendition).delete()


def second_of(user, rendition: Rendition) -> int:
    """Where this person, signed in, stopped this recording; 0 for the beginning. A merge may have moved the file."""
    places = ReadingProgress.objects.filter(user=user, rendition=rendition, second__isnull=False)
    return places.values_list("second", flat=True).first() or 0


def _place(rendition: Rendition, number: int) -> dict[str, Any]:
    """Recordings are played to a second, all others read to a page."""
    played = rendition.form in PLAYED
    return {"rendition": rendition, "page": None if played else number, "second": number if played else None}


def _put(user, resource_id: int, place: dict[str, Any]) -> None:
    place = {"at": timezone.now(), **place}
    ReadingProgress.objects.update_or_create(user=user, resource_id=resource_id, defaults=place)


def place_of(user, resource: Resource) -> ReadingProgress | None:
    """Where this person stopped reading it."""
    return (
        ReadingProgress.objects.filter(user=user, resource=resource).first()
        if user.is_authenticated
        else None
    )


def forget_place(user, resource_id: int) -> None:
    ReadingProgress.objects.filter(user=user, resource_id=resource_id).delete()


@transaction.atomic
def forget_all(user) -> None:
    Bookmark.objects.filter(user=user).delete()
    ReadingProgress.objects.filter(user=user).delete()


@transaction.atomic
def merge(user, text: str) -> int:
    """Add the list of a browser (JSON) to this person's; the later of two places wins. Returns how many entries were
    new. What the person may not see, and what is not there, is left out. Raises NotAList."""
    sent = _read(text)
    ids = {*sent["kept"], *sent["reading"]}
    resources = openable(officer=is_officer(user)).in_bulk(list(ids))
    return _merge_kept(user, sent["kept"], resources) + _merge_places(user, sent["reading"], resources)


def _read(text: str) -> dict[str, dict[int, dict]]:
    if len(text) > LONGEST:
        raise NotAList
    try:
        sent = json.loads(text)
        lists = {name: sent.get(name) or {} for name in ("kept", "reading")}
        found = {name: {_number(pk): dict(row) for pk, row in rows.items()} for name, rows in lists.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NotAList from error
    if any(len(rows) > MOST for rows in found.values()):
        raise NotAList
    return found


def _moment(value: Any) -> datetime:
    """When something was kept, as the browser says; its clock may be wrong or its word nonsense: then now."""
    now = timezone.now()
    try:
        at = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    return at if at and at.tzinfo and at < now else now


def _merge_kept(user, rows: dict[int, dict], resources: dict[int, Resource]) -> int:
    had = set(Bookmark.objects.filter(user=user).values_list("resource_id", flat=True))
    new = [
        Bookmark(user=user, resource=resources[pk], at=_moment(row.get("at")))
        for pk, row in rows.items()
        if pk in resources and pk not in had
    ]
    Bookmark.objects.bulk_create(new)
    return len(new)


def _merge_places(user, rows: dict[int, dict], resources: dict[int, Resource]) -> int:
    had = {each.resource_id: each for each in ReadingProgress.objects.filter(user=user)}
    files = Rendition.objects.filter(resource__in=resources).in_bulk()
    written = 0
    for pk, row in rows.items():
        rendition, at = files.get(_number(row.get("rendition"))), _moment(row.get("at"))
        later = pk not in had or at > had[pk].at
        if rendition and rendition.resource_id == pk and later and (number := _number_in(rendition, row)):
            _put(user, pk, _place(rendition, number) | {"at": at})
            written += pk not in had
    return written


def _number_in(rendition: Rendition, row: dict) -> int:
    """The page, or the second of a recording; 0 for none that can be."""
    name, last = ("second", LAST_SECOND) if rendition.form in PLAYED else ("page", LAST_PAGE)
    number = _number(row.get(name))
    return number if number <= last else 0


def _number(value: Any) -> int:
    """0 for what is no whole number of a size that a database takes."""
    text = str(value)
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def as_json(log: ReadingLog, address: Callable[[str], str]) -> str:
    """`address` makes a full address of a path."""
    data = {
        "kept": {str(each.resource_id): _entry(each, address) for each in log.kept},
        "reading": {
            str(each.resource_id): _entry(each, address) | _place_entry(each) for each in log.reading
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _entry(row: Bookmark | ReadingProgress, address: Callable[[str], str]) -> dict:
    url = address(row.resource.get_absolute_url())
    return {"title": row.resource.title, "at": row.at.isoformat(), "address": url}


def _place_entry(row: ReadingProgress) -> dict:
    number = {"page": row.page} if row.page else {"second": row.second}
    return {"rendition": row.rendition_id, **number}


def as_csv(log: ReadingLog, address: Callable[[str], str]) -> str:
    """For a spreadsheet: UTF-8 with its mark; no title is run as a formula."""
    file = StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow([_("List"), _("Title"), _("Page or time"), _("Date"), _("Address")])
    for name, rows in ((_("Reading"), log.reading), (_("Kept"), log.kept)):
        for row in rows:
            title = row.resource.title
            day = format_date(timezone.localdate(row.at))
            url = address(row.resource.get_absolute_url())
            writer.writerow([name, kept_a_text(title), getattr(row, "place", ""), day, url])
    return file.getvalue()
