"""The environment read into settings: what is wrong or missing stops the start with one sentence."""

import sys
from contextlib import contextmanager
from pathlib import Path

import environ

from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
DATABASE_EXAMPLE = "postgres://user:password@host/name, or sqlite:////path/to/file"
CACHE_EXAMPLE = "filecache:///path/to/folder"
CACHE_ENTRIES = (
    5_000  # past it a third goes, whatever it is: wrong passwords must not be forgotten for others
)
EMAIL_EXAMPLE = "smtp+tls://user:password@host:587"


class EnvironmentRefused(ImproperlyConfigured):
    """A variable is missing or makes no sense; `str()` is the sentence to show."""


def database(sqlite_file: Path | str) -> dict:
    """DATABASE_URL as an entry of settings.DATABASES; without it, SQLite in that file."""
    url = env("DATABASE_URL", default="")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": sqlite_file}
    if url.partition(":")[0] not in DATABASE_SCHEMES:
        raise EnvironmentRefused(f"DATABASE_URL is not understood: write {DATABASE_EXAMPLE}.")
    return _read("DATABASE_URL", lambda: env.db_url_config(url), DATABASE_EXAMPLE)


def cache(folder: Path) -> dict:
    """CACHE_URL as an entry of settings.CACHES; without it, files in that folder, which all workers share."""
    if not env("CACHE_URL", default=""):
        files = "django.core.cache.backends.filebased.FileBasedCache"
        return {"BACKEND": files, "LOCATION": folder, "OPTIONS": {"MAX_ENTRIES": CACHE_ENTRIES}}
    return _read("CACHE_URL", lambda: env.cache("CACHE_URL"), CACHE_EXAMPLE)


def email(default: str) -> dict:
    """EMAIL_URL as the settings EMAIL_BACKEND, EMAIL_HOST and so on."""
    return _read("EMAIL_URL", lambda: env.email("EMAIL_URL", default=default), EMAIL_EXAMPLE)


def boolean(name: str, default: bool) -> bool:
    value = env(name, default=str(default)).strip().lower()
    if value not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise EnvironmentRefused(f"{name} is not understood: write true or false.")
    return value in {"true", "1", "yes", "on"}


def port(name: str, default: int) -> int:
    value = env(name, default=str(default)).strip()
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise EnvironmentRefused(f"{name} is not understood: write a number from 1 to 65535.")
    return int(value)


def count(name: str, default: int) -> int:
    value = env(name, default=str(default)).strip()
    if not (value.isascii() and value.isdigit() and int(value) < 100):
        raise EnvironmentRefused(f"{name} is not understood: write a number from 0 to 99.")
    return int(value)


def required(name: str, why: str) -> str:
    value = env(name, default="")
    if not value:
        raise EnvironmentRefused(f"The environment lacks {name}: set it to {why}.")
    return value


@contextmanager
def one_sentence_or_exit(status: int):
    """On EnvironmentRefused in the block print its sentence and end the process, without a traceback."""
    try:
        yield
    except EnvironmentRefused as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201  logging is not set up yet
        raise SystemExit(status) from None


def _read(name: str, read, example: str) -> dict:
    try:
        return read()
    except (ValueError, ImproperlyConfigured) as error:
        raise EnvironmentRefused(f"{name} is not understood: write for example {example}.") from error
