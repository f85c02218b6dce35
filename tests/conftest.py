"""What every test shares: throw-away files, and the services."""

import pytest

pytest_plugins = ["tests.services.plugin"]


@pytest.fixture(autouse=True)
def throw_away_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
