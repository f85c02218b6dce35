from django.urls import path

from .views import calendar

app_name = "campaigns"

urlpatterns = [
    path("su-kien/lich.ics", calendar.calendar, name="calendar"),
    path("su-kien/<int:pk>.ics", calendar.event_calendar, name="event_calendar"),
]
