"""One step for many: taken with all for which it is possible; of the others it is told why not."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from recognition.models import Assessment

from .facts import Facts
from .moving import MovedMeanwhile, Refused, move
from .transitions import Transition

Told = list[tuple[Assessment, str]]


def move_those_possible(
    transition: Transition, rows: Iterable[Assessment], user, *, facts: Facts | None = None
) -> tuple[int, Told]:
    """-> how many, and [(assessment, why not)]. Raises Refused where the reason is none of a single one."""
    left, told = list(rows), []
    while left:
        try:
            return move(transition, left, user, facts=facts), told
        except Refused as refused:
            if any(row is None for row, _sentence in refused.refusals):
                raise
            found = refused.refusals
        except MovedMeanwhile as moved:
            found = [(row, _("Somebody else has dealt with it meanwhile.")) for row in moved.assessments]
        told += found
        names = {row.pk for row, _sentence in found}
        left = [row for row in left if row.pk not in names]
    return 0, told
