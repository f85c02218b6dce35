"""Figures and lists of awards for the pages of the portal."""

from collections import Counter

from django.db.models import Count
from django.utils import timezone

from recognition.enums import SubjectKind
from recognition.models import Award

from .communes import Located, locate


def awards_by_commune(year: int | None = None) -> dict[str, int]:
    """Awards in force (named or not) by the code of today's commune; ``year`` None counts all years.

    An award of a commune that was divided is counted once, under the first of its heirs.
    """
    awards = Award.objects.in_force()
    if year is not None:
        awards = awards.filter(year=year)
    rows = list(awards.order_by().values_list("place", "decision_date").annotate(number=Count("pk")))
    places = locate(((place, day) for place, day, _number in rows), timezone.localdate())
    figures = Counter()
    for place, day, number in rows:
        figures[places[place, day].codes_now[0]] += number
    return dict(figures)


def newest_awards(n: int, kinds=tuple(SubjectKind)) -> list[tuple[Award, Located]]:
    """The ``n`` latest awards of ``kinds`` whose holders may be named, with their places of then and now."""
    awards = Award.objects.named_in_public().filter(subject_kind__in=kinds)
    return with_places(awards.order_by("-decision_date", "sort_name", "pk")[:n])


def with_places(awards) -> list[tuple[Award, Located]]:
    awards = list(awards)
    places = locate(((award.place_id, award.decision_date) for award in awards), timezone.localdate())
    return [(award, places[award.place_id, award.decision_date]) for award in awards]
