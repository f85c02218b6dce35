"""Sorting figures into at most five classes for a map; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal import text

CLASSES = 5


@dataclass(frozen=True)
class MapClass:
    """One line of the legend. level: 1 (lowest) to 5; label: "3", or "4 – 7"."""

    level: int
    label: str


def classify(values: Sequence[float]) -> tuple[list[MapClass], Callable[[float | None], int]]:
    """-> (classes from low to high, value -> level).

    Up to five different values are a class each; more are cut so that each class holds about as many values. The level of
    None, or of a value not among `values`, is 0. Few classes are spread over the five shades, the highest is always 5.
    """
    different = sorted({value for value in values if value is not None})
    groups = _groups(different)
    levels = [
        round(CLASSES - (len(groups) - 1 - index) * _stride(len(groups))) for index in range(len(groups))
    ]
    level_of = {value: level for level, group in zip(levels, groups, strict=True) for value in group}
    classes = [MapClass(level, _label(group)) for level, group in zip(levels, groups, strict=True)]
    return classes, lambda value: level_of.get(value, 0)


def _groups(different):
    count = min(CLASSES, len(different))
    edges = [round(index * len(different) / count) for index in range(count + 1)] if count else []
    return [different[start:end] for start, end in zip(edges, edges[1:], strict=False)]


def _stride(count):
    return (CLASSES - 1) / (count - 1) if count > 1 else 0


def _label(group):
    low, high = text.format_number_vi(group[0]), text.format_number_vi(group[-1])
    return low if low == high else f"{low} – {high}"
