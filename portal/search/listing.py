"""The state of a result list as an address: what was typed, chosen, sorted, and which page of it.

Every state is a plain GET link, so that it can be shared and needs no JavaScript.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import quote_plus, urlencode

from django.http import Http404, QueryDict
from django.utils.functional import Promise

from portal.search import asked
from portal.search.query import FacetValue, Results

LONGEST_TEXT = 200
MOST_VALUES = 20  # chosen values of one facet that are listened to


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a facet: following `url` adds the value, or takes it away when `selected`."""

    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str | Promise
    choices: list[Choice]

    @property
    def is_open(self) -> bool:
        return any(choice.selected for choice in self.choices)


@dataclass(frozen=True, slots=True)
class ListState:
    """`chosen` maps a facet to its chosen values, in the order they stand in the address."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, facet_names: Sequence[str], sorts: Sequence[str]) -> Self:
        """Raises Http404 for a page that is not a number from 1; an unknown order or facet is left out."""
        page = query.get("page", "1")
        if not (page.isascii() and page.isdigit() and len(page) < 7 and int(page) > 0):
            raise Http404
        values = {name: tuple(dict.fromkeys(query.getlist(name)))[:MOST_VALUES] for name in facet_names}
        sort = query.get("sort", "")
        return cls(
            text=" ".join(query.get("q", "").split())[:LONGEST_TEXT],
            chosen={name: tuple(filter(None, chosen)) for name, chosen in values.items() if any(chosen)},
            sort=sort if sort in sorts else "",
            page=int(page),
        )

    @property
    def is_plain(self) -> bool:
        """The list as it stands without any wish; only this one is for search engines."""
        return not (self.text or self.chosen or self.sort)

    @property
    def url(self) -> str:
        """The query string of this state, "?" when plain; the same state always has the same address."""
        return "?" + urlencode([*self._asked(), *self._pairs(sorted(self.chosen)), *self._ordered()])

    def toggled(self, name: str, value: str) -> Self:
        """With the value added, or taken away if it was chosen; back on the first page."""
        before = self.chosen.get(name, ())
        after = tuple(each for each in before if each != value) if value in before else (*before, value)
        chosen = {each: values for each, values in self.chosen.items() if each != name}
        return replace(self, chosen=chosen | ({name: after} if after else {}), page=1)

    def sorted_by(self, sort: str) -> Self:
        return replace(self, sort=sort, page=1)

    def asking(self, text: str) -> Self:
        return replace(self, text=text, page=1)

    def facets(
        self, counted: Mapping[str, Sequence[FacetValue]], labels: Mapping[str, str | Promise]
    ) -> list[Facet]:
        """The facets that leave something to choose, in the order of `labels`."""
        found = [
            Facet(name, label, self._choices(name, counted.get(name, ()))) for name, label in labels.items()
        ]
        return [each for each in found if each.choices]

    def _choices(self, name: str, values: Sequence[FacetValue]) -> list[Choice]:
        adding = self._adding(name)
        return [
            Choice(each.label, each.count, True, self.toggled(name, each.value).url)
            if each.selected
            else Choice(each.label, each.count, False, adding(each.value))
            for each in values
        ]

    def _adding(self, name: str) -> Callable[[str], str]:
        """The address with one more value of the facet `name`. What stands around the value is written once: a list
        has a hundred of these links."""
        before = [each for each in sorted({*self.chosen, name}) if each <= name]
        after = [each for each in sorted(self.chosen) if each > name]
        head = urlencode([*self._asked(), *self._pairs(before)])
        tail = urlencode([*self._pairs(after), *self._ordered()])
        start, end = f"?{head}&" if head else "?", f"&{tail}" if tail else ""
        return lambda value: f"{start}{name}={quote_plus(value)}{end}"

    def _asked(self) -> list[tuple[str, str]]:
        return [("q", self.text)] if self.text else []

    def _pairs(self, names: Iterable[str]) -> list[tuple[str, str]]:
        return [(name, value) for name in names for value in self.chosen.get(name, ())]

    def _ordered(self) -> list[tuple[str, str]]:
        return [("sort", self.sort)] if self.sort else []

    def chips(self, facets: Sequence[Facet]) -> list[Choice]:
        """What is chosen now, each with the link that takes it away again."""
        chosen = [choice for facet in facets for choice in facet.choices if choice.selected]
        return [Choice(f"“{self.text}”", 0, True, self.asking("").url), *chosen] if self.text else chosen


def note(state: ListState, results: Results) -> None:
    """Count what was asked for, once: not its further pages, nor the same words with other filters."""
    if state.text and state.page == 1 and not (state.chosen or state.sort or results.reduced):
        asked.note(state.text, 0 if results.relaxed else results.count)
