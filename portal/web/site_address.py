"""The address of this site where no request says by which of its names it is asked."""

from django.conf import settings


def site_address() -> str:
    """The main one, without a slash at its end."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")
