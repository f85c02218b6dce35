"""What the front page of the library shows besides the catalogue."""

from django.utils import timezone
from django.utils.translation import get_language

from portal.cms.pictures import preload_renditions

from ..models import LearningPath, LearningPathIndexPage, Shelf, ShelfIndexPage

MOST = 3


def front(*, officer: bool) -> dict:
    """Some shelves, those of the season first, and some learning paths, each with the page of all of them (None where no
    editor has made one); those of the reader's language."""
    here = {"locale__language_code": get_language()}
    shelves = Shelf.objects.live().public().filter(**here).for_lists(timezone.localdate().month)[:MOST]
    paths = LearningPath.objects.live().public().filter(**here).readable(officer=officer)
    context = {
        "shelves": list(shelves),
        "all_shelves": ShelfIndexPage.objects.live().public().filter(**here).for_links().first(),
        "paths": list(paths.select_related("locale", "cover").order_by("path")[:MOST]),
        "all_paths": LearningPathIndexPage.objects.live().public().filter(**here).for_links().first(),
    }
    preload_renditions([each.cover for each in (*context["shelves"], *context["paths"])])
    return context
