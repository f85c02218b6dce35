"""Each test has sources of its own (and an index folder: tests/conftest.py)."""

import pytest

from portal.search import sources
from tests.search.shelf import Shelf


@pytest.fixture
def index_directory(settings):
    return settings.SEARCH_INDEX_DIR


@pytest.fixture(autouse=True)
def only_sources_of_the_test(monkeypatch):
    monkeypatch.setattr(sources, "_sources", {})


@pytest.fixture
def shelf(db):
    shelf = Shelf()
    sources.register(shelf)
    return shelf
