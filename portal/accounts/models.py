from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in. The name is one field: Vietnamese names are not split (vn_rules R6.5)."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("full name"), max_length=150)

    def get_full_name(self):
        return self.full_name

    get_short_name = get_full_name
