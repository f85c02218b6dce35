"""Asking the library: a question taken in, and forgotten when it has served."""

from collections.abc import Mapping
from datetime import date as Date
from datetime import timedelta

from django.db.models import Q

from portal.web.visitors.messages import is_from_a_person
from portal.web.visitors.rate_limit import RateLimit

from ..models import Enquiry

QUESTIONS = RateLimit("enquiry", limit=5, seconds=3600)
ANSWERED_KEPT = timedelta(days=90)  # the form and the privacy page say so
KEPT = timedelta(days=365)


def receive(data: Mapping[str, str], address: str) -> Enquiry | None:
    """Store the question of a visitor at the network `address`; None for that of a program.

    Raises Refused past five an hour.
    """
    if not is_from_a_person(data, QUESTIONS, address):
        return None
    return Enquiry.objects.create(question=data["question"], reply_to=data["reply_to"])


def forget(today: Date) -> None:
    """Remove what was answered 90 days ago, and all that is a year old, with the addresses of who asked."""
    answered = Q(handled_at__date__lt=today - ANSWERED_KEPT)
    Enquiry.objects.filter(answered | Q(created_at__date__lt=today - KEPT)).delete()
