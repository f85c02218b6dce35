"""Taking in what visitors write."""

from collections.abc import Mapping

from home.models.contact import ContactMessage
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
