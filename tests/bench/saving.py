"""What the search adds to a save, and how soon a save is seen in a search."""

import time
from dataclasses import dataclass
from statistics import median
from unittest.mock import patch

from django.conf import settings

SAVES = 200
TRIES = 5
GIVE_UP = 30.0  # s
LOOK = 0.01  # s between two searches


@dataclass(frozen=True)
class Cost:
    """Milliseconds of a save, the medians."""

    whole: float
    without_outbox: float


def cost_of_a_save() -> Cost:
    from portal.search.models import OutboxRow

    settings.SEARCH_BACKGROUND = False
    whole, without = [], []
    for resource in _samples(SAVES):
        whole.append(_milliseconds(resource))
        with patch("portal.search.outbox.changed"):
            without.append(_milliseconds(resource))
    OutboxRow.objects.all().delete()
    return Cost(median(whole), median(without))


def seconds_until_seen(engine: str) -> float:
    """The longest of some tries, with the thread of this process that keeps the index up to date."""
    settings.SEARCH_BACKGROUND = True
    try:
        return max(_until_seen(engine, resource, number) for number, resource in enumerate(_samples(TRIES)))
    finally:
        settings.SEARCH_BACKGROUND = False


def _until_seen(engine: str, resource, number: int) -> float:
    from portal.search.query import search

    word = f"moithem{engine}{'abcdefghij'[number]}"
    resource.title = f"Mẫu {word}"
    resource.save()
    start = time.perf_counter()
    while not search(f'"{word}"', engine=engine, facet_names=[]).count:
        if time.perf_counter() - start > GIVE_UP:
            break
        time.sleep(LOOK)
    return time.perf_counter() - start


def _samples(number: int) -> list:
    from library.models import Resource

    return list(Resource.objects.filter(title__startswith="Mẫu ").order_by("pk")[100 : 100 + number])


def _milliseconds(resource) -> float:
    start = time.perf_counter()
    resource.save()
    return 1000 * (time.perf_counter() - start)
