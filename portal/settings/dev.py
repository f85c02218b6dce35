"""A site on one's own machine: `make run`."""

from . import environment
from .base import *  # noqa: F403
from .base import LOGGING, VAR_DIR, env

DEBUG = environment.boolean("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="only-for-trying-out-never-for-a-real-site-" + "0" * 20)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
DEMO = True  # the seed may make demo log-ins

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

VAR_DIR.mkdir(exist_ok=True)  # SQLite makes its file but no folder

HOST = env("HOST", default="127.0.0.1")  # where `make run` listens
PORT = environment.port("PORT", default=8000)

# The console is for the person who typed `make run`, not for what the job worker does all day; the worker's command
# raises the level of its loggers by itself, so the handler holds them back.
LOGGING["handlers"]["console"]["level"] = "WARNING"
LOGGING["loggers"]["django_tasks_db"] = {"level": "ERROR"}
