"""Rows that stand below many resources, read as plain values: a query a table, and no models."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Model


def rows_below(
    model: type[Model],
    ids: Sequence[int],
    *columns: str,
    owner: str = "resource_id",
    order: str = "pk",
    **wanted: object,
) -> dict[int, list[tuple]]:
    """{number of a resource: [the values of `columns` in each of its rows, in their order]}. `owner`: the column that names the
    resource; `wanted`: conditions of a filter."""
    found = defaultdict(list)
    rows = model._default_manager.filter(**{f"{owner}__among": ids}, **wanted).order_by(order, "pk")
    for resource, *values in rows.values_list(owner, *columns):
        found[resource].append(tuple(values))
    return found
