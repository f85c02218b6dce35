"""What the front page of the library shows besides the catalogue."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from wagtail.models import Site

from portal.cms import frame
from portal.cms.models import PortalImage
from portal.cms.pictures import preload_renditions

from ..models import LearningPath, LearningPathIndexPage, Shelf, ShelfIndexPage

MOST = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A shelf or a learning path to choose; `notes` are short facts below its title."""

    title: str
    url: str
    summary: str
    notes: tuple[str, ...]
    cover: PortalImage | int | None
    in_season: bool = False
    officers_only: bool = False


def front(request: HttpRequest, *, officer: bool) -> dict:
    """Some shelves, those of the season first, and some learning paths, each with the address of all of them ("" where
    no editor has made that page); those of the reader's language. It is all said by pages, so the frame keeps it."""
    kept, month, language = frame.of(request), timezone.localdate().month, get_language()
    key = ("library front", Site.find_for_request(request), language, month, officer)
    chosen = kept.keep(key, lambda: _choose(request, kept.locale(language), month, officer))
    return chosen | _with_covers({name: chosen[name] for name in ("shelves", "paths")})


def _choose(request: HttpRequest, locale: int | None, month: int, officer: bool) -> dict:
    def here(model):
        return model.objects.live().public().filter(locale=locale)

    def all_of(model) -> str:
        index = here(model).first()
        return index.get_url(request) or "" if index else ""

    paths = here(LearningPath).readable(officer=officer).order_by("path")[:MOST]
    return {
        "shelves": [_shelf(each, request) for each in here(Shelf).for_lists(month)[:MOST]],
        "all_shelves": all_of(ShelfIndexPage),
        "paths": [_path(each, request) for each in paths],
        "all_paths": all_of(LearningPathIndexPage),
    }


def _shelf(shelf: Shelf, request: HttpRequest) -> Card:
    notes = (str(shelf.commune),) if shelf.commune else ()
    url, season = shelf.get_url(request) or "", shelf.in_season
    return Card(shelf.title, url, shelf.summary, notes, shelf.cover_id, in_season=season)


def _path(path: LearningPath, request: HttpRequest) -> Card:
    url, notes = path.get_url(request) or "", tuple(path.length)
    return Card(path.title, url, path.summary, notes, path.cover_id, officers_only=path.officers_only)


def _with_covers(lists: dict[str, list[Card]]) -> dict[str, list[Card]]:
    """The same with the pictures themselves, which the frame does not follow."""
    wanted = {card.cover for cards in lists.values() for card in cards if card.cover}
    covers = PortalImage.objects.in_bulk(wanted)
    preload_renditions(covers.values())
    return {
        name: [replace(card, cover=covers.get(card.cover)) for card in cards] for name, cards in lists.items()
    }
