"""Roles a person may be granted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    EDITOR = "editor", _("Editor")
    APPROVER = "approver", _("Approver")
    LIBRARIAN = "librarian", _("Librarian")
    OFFICER = "officer", _("Commune officer")
    VERIFIER = "verifier", _("Verifier")
    CLERK = "clerk", _("Council clerk")
    ISSUER = "issuer", _("Issuer")
    ORGANISER = "organiser", _("Association organiser")
    VIEWER = "viewer", _("Association viewer")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# These act on the books of a place, so a grant without a place would say nothing.
PLACE_ROLES = (Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER)
# These work in the Wagtail admin: a grant puts the person in the group of the same name.
ADMIN_ROLES = (Role.EDITOR, Role.APPROVER, Role.LIBRARIAN, Role.ORGANISER, Role.ADMINISTRATOR)
