"""Taking in what visitors write, and forgetting it in time."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date as Date

from django.db.models import Min

from home.models.contact import ContactMessage
from portal.cms.models import SiteDetails
from portal.web.visitors.messages import is_from_a_person
from portal.web.visitors.rate_limit import RateLimit

MESSAGES = RateLimit("contact", limit=5, seconds=3600)
FIELDS = ("name", "reply_to", "subject", "body")


def receive(data: Mapping[str, str], address: str) -> ContactMessage | None:
    """Store the message of a visitor at the network `address`; None for that of a program.

    Raises Refused past five an hour.
    """
    if not is_from_a_person(data, MESSAGES, address):
        return None
    return ContactMessage.objects.create(**{name: data[name] for name in FIELDS})


def forget(today: Date) -> None:
    """Remove what was dealt with more months ago than the details of the site allow (vn_rules R2.37).

    Several sites share the messages: the shortest period holds. Where none is set, nothing is removed.
    """
    months = SiteDetails.objects.aggregate(shortest=Min("messages_kept_months"))["shortest"]
    if months is not None:
        ContactMessage.objects.filter(handled_at__date__lt=months_before(today, months)).delete()


def months_before(day: Date, months: int) -> Date:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return Date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
