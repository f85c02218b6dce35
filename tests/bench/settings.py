"""The site that the bench measures: production without TLS, on throw-away data in VAR_DIR, nothing of ours cached."""

from portal.settings.base import *  # noqa: F403

SECRET_KEY = "a-key-for-the-bench-and-nothing-else-" + "0" * 30
ALLOWED_HOSTS = ["*"]
DEMO = False
SECURE_SSL_REDIRECT = False
CACHES = {"default": {"BACKEND": "tests.bench.cache.WagtailOnlyCache"}}
LOGGING_CONFIG = None
