"""A site on one's own machine: `make run`."""

from .base import *  # noqa: F403
from .base import SECURE_CSP_ADMIN, env  # noqa: F401

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="only-for-trying-out-never-for-a-real-site-" + "0" * 20)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
DEMO = True  # the seed may make demo log-ins

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
