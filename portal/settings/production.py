"""A real site: base.py, and a refusal to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import env

DEMO = False

for name, why in {
    "SECRET_KEY": "a long random text of 50 characters or more, kept secret",
    "ALLOWED_HOSTS": "the host names of the site, separated by commas",
    "DATABASE_URL": "for example postgres://user:password@host/name, or sqlite:////path/to/file",
}.items():
    if not env(name, default=""):
        raise ImproperlyConfigured(f"The environment lacks {name}: set it to {why}.")
if len(env("SECRET_KEY")) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: set it to a random text of 50 characters or more.")
