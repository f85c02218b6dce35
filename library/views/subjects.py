"""The subjects to browse above the list of the whole library."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import ngettext

from portal.cms import frame
from portal.search.query import FacetValue
from portal.text import format_number_vi, sort_key

from ..models import Subject


@dataclass(frozen=True, slots=True)
class Browsed:
    """A subject with its number of resources, and the narrower ones below it, in Vietnamese order."""

    name: str
    slug: str
    count: int
    narrower: list["Browsed"]

    @property
    def resources(self) -> str:
        """ "12 resources", in words."""
        text = ngettext("%(count)s resource", "%(count)s resources", self.count)
        return text % {"count": format_number_vi(self.count)}


def browsable(request: HttpRequest, counted: Sequence[FacetValue]) -> list[Browsed]:
    """The top subjects; those without a resource are left out. The frame keeps the tree of subjects."""
    counts = {value.value: value.count for value in counted}
    tree = frame.of(request).keep("subjects", _tree)

    def below(parent: int | None) -> list[Browsed]:
        return [
            Browsed(name, slug, counts[slug], below(pk))
            for pk, name, slug in tree.get(parent, ())
            if counts.get(slug)
        ]

    return below(None)


def _tree() -> dict[int | None, list[tuple[int, str, str]]]:
    """(id, name, slug) of the subjects below each subject; below None the top ones."""
    tree = {}
    rows = Subject.objects.values_list("parent", "pk", "name", "slug")
    for parent, *subject in sorted(rows, key=lambda row: sort_key(row[2])):
        tree.setdefault(parent, []).append(tuple(subject))
    return tree
