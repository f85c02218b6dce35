import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.models import Site

from campaigns.domain.ical import CalendarEvent, write_calendar
from campaigns.models import EventPage, ObservanceDay

FIRST_YEAR = 2024  # of the yearly rules; a leap year, so that 29 February would exist
KEPT = datetime.timedelta(days=366)  # how long a past event stays in the feed


@require_safe
def calendar(request):
    """All events of the last year and to come, and every yearly day: a feed to subscribe to."""
    since = timezone.now() - KEPT
    events = _events().filter(locale__language_code=get_language()).coming(since)
    entries = [_of_event(event, request) for event in events]
    entries += [_of_day(day, request) for day in ObservanceDay.objects.all()]
    return _answer(_("Events of learning promotion"), entries, "lich.ics")


@require_safe
def event_calendar(request, pk):
    event = get_object_or_404(_events().with_end(), pk=pk)
    return _answer(event.title, [_of_event(event, request)], f"{event.slug}.ics")


def _events():
    return EventPage.objects.live().public().select_related("place", "locale")


def _uid(name, request):
    """The same whatever address of ours the feed is fetched by, so that no calendar shows an event twice."""
    return f"{name}@{Site.find_for_request(request).hostname}"


def _of_event(event, request):
    return CalendarEvent(
        uid=_uid(f"event-{event.pk}", request),
        summary=event.title,
        start=event.starts_at,
        end=event.end,
        stamp=event.last_published_at or event.starts_at,
        location=event.where,
        description=event.summary,
        url=event.get_full_url(request),
    )


def _of_day(day, request):
    start = day.start.in_year(FIRST_YEAR)
    return CalendarEvent(
        uid=_uid(f"day-{day.pk}", request),
        summary=day.name,
        start=start,
        end=day.end.in_year(FIRST_YEAR if day.end >= day.start else FIRST_YEAR + 1),
        stamp=datetime.datetime.combine(start, datetime.time(), datetime.UTC),
        yearly=True,
        description=day.legal_basis,
    )


def _answer(name, events, filename):
    response = HttpResponse(write_calendar(name, events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{get_valid_filename(filename)}"'
    return response
