"""A library of generated resources, and what people ask of it."""

import random
from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command

from portal.text import fold

LONGEST = 4  # words of a question
SUGGESTED = 3  # words of what somebody has typed so far, the last one cut off
EVERYWHERE = "học"  # a word that most of them have


def fill(number: int) -> None:
    """Make the samples 1 to `number` that are not there yet, without telling the index: it is made anew afterwards."""
    from portal.search.models import OutboxRow

    settings.SEARCH_BACKGROUND = False  # nobody indexes them one by one meanwhile
    call_command("sample_library", number, stdout=_Quiet(), stderr=_Quiet())
    OutboxRow.objects.all().delete()


def questions(number: int) -> list[str]:
    """Runs of 1 to 4 words of titles, every second one typed without accents; always the same."""
    chance = random.Random(4)
    asked = []
    for title in _titles(chance, number):
        length = chance.randint(1, LONGEST)
        start = chance.randrange(max(len(title) - length, 1))
        text = " ".join(title[start : start + length])
        asked.append(fold(text) if len(asked) % 2 else text)
    return asked


def beginnings(number: int) -> list[str]:
    """What stands in the search box while somebody types a title, without accents."""
    chance = random.Random(5)
    typed = []
    for title in _titles(chance, number):
        *whole, last = title[: chance.randint(1, SUGGESTED)]
        typed.append(fold(" ".join([*whole, last[: chance.randint(2, max(len(last), 2))]])))
    return typed


def list_addresses(texts: Sequence[str]) -> list[str]:
    return [f"/thu-vien/?{urlencode({'q': text})}" for text in texts]


def suggestion_addresses(texts: Sequence[str]) -> list[str]:
    return [f"/api/v1/search/suggest/?{urlencode({'q': text})}" for text in texts]


def _titles(chance: random.Random, number: int) -> list[list[str]]:
    """The words of titles, without the number that each sample begins with."""
    from library.models import Resource

    titles = Resource.objects.filter(title__startswith="Mẫu ").order_by("pk").values_list("title", flat=True)
    words = [title.partition(": ")[2].split() for title in titles[: 20 * number]]
    return [chance.choice(words) for _ in range(number)]


class _Quiet:
    def write(self, text: str) -> None:
        """Nobody reads how far it is."""
