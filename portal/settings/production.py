"""A real site: base.py, and a refusal to start without its secrets."""

from . import environment
from .base import *  # noqa: F403

DEMO = False

environment.required("DATABASE_URL", f"for example {environment.DATABASE_EXAMPLE}")
environment.required("ALLOWED_HOSTS", "the host names of the site, separated by commas")
environment.required("SECRET_KEY", "a long random text of 50 characters or more, kept secret")
if len(SECRET_KEY) < 50:  # noqa: F405
    raise environment.EnvironmentRefused(
        "SECRET_KEY is too short: set it to a random text of 50 characters or more."
    )
