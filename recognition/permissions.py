"""Who may do what with the titles: each predicate answers with a reason that reaches the person."""

from django.utils.translation import gettext as _

from portal.accounts.enums import Role
from portal.accounts.permissions import Allowed, can_act

from .models.subject import READERS

AREA_DECIDERS = (Role.ADMINISTRATOR,)
AREA_READERS = (*READERS, *AREA_DECIDERS)


def can_score_with(criteria_set) -> Allowed:
    """May this set score a subject? A set that lacks its official text never may."""
    if criteria_set.usable_for_scoring:
        return Allowed(True, "")
    return Allowed(
        False,
        _("The criteria set “%(title)s” cannot be used for scoring: %(status)s.")
        % {"title": criteria_set.title, "status": criteria_set.get_completeness_display().lower()},
    )


def may_keep_books(user, place) -> Allowed:
    """May the person enter and correct who may earn a title in this village or commune? Its officers may."""
    return can_act(user, Role.OFFICER, place)


def area_decider(user, place) -> Role | None:
    """The role in which the person decides the areas of villages there."""
    return next((role for role in AREA_DECIDERS if can_act(user, role, place)), None)


def may_decide_areas(user, place) -> Allowed:
    """May the person record which threshold holds in the villages of this commune? A decision of the association."""
    return Allowed(True) if area_decider(user, place) else can_act(user, AREA_DECIDERS[0], place)
