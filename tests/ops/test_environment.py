"""Wrong or missing environment: one sentence, status 1, no traceback. Each case is a process of its own."""

import os
import subprocess
import sys

import pytest

from django.conf import settings
from django.core.cache import cache

from portal.settings import environment

COMPLETE = {
    "SECRET_KEY": "a long random text: " + "x1y2z3" * 10,
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def run(*command: str, module: str, **variables: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment = kept | variables | {"DJANGO_SETTINGS_MODULE": f"portal.settings.{module}"}
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


def assert_one_sentence(result: subprocess.CompletedProcess, name: str) -> None:
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert name in result.stderr


def test_a_small_site_keeps_the_counts_of_a_busy_hour(settings, tmp_path):
    settings.CACHES = {"default": environment.cache(tmp_path)}
    for number in range(400):
        cache.set(f"wrong-password-{number}", 1)
    assert len(cache.get_many(f"wrong-password-{number}" for number in range(400))) == 400


@pytest.mark.parametrize("name", COMPLETE)
def test_production_refuses_to_start_without_its_secrets(name):
    variables = {key: value for key, value in COMPLETE.items() if key != name}
    assert_one_sentence(run("manage.py", "check", module="production", **variables), name)


def test_production_refuses_a_short_secret():
    assert_one_sentence(
        run("manage.py", "check", module="production", **COMPLETE | {"SECRET_KEY": "x"}), "SECRET_KEY"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "postgres://user:password@host:99x/name"),
        ("CACHE_URL", "foo"),
        ("EMAIL_URL", "foo"),
        ("EMAIL_URL", "smtp://host:abc"),
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("SECURE_SSL_REDIRECT", "perhaps"),
        ("ELASTICSEARCH_URL", "host:9200"),
        ("ELASTICSEARCH_URL", "https://host:99x"),
        ("ELASTICSEARCH_URL", "https://elastic:password@host:9200"),
        ("ELASTICSEARCH_API_KEY", "a key"),
        ("ELASTICSEARCH_CA_FILE", "/nowhere/authority.pem"),
        ("ELASTICSEARCH_INDEX", "Portal*"),
    ],
)
def test_value_that_makes_no_sense_is_named(name, value):
    assert_one_sentence(run("manage.py", "check", module="dev", **{name: value}), name)


def test_gunicorn_stops_with_the_sentence_and_does_not_try_again():
    server = ["-m", "gunicorn", "portal.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"]
    result = run(*server, module="production", **COMPLETE | {"SECRET_KEY": ""})
    assert result.returncode != 0
    assert "The environment lacks SECRET_KEY" in result.stderr
    assert "Traceback" not in result.stderr


def test_secret_stays_out_of_the_sentence():
    result = run("manage.py", "check", module="dev", DATABASE_URL="postgres://user:geheim@host:99x/name")
    assert "geheim" not in result.stderr
