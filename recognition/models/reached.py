"""The one door to what belongs to a commune or a village: the places that a role of the person reaches."""

from django.db import models

from portal.accounts.domain.reach import archive_reached

from .subject import READERS


class OfCommuneQuerySet(models.QuerySet):
    def visible_to(self, user, date=None):
        """Those of the communes that a role of the person reaches on `date` (today), of then and of what went into them."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(commune__in=archive_reached(user, READERS, date).values("pk"))


class OfPlaceQuerySet(models.QuerySet):
    def visible_to(self, user, date=None):
        """The same, for what belongs to a village as often as to a commune."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(place__in=archive_reached(user, READERS, date).values("pk"))
