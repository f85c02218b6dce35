"""What every test shares: throw-away files, and the services."""

import pytest

from django.core.cache import cache
from django.db import connection

from tests.web import internet

pytest_plugins = ["tests.services.plugin"]
LAST_KEY = 10_000  # a portal's keys soon have more than three digits, and no page may punctuate them


@pytest.fixture(autouse=True)
def throw_away_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


@pytest.fixture(autouse=True, scope="session")
def no_internet():
    with internet.cut_off():
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """What the test before kept (Wagtail's addresses of the sites) was true of data that is rolled back."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with transactions of their own empty every table afterwards, the audit trail's too."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, %s) FROM pg_sequences"
                " WHERE coalesce(last_value, 0) < %s",
                [LAST_KEY, LAST_KEY],
            )
            cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER accounts_audit_truncate")
            for table in ("criteriaset", "criteriagroup", "criterion"):
                cursor.execute(
                    f"ALTER TABLE recognition_{table} DISABLE TRIGGER recognition_published_truncate"
                )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE seq < %s", [LAST_KEY])
            cursor.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [(table, LAST_KEY) for table in connection.introspection.table_names()],
            )
