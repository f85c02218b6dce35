from django.urls import reverse
from django.utils.translation import gettext as _


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs from the home page in the reader's language; the address of the last step may be empty."""
    return [(_("Home"), reverse("wagtail_serve", args=[""])), *((str(title), url) for title, url in steps)]
