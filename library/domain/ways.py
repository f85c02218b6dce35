"""The ways to have a resource: links to elsewhere, and files that are read here or kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..enums import RenditionForm, RenditionPurpose
from ..models import Rendition
from ..reader.book import BOOKS

TURNED = set(BOOKS)  # read page by page
PLAYED = {RenditionForm.AUDIO, RenditionForm.VIDEO}
SHOWN_HERE = TURNED | PLAYED | {RenditionForm.IMAGE}


@dataclass(frozen=True)
class Way:
    """A file of ours with its light renditions, or a link with the `host` where it lies."""

    rendition: Rendition
    light: tuple[Rendition, ...] = ()
    host: str = ""

    @property
    def is_shown_here(self) -> bool:
        return not self.host and self.rendition.form in SHOWN_HERE

    @property
    def is_played(self) -> bool:
        return self.rendition.form in PLAYED

    @property
    def is_turned(self) -> bool:
        return self.rendition.form in TURNED

    @property
    def lightest(self) -> Rendition:
        """What a player plays first."""
        same_form = (each for each in self.light if each.form == self.rendition.form)
        return next(same_form, self.rendition)

    @property
    def lacks_light(self) -> bool:
        """A recording that nobody on a slow line can hear or see without all of its weight."""
        return self.is_played and not self.light


def ways(renditions: Iterable[Rendition]) -> list[Way]:
    """Of one resource; those that are read here come first."""
    renditions = list(renditions)
    light: dict[int, list[Rendition]] = {}
    for each in renditions:
        if each.purpose == RenditionPurpose.LIGHT:
            light.setdefault(each.made_from_id, []).append(each)
    found = [
        Way(each, tuple(light.get(each.pk, ())), urlsplit(each.url).hostname or "")
        for each in renditions
        if each.purpose == RenditionPurpose.ORIGINAL
    ]
    return sorted(found, key=lambda way: not way.is_shown_here)


def cover_of(renditions: Iterable[Rendition]) -> Rendition | None:
    return next((each for each in renditions if each.purpose == RenditionPurpose.COVER), None)
