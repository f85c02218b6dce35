"""The pages a new library starts with: its shelves, its learning paths, one training. Create-only: what an editor has changed
or taken away stays so."""

import json
from typing import Any

from django.db import transaction

from wagtail.models import Page

from ..models import LearningPath, LearningPathIndexPage, LibraryPage, Shelf, ShelfIndexPage, SourceRecord
from .seed import DATA


@transaction.atomic
def load_pages(home_page: Page) -> None:
    """Below `home_page`, from `data/pages.json`. Needs the resources of `seed.load`."""
    rows = json.loads((DATA / "pages.json").read_text(encoding="utf-8"))
    if LibraryPage.objects.child_of(home_page).exists():
        return
    library = _add(home_page, LibraryPage, rows["library"])
    shelves = _add(library, ShelfIndexPage, rows["shelf_index"])
    for row in rows["shelves"]:
        _add(shelves, Shelf, row)
    paths = _add(library, LearningPathIndexPage, rows["path_index"])
    for row in rows["paths"]:
        _add(paths, LearningPath, row | {"steps": _steps(row["steps"]), "quiz": _questions(row["quiz"])})


def _add(parent: Page, model: type[Page], fields: dict[str, Any]) -> Page:
    page = parent.add_child(instance=model(**fields, locale=parent.locale))
    page.save_revision().publish()
    return page


def _steps(rows: list[dict]) -> list[tuple[str, dict]]:
    """A step names a resource by its key, or has a text of its own."""
    keys = [row["resource"] for row in rows if "resource" in row]
    records = SourceRecord.objects.filter(source="", key__in=keys).select_related("resource")
    resources = {record.key: record.resource for record in records}
    return [
        ("resource", row | {"resource": resources[row["resource"]]}) if "resource" in row else ("text", row)
        for row in rows
        if row.get("resource") in {None, *resources}
    ]


def _questions(rows: list[dict]) -> list[tuple[str, dict]]:
    return [
        ("question", row | {"answers": [{"text": text, "correct": right} for text, right in row["answers"]]})
        for row in rows
    ]
