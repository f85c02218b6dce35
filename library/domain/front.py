"""What the front page of the library shows besides the catalogue."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from portal.cms import frame
from portal.cms.pictures import preload_renditions

from ..models import LearningPath, LearningPathIndexPage, Shelf, ShelfIndexPage

MOST = 3


class Chosen(NamedTuple):
    """Which shelves and paths, by id, and the pages of all of them; None where no editor has made one."""

    shelves: list[int]
    all_shelves: ShelfIndexPage | None
    paths: list[int]
    all_paths: LearningPathIndexPage | None


def front(request: HttpRequest, *, officer: bool) -> dict:
    """Some shelves, those of the season first, and some learning paths, each with the page of all of them; those of
    the reader's language. The frame keeps which they are."""
    kept, month = frame.of(request), timezone.localdate().month
    locale = kept.locale(get_language())
    chosen = kept.keep(("library front", locale, month, officer), lambda: _choose(locale, month, officer))
    context = {
        "shelves": _read(Shelf.objects.for_lists(month), chosen.shelves),
        "all_shelves": chosen.all_shelves,
        "paths": _read(LearningPath.objects.select_related("locale", "cover").order_by("path"), chosen.paths),
        "all_paths": chosen.all_paths,
    }
    preload_renditions([each.cover for each in (*context["shelves"], *context["paths"])])
    return context


def _choose(locale: int | None, month: int, officer: bool) -> Chosen:
    def here(model):
        return model.objects.live().public().filter(locale=locale)

    shelves = here(Shelf).for_lists(month)
    paths = here(LearningPath).readable(officer=officer).order_by("path")
    return Chosen(
        shelves=list(shelves.values_list("pk", flat=True)[:MOST]),
        all_shelves=here(ShelfIndexPage).first(),
        paths=list(paths.values_list("pk", flat=True)[:MOST]),
        all_paths=here(LearningPathIndexPage).first(),
    )


def _read(rows, ids: list[int]) -> list:
    return list(rows.filter(pk__in=ids)) if ids else []
