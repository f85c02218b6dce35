"""Who has completed which training, commune by commune, for who oversees the commune.

People belong to the communes of their grants of today. Who oversees: an association viewer or an administrator whose
grant reaches the commune (`portal.accounts.permissions.can_act`).
"""

from datetime import date as Date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.domain.reach import places_reached
from portal.accounts.enums import Role
from portal.accounts.models import Grant, User
from portal.accounts.permissions import Allowed, can_act
from portal.places.enums import COMMUNE_KINDS
from portal.places.models import Place
from portal.web.spreadsheet import Cell, listing_xlsx

from ..models import LearningPath
from .training import Standing, paths, standings

SUPERVISORS = (Role.VIEWER, Role.ADMINISTRATOR)


class Line(NamedTuple):
    """One person and one training."""

    person: User
    standing: Standing


def may_oversee(user, commune: Place, today: Date) -> Allowed:
    """The answer for the role that reaches, else the reason why an association viewer does not."""
    answers = [can_act(user, role, commune, today) for role in SUPERVISORS]
    return next((each for each in answers if each), answers[0])


def communes_overseen(user, today: Date) -> QuerySet[Place]:
    """The communes of today that this person oversees, in the order of the alphabet."""
    communes = Place.objects.of_kinds(COMMUNE_KINDS, today)
    if user.is_superuser:
        return communes
    return communes.filter(pk__in=places_reached(user, SUPERVISORS, today).values("pk"))


def people_of(commune: Place, today: Date) -> list[User]:
    """Who holds a role in this commune or in a village of it today, by given name."""
    below = Place.objects.within(commune, today)
    grants = Grant.objects.active(today).filter(Q(place=commune) | Q(place__in=below.values("pk")))
    people = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return list(people.order_by("sort_key", "pk"))


def lines(commune: Place, today: Date) -> list[Line]:
    """Every officer of the commune with every training, begun or not."""
    people, trainings = people_of(commune, today), paths()
    reached = standings(people, trainings)
    return [Line(person, reached[person.pk, path.pk]) for path in trainings for person in people]


def workbook(commune: Place, today: Date) -> bytes:
    """The list as an XLSX file."""
    headings = [_("Training"), _("Full name"), _("Steps done"), _("Steps"), _("Questions"), _("Completed on")]
    rows = map(_row, lines(commune, today))
    return listing_xlsx(commune.label_on(today), [*headings, _("Certificate number")], rows)


def _row(line: Line) -> list[Cell]:
    reached = line.standing
    done = [reached.path.title, line.person.full_name, len(reached.done), reached.steps, _score(reached)]
    return [*done, reached.completion.completed_on, reached.completion.number] if reached.completion else done


def _score(reached: Standing) -> str:
    return f"{reached.attempt.score}/{reached.attempt.questions}" if reached.attempt else ""


def trainings_begun(user: User, trainings: list[LearningPath]) -> list[Standing]:
    """One person's, in the order of the trainings."""
    reached = standings([user], trainings)
    return [reached[user.pk, path.pk] for path in trainings]
