"""What the officers' corner shows of the home page: the links for officers that an editor keeps there."""

from collections.abc import Iterator

from django.utils.translation import get_language

from portal.accounts.desk import DeskEntry, Section

from .models import HomePage


def guides(request) -> Iterator[DeskEntry]:
    front = HomePage.objects.live().filter(locale__language_code=get_language()).first()
    for link in front.officer_links if front else ():
        if url := link.value.url():
            yield DeskEntry(Section.HELP, link.value["title"], url)
