"""For commands that make millions of small objects and keep few of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (
    100_000,
    20,
    100,
)  # new objects between two looks at the young ones, and looks until the older ones' turn


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Meanwhile Python seldom looks for objects that only hold each other: it would go through all that is loaded again and
    again (a fifth of the time of a harvest's index). What nobody holds goes at once, as ever."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
