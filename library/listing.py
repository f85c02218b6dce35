"""What a row of a result list shows of a resource. Read as plain rows: no other page is asked for as often."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from . import prepared
from .enums import Kind, Language, Visibility
from .models import Contribution, Resource

NAMED = 3  # creators in a row
COLUMNS = ("pk", "title", "kind", "language", "visibility", "publisher", "year", "cover")


@dataclass(frozen=True, slots=True)
class ListedResource:
    pk: int
    title: str
    kind: str
    language: str
    visibility: str
    publisher: str
    year: int | None
    cover: int | None  # the number of a rendition
    creators: list[str] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """BCP 47 tag of its main language."""
        return Language(self.language).bcp47

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def language_label(self) -> str:
        return str(Language(self.language).label)

    @property
    def byline(self) -> str:
        """The first creators, with a sign that there are more."""
        return ", ".join(self.creators[:NAMED]) + ("…" if len(self.creators) > NAMED else "")

    @property
    def for_officers(self) -> bool:
        return self.visibility == Visibility.OFFICERS


def listed(ids: Sequence[int], *, officer: bool = False) -> dict[int, ListedResource]:
    """Those of the resources with these numbers that everybody, or an officer, may read; by number, in two queries."""
    if not ids:
        return {}
    creators: dict[int, list[str]] = defaultdict(list)
    for resource, name in prepared.rows(_creators, ids):
        creators[resource].append(name)
    found = prepared.rows(_resources, ids, officer, timezone.localdate())
    return {row[0]: ListedResource(*row, creators[row[0]]) for row in found}


def _creators(ids: Sequence[int]) -> QuerySet:
    contributions = Contribution.objects.filter(resource__in=ids)
    return contributions.order_by("sort_order", "pk").values_list("resource_id", "name")


def _resources(ids: Sequence[int], officer: bool, today: Date) -> QuerySet:
    """`today`: what may be read changes with the day."""
    resources = Resource.objects.readable(officer=officer).filter(pk__in=ids)
    return resources.order_by().with_cover().values_list(*COLUMNS)


@dataclass(frozen=True, slots=True)
class ResourceCard:
    """What library/_card.html shows of a resource, under the names that a whole resource has for it."""

    pk: int
    title: str
    kind: str
    language: str
    publisher: str
    year: int | None
    abstract: str
    cover: int | None

    def get_absolute_url(self) -> str:
        return reverse("library:resource", args=[self.pk])

    def get_kind_display(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def lang(self) -> str:
        return Language(self.language).bcp47


class CoverOf(NamedTuple):
    """A resource as library/_cover.html asks for it: its number, and that of the rendition."""

    pk: int
    cover: int


def covers(ids: Sequence[int]) -> dict[int, CoverOf]:
    """Those of the resources with these numbers that have one; one query, none without numbers."""
    if not ids:
        return {}
    having = Resource.objects.order_by().filter(pk__in=ids).with_cover().filter(cover__isnull=False)
    return {pk: CoverOf(pk, cover) for pk, cover in having.values_list("pk", "cover")}


def cards(resources) -> list[ResourceCard]:
    """The rows of the queryset `resources`, read with `with_cover`, in one query."""
    columns = ("pk", "title", "kind", "language", "publisher", "year", "abstract", "cover")
    return [ResourceCard(*row) for row in resources.values_list(*columns)]
