"""The officers' corner `/can-bo/`: what a person who signed in can do here, each line given by the room it belongs to.

A room registers a source in `AppConfig.ready`, or as a decorator: `desk.register(source)`, where `source(request)` yields
`DeskEntry` objects for `request.user`. A source yields only what its own predicates allow that person today.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """The parts of the corner, in the order in which they are shown."""

    WAITING = "waiting", _("Waiting for you")
    WORK = "work", _("Your work")
    LEARNING = "learning", _("Training")
    HELP = "help", _("Guides and reference")


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One line: `title` says what is done ("Enter the families' scores"), `text` one sentence more, `count` how much of it
    waits (0: no number is shown)."""

    section: Section
    title: str
    url: str
    text: str = ""
    count: int = 0


Source = Callable[[HttpRequest], Iterable[DeskEntry]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    if source not in _sources:
        _sources.append(source)
    return source


def sections(request: HttpRequest) -> list[tuple[Section, list[DeskEntry]]]:
    """The parts that hold anything for `request.user`, each with its entries in the order of the rooms."""
    entries = [entry for source in _sources for entry in source(request)]
    parts = [(section, [entry for entry in entries if entry.section == section]) for section in Section]
    return [(section, held) for section, held in parts if held]
