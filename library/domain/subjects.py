"""The words of people for the subjects of the library. For kinds, levels and languages see `library.codes`."""

from collections.abc import Iterable

from ..codes import key
from ..models import Subject


class Subjects:
    """The subjects of the library by slug or name. One query when it is made."""

    def __init__(self, subjects: Iterable[Subject] | None = None):
        self.by_slug = {each.slug: each for each in (Subject.objects.all() if subjects is None else subjects)}
        self._by_name = {key(each.name): slug for slug, each in self.by_slug.items()}

    def slug_of(self, text: str) -> str | None:
        return text if text in self.by_slug else self._by_name.get(key(text))
