"""Which papers the denominators of a figure come from."""

from collections.abc import Collection

from recognition.enums import Indicator
from recognition.models import Denominator


def denominators_behind(year: int, indicator: Indicator, places: Collection[int]) -> list[Denominator]:
    rows = Denominator.objects.standing().filter(year=year, kind=indicator.denominator, place__in=places)
    return list(rows.select_related("place").order_by("place__sort_key", "pk"))
