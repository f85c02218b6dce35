import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import PLACE_ROLES, Role

LAST_MONTH = datetime.timedelta(days=30)


class GrantQuerySet(models.QuerySet):
    def active(self, date=None):
        """Grants in force on `date` (today), both ends of the period included."""
        date = date or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=date), valid_from__lte=date)


class Grant(models.Model):
    """A role given to a person, over a place and everything below it, for a period.

    Without a place it holds everywhere. A grant is ended by its last day, not deleted: who could do what, and when,
    stays readable.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    place = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("place"),
        help_text=_("The role holds for this place and the places below it. Empty: everywhere."),
    )
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_to = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until further notice.")
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant of a role")
        verbose_name_plural = _("grants of roles")
        ordering = ["user", "role", "valid_from"]
        indexes = [models.Index(fields=["user", "role", "valid_from"], name="accounts_grant_look_up")]
        constraints = [
            models.CheckConstraint(
                name="accounts_grant_period",
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
            ),
            models.CheckConstraint(
                name="accounts_grant_role", condition=Q(role__in=[role.value for role in Role])
            ),
            models.CheckConstraint(
                name="accounts_grant_needs_place",
                condition=~Q(role__in=[role.value for role in PLACE_ROLES]) | Q(place__isnull=False),
            ),
        ]

    def __str__(self):
        place = f" · {self.place}" if self.place_id else ""
        return f"{self.user} · {self.get_role_display()}{place}"

    @property
    def has_begun(self):
        """Rights have been held by it since an earlier day at least: from then on it is ended, not deleted or rewritten."""
        return self.valid_from < timezone.localdate()

    @property
    def ends_soon(self):
        """True in the last month of the grant, while there is time to ask for another."""
        return self.valid_to is not None and self.valid_to - timezone.localdate() <= LAST_MONTH

    def clean(self):
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first day.")})
        if self.role in PLACE_ROLES and not self.place_id:
            raise ValidationError({"place": _("This role works on the books of a place: choose the place.")})
