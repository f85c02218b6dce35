"""The site that the bench measures: production without TLS, on throw-away data in VAR_DIR, with sample awards.

No page is cached; what the portal itself keeps (Wagtail's site roots, the roll-up of the awards on the home page) is
kept as on a real site.
"""

from portal.settings.base import *  # noqa: F403

SECRET_KEY = "a-key-for-the-bench-and-nothing-else-" + "0" * 30
ALLOWED_HOSTS = ["*"]
DEMO = True  # the seed brings awards, so that the home page draws its map
SECURE_SSL_REDIRECT = False
LOGGING_CONFIG = None
