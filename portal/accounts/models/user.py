from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import can_act
from portal.places.fields import GivenNameKeyField


class User(AbstractUser):
    """A person who signs in. The name is one field: Vietnamese names are not split (vn_rules R6.5)."""

    last_name = None
    full_name = models.CharField(_("full name"), max_length=150)
    sort_key = GivenNameKeyField(source="full_name")
    rights_until = models.DateField(
        null=True,
        editable=False,
        help_text="First day on which a grant begins or ends: the groups are made anew then. Empty: never.",
    )

    class Meta:
        verbose_name = _("person who signs in")
        verbose_name_plural = _("people who sign in")
        constraints = [
            # People sign in with it, so that it must lead to one person.
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email",
                condition=~models.Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            )
        ]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    get_short_name = get_full_name

    @property
    def first_name(self):
        """Wagtail's side bar greets people by this attribute."""
        return self.full_name

    def has_role(self, role, place=None, date=None):
        """True when a grant of `role` is in force on `date` (today); with `place`, one that reaches it."""
        return bool(can_act(self, role, place, date))
