"""What every test shares: throw-away files, and the services."""

import pytest

from django.core.cache import cache
from django.db import connection

pytest_plugins = ["tests.services.plugin"]


@pytest.fixture(autouse=True)
def throw_away_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


@pytest.fixture(autouse=True)
def empty_cache():
    """What the test before kept (Wagtail's addresses of the sites) was true of data that is rolled back."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with transactions of their own empty every table afterwards, the audit trail's too."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER accounts_audit_truncate")
                for table in ("criteriaset", "criteriagroup", "criterion"):
                    cursor.execute(
                        f"ALTER TABLE recognition_{table} DISABLE TRIGGER recognition_published_truncate"
                    )
