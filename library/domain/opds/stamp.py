"""When the library has changed for the last time, as far as a date can tell."""

import datetime

from django.db.models import Max
from django.utils import timezone

from ...models import Resource

INDEX_LAGS = datetime.timedelta(seconds=60)  # two normally; a busy machine may take longer


def changed_at() -> datetime.datetime:
    """The last change of any resource, also of one that nobody sees any more; and each midnight, when the calendar takes
    some out and brings others in."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    last = Resource.objects.aggregate(last=Max("updated_at"))["last"]
    return max(last, midnight) if last else midnight


def settled_at() -> datetime.datetime | None:
    """As `changed_at`; None while the index of the search may not have heard of it yet."""
    changed = changed_at()
    return changed if timezone.now() - changed > INDEX_LAGS else None
