"""Do the points add up? Pure, on the content of a set (see `criteria_content`)."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _


def wrong_sums(content: Mapping) -> Iterator[str]:
    """Sentences on every sum that is not what the set says it is."""
    for group in content["groups"]:
        found = _sum(group)
        if group["max_points"] is not None and found != group["max_points"]:
            facts = {"group": group["code"], "sum": found, "points": group["max_points"]}
            yield _("The criteria of group %(group)s add up to %(sum)s, the group says %(points)s.") % facts
    found = of_groups(content)
    if content["total_points"] is None:
        yield _("The set does not say how many points there are in all.")
    elif found != content["total_points"]:
        facts = {"sum": found, "points": content["total_points"]}
        yield _("The groups add up to %(sum)s, the set says %(points)s.") % facts


def of_groups(content: Mapping) -> int:
    """What the groups say; where one says nothing, what its criteria say."""
    return sum(
        _sum(group) if group["max_points"] is None else group["max_points"] for group in content["groups"]
    )


def of_criteria(points: Iterable[int | None]) -> int:
    return sum(each or 0 for each in points)


def _sum(group: Mapping) -> int:
    return of_criteria(criterion["max_points"] for criterion in group["criteria"])
