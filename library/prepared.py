"""Questions to the database that are asked at every page, always in the same words but for the numbers in them.

Django takes ten times as long to put one into SQL as the database takes to answer it (tried: 20 rows of a list with their
covers, 1.7 ms and 0.09 ms), so the SQL is made once and kept.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

KEPT = 128  # statements; one for each number of ids on a page


def rows(make: Callable[..., QuerySet], ids: Sequence[int], *wishes) -> list[tuple]:
    """The rows of `make(ids, *wishes)`, which gives a queryset of `values_list`; `ids` are positive and not empty. What is
    read comes as the database has it: for numbers and text. All that changes the question is to be among `wishes`, the day
    too: they are what the SQL is kept by."""
    statement, values = _made(make, len(ids), *wishes)
    with connection.cursor() as cursor:
        cursor.execute(statement, [ids[-1 - each] if _is_place(each) else each for each in values])
        return cursor.fetchall()


@lru_cache(maxsize=KEPT)
def _made(make: Callable[..., QuerySet], number: int, *wishes) -> tuple[str, tuple]:
    """With -1, -2 ... in the places of the ids."""
    return make(list(range(-1, -1 - number, -1)), *wishes).query.sql_with_params()


def _is_place(value: object) -> bool:
    return isinstance(value, int) and value < 0
