"""Each test has sources of its own (and an index folder: tests/conftest.py)."""

import pytest

from portal.accounts.domain import groups
from portal.accounts.models import Grant, User
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


@pytest.fixture
def sign_in(client, db):
    """Sign the client in as somebody with a role."""

    def sign_in(role):
        groups.sync()
        user = User.objects.create_user(role, password="x" * 20)
        Grant.objects.create(user=user, role=role)
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return sign_in
