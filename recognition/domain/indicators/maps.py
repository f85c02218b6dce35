"""The administrative maps that figures can be asked for: that of today, and that of the day before each change."""

import datetime
from datetime import date as Date

from portal.places.models import PlaceChange

ONE_DAY = datetime.timedelta(days=1)


def map_days(today: Date, first_year: int) -> list[Date]:
    """Latest first; changes before the first year of which anything is known make no difference."""
    changes = PlaceChange.objects.filter(date__gt=Date(first_year, 1, 1), date__lte=today)
    days = set(changes.order_by().values_list("date", flat=True).distinct())
    return [today, *sorted((day - ONE_DAY for day in days), reverse=True)]
