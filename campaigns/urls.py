from django.urls import path, re_path

from wagtail.views import serve

from .views import calendar

app_name = "campaigns"

urlpatterns = [
    # Wagtail's own pattern takes only addresses that end with a slash.
    re_path(r"^((?:[\w-]+/)+(?:rss|atom)\.xml)$", serve, name="feed"),
    path("su-kien/lich.ics", calendar.calendar, name="calendar"),
    path("su-kien/<int:pk>.ics", calendar.event_calendar, name="event_calendar"),
]
