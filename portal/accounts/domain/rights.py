"""The rights in the Wagtail admin follow the grants."""

import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from portal.accounts.domain import groups
from portal.accounts.enums import ADMIN_ROLES


@transaction.atomic
def follow_grants(user, date=None):
    """Put the person into the groups of the roles in force on `date` (today) and out of those of all others.

    Also notes the first later day on which a grant begins or ends, so that the sign-in backend knows when to look again.
    """
    date = date or timezone.localdate()
    names = [groups.GROUP_NAMES[role] for role in ADMIN_ROLES]
    if Group.objects.filter(name__in=names).count() < len(names):
        groups.sync()
    held = {groups.GROUP_NAMES[role] for role in ADMIN_ROLES} & {
        groups.GROUP_NAMES.get(role) for role in user.grants.active(date).values_list("role", flat=True)
    }
    user.groups.remove(*Group.objects.filter(name__in=set(names) - held))
    user.groups.add(*Group.objects.filter(name__in=held))
    user.rights_until = _next_change(user, date)
    user.save(update_fields=["rights_until"])


def _next_change(user, date):
    days = []
    for valid_from, valid_to in user.grants.values_list("valid_from", "valid_to"):
        days.append(valid_from)
        if valid_to:
            days.append(valid_to + datetime.timedelta(days=1))
    return min((day for day in days if day > date), default=None)
