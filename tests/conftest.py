"""What every test shares: throw-away files, and the services."""

import pytest

from django.core.cache import cache

pytest_plugins = ["tests.services.plugin"]


@pytest.fixture(autouse=True)
def throw_away_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


@pytest.fixture(autouse=True)
def empty_cache():
    """What the test before kept (Wagtail's addresses of the sites) was true of data that is rolled back."""
    cache.clear()
