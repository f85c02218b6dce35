"""Each test has an index folder and sources of its own."""

import pytest

from portal.search import sources
from tests.search.shelf import Shelf


@pytest.fixture(autouse=True)
def index_directory(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture(autouse=True)
def only_sources_of_the_test(monkeypatch):
    monkeypatch.setattr(sources, "_sources", {})


@pytest.fixture
def shelf(db):
    shelf = Shelf()
    sources.register(shelf)
    return shelf
