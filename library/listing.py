"""What a row of a result list shows of a resource. Read as plain rows: no other page is asked for as often."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from .enums import Kind, Language, Visibility
from .models import Contribution

NAMED = 3  # creators in a row
COLUMNS = ("pk", "title", "kind", "language", "visibility", "publisher", "year")


@dataclass(frozen=True, slots=True)
class ListedResource:
    pk: int
    title: str
    kind: str
    language: str
    visibility: str
    publisher: str
    year: int | None
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


def listed(resources, ids: Sequence[int]) -> dict[int, ListedResource]:
    """Those of the queryset `resources` that have one of the numbers `ids`, by number; two queries."""
    if not ids:
        return {}
    creators: dict[int, list[str]] = defaultdict(list)
    for resource, name in (
        Contribution.objects.filter(resource__in=ids)
        .order_by("sort_order", "pk")
        .values_list("resource", "name")
    ):
        creators[resource].append(name)
    rows = resources.order_by().filter(pk__in=ids).values_list(*COLUMNS)
    return {row[0]: ListedResource(*row, creators[row[0]]) for row in rows}


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

    def get_absolute_url(self) -> str:
        return reverse("library:resource", args=[self.pk])

    def get_kind_display(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def lang(self) -> str:
        return Language(self.language).bcp47


def cards(resources) -> list[ResourceCard]:
    """The rows of the queryset `resources`, in one query."""
    columns = ("pk", "title", "kind", "language", "publisher", "year", "abstract")
    return [ResourceCard(*row) for row in resources.values_list(*columns)]
