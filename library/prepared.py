"""Questions to the database that are asked at every page, always in the same words but for the keys in them.

Django takes ten times as long to put one into SQL as the database takes to answer it (tried: 20 rows of a list with their
covers, 1.7 ms and 0.09 ms), so the SQL is made once and kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

KEPT = 512  # statements; one for each number of keys on a page


def rows(make: Callable[..., QuerySet], keys: Sequence[int] | Sequence[str], *wishes) -> list[tuple]:
    """The rows of `make(keys, *wishes)`, which gives a queryset of `values_list`; `keys` are not empty: positive numbers, or
    texts. What is read comes as the database has it: for numbers and text. All that changes the question is to be among
    `wishes`, the day too: they are what the SQL is kept by."""
    statement, values = _made(make, isinstance(keys[0], str), len(keys), *wishes)
    with connection.cursor() as cursor:
        cursor.execute(statement, [keys[each.number] if isinstance(each, _Gap) else each for each in values])
        return cursor.fetchall()


@lru_cache(maxsize=KEPT)
def _made(make: Callable[..., QuerySet], are_texts: bool, number: int, *wishes) -> tuple[str, list]:
    """The statement and its values, with a gap where each key belongs."""
    words = {f"\0{each}": _Gap(each) for each in range(number)}
    numbers = {-1 - each: _Gap(each) for each in range(number)}
    gaps = words if are_texts else numbers
    statement, values = make(list(gaps), *wishes).query.sql_with_params()
    return statement, [gaps.get(value, value) for value in values]


@dataclass(frozen=True, slots=True)
class _Gap:
    number: int
