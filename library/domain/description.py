"""What is said of a resource, as plain values: the shape in which every source gives it and records keep it.

    {"title": "Trồng ngô", "year": 2019, "creators": [["Người Mẫu", "author"]], "subjects": ["trong-trot"],
     "tags": ["ngô"], "identifiers": [["isbn", "9780306406157"]], "links": ["https://..."]}

A name that is missing has not been spoken of; an empty value says that there is none.
"""

from collections.abc import Mapping
from typing import Any

from ..models import Resource

Values = Mapping[str, Any]

FIELDS = (
    "title",
    "alternative_titles",
    "publisher",
    "year",
    "language",
    "other_languages",
    "kind",
    "level",
    "audience",
    "age_from",
    "age_to",
    "page_count",
    "duration_minutes",
    "licence",
    "rights_holder",
    "abstract",
    "source_url",
    "visibility",
)
LISTS = ("creators", "subjects", "tags", "identifiers", "links")
RELATED = ("contributions", "classifications__subject", "tagged_items__tag", "identifiers", "renditions")


def describe(resource: Resource) -> dict[str, Any]:
    """What the catalogue says now. Costs no query when `RELATED` has been read."""
    return {
        **{name: getattr(resource, name) for name in FIELDS},
        "creators": [[each.name, each.role] for each in resource.contributions.all()],
        "subjects": [each.subject.slug for each in resource.classifications.all()],
        "tags": [each.tag.name for each in resource.tagged_items.all()],
        "identifiers": [[each.scheme, each.value] for each in resource.identifiers.all()],
        "links": [each.url for each in resource.renditions.all() if each.url],
    }


def same(name: str, one: Any, other: Any) -> bool:
    """Tags have no order, and their capitals do not count."""
    if name == "tags":
        return {tag.casefold() for tag in one} == {tag.casefold() for tag in other}
    return one == other


def differences(values: Values, said: Values) -> set[str]:
    """The names of `said` whose value in `values` is another one."""
    return {name for name, value in said.items() if name not in values or not same(name, values[name], value)}


def corrected(resource: Resource, data: Values) -> set[str]:
    """The names that a librarian has given another value than the record `data` of the source does."""
    return differences(describe(resource), data)
