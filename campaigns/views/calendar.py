import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.domain.ical import CalendarEvent, write_calendar
from campaigns.models import EventPage, ObservanceDay

FIRST_YEAR = 2024  # of the yearly rules; a leap year, so that 29 February would exist
KEPT = datetime.timedelta(days=366)  # how long a past event stays in the feed


@require_safe
def calendar(request):
    """All events of the last year and to come, and every yearly day: a feed to subscribe to."""
    since = timezone.now() - KEPT
    events = [
        _of_event(event, request)
        for event in EventPage.objects.live().public().select_related("place").coming(since)
    ]
    days = [_of_day(day, request) for day in ObservanceDay.objects.all()]
    return _answer(_("Events of learning promotion"), events + days, "lich.ics")


@require_safe
def event_calendar(request, pk):
    event = get_object_or_404(EventPage.objects.live().public().select_related("place").with_end(), pk=pk)
    return _answer(event.title, [_of_event(event, request)], f"{event.slug}.ics")


def _of_event(event, request):
    return CalendarEvent(
        uid=f"event-{event.translation_key}@{request.get_host()}",
        summary=event.title,
        start=event.starts_at,
        end=event.end,
        stamp=event.last_published_at or event.starts_at,
        location=", ".join(filter(None, [event.venue, str(event.place or "")])),
        description=event.summary,
        url=event.get_full_url(request),
    )


def _of_day(day, request):
    start = day.start.in_year(FIRST_YEAR)
    return CalendarEvent(
        uid=f"day-{day.pk}@{request.get_host()}",
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
