"""The tests: as production, with throw-away data and fast passwords."""

import atexit
import shutil
import tempfile
from pathlib import Path

from . import environment
from .base import *  # noqa: F403

SECRET_KEY = "a-key-for-the-tests-and-nothing-else-" + "0" * 30
ALLOWED_HOSTS = ["*"]
DEMO = True

TEST_DIR = VAR_DIR = Path(tempfile.mkdtemp(prefix="portal-test-"))
atexit.register(shutil.rmtree, TEST_DIR, ignore_errors=True)
MEDIA_ROOT = TEST_DIR / "media"
SEARCH_INDEX_DIR = TEST_DIR / "search"
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir()
ELASTICSEARCH_URL = ""  # the tests of the other engine name a server of their own
SEARCH_BACKGROUND = False  # tests drain by hand: no thread looks into their transactions
USAGE_BACKGROUND = False  # nor writes into them: tests flush by hand

DATABASES = {"default": environment.database(":memory:")}
STORAGES["library"]["OPTIONS"]["location"] = str(TEST_DIR / "library")  # noqa: F405
STORAGES["evidence"]["OPTIONS"]["location"] = str(TEST_DIR / "evidence")  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
