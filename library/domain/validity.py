"""What the calendar alone changes: material goes out of date, an embargo ends."""

from datetime import date as Date
from datetime import timedelta

from django.db.models import Q

from portal.search.outbox import changed

from ..models import Resource

LOOKED_BACK = timedelta(days=30)  # a portal that was switched off for a while catches up
SOON = timedelta(days=30)


def outdated(today: Date):
    """What is in the library and in no list any more."""
    return Resource.objects.published().filter(valid_until__lt=today)


def soon_outdated(today: Date):
    return Resource.objects.published().filter(valid_until__range=(today, today + SOON))


def tell_the_search(today: Date) -> None:
    """The daily work: no row changes on the day, yet what may be found does."""
    since = today - LOOKED_BACK
    turned = Q(valid_until__gte=since, valid_until__lt=today) | Q(embargo_until__range=(since, today))
    changed(Resource.search_prefix, Resource.objects.filter(turned).values_list("pk", flat=True))
