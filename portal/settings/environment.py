"""The environment read into settings: what is wrong or missing stops the start with one sentence."""

import base64
import re
import ssl
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

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


def elasticsearch_url() -> str:
    """ELASTICSEARCH_URL, "" when there is none. Passwords do not belong into an address, which is logged."""
    url = env("ELASTICSEARCH_URL", default="").strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
        host, port = parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        sound = False
    if not sound:
        raise EnvironmentRefused("ELASTICSEARCH_URL is not understood: write for example https://host:9200.")
    if parts.username is not None:
        raise EnvironmentRefused("ELASTICSEARCH_URL holds a password: set ELASTICSEARCH_API_KEY instead.")
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"


def elasticsearch_api_key() -> str:
    """ELASTICSEARCH_API_KEY in the form that the server calls "encoded", "" when there is none."""
    key = env("ELASTICSEARCH_API_KEY", default="").strip()
    try:
        is_pair = b":" in base64.b64decode(key, validate=True)
    except ValueError:
        is_pair = False
    if key and not is_pair:
        raise EnvironmentRefused(
            "ELASTICSEARCH_API_KEY is not understood: write the value that the server calls encoded."
        )
    return key


def certificates(name: str) -> str:
    """The path of a file with the certificates of authorities (PEM), "" when there is none."""
    path = env(name, default="").strip()
    if path:
        try:
            ssl.create_default_context(cafile=path)
        except OSError as error:  # SSLError is one
            raise EnvironmentRefused(
                f"{name} names no file with certificates that can be read: {path}."
            ) from error
    return path


def index_name(name: str, default: str) -> str:
    value = env(name, default=default).strip()
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,99}", value):
        raise EnvironmentRefused(f"{name} is not understood: write small letters, digits and hyphens.")
    return value


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
