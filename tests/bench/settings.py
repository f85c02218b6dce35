"""The site that the bench measures: production without TLS, on throw-away data, nothing cached."""

import os
from pathlib import Path

from portal.settings.base import *  # noqa: F403

VAR_DIR = Path(os.environ["BENCH_DIR"])
SECRET_KEY = "a-key-for-the-bench-and-nothing-else-" + "0" * 30
ALLOWED_HOSTS = ["*"]
DEMO = False
SECURE_SSL_REDIRECT = False
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
SEARCH_INDEX_DIR = VAR_DIR / "search"
DATABASES["default"]["NAME"] = VAR_DIR / "db.sqlite3"  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
LOGGING_CONFIG = None
