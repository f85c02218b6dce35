"""The services as pytest fixtures, and what a database needs of a test run.

`make test` starts each service once and hands its address on in the environment; under a bare `pytest` a fixture
starts what it needs itself. What cannot be had skips its tests with "NOT TESTED: ...".
"""

import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from . import chromium, elasticsearch, migrated
from .machine import Missing

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        action="store_true",
        help="only what a database could change: none in a browser, none that is marked `once`",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _is_transactional(item):
            # A flushed database would lack Wagtail's root page: give back what the migrations made.
            options = _database_options(item) | {"transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)
    if config.getoption("--database"):
        kept = [item for item in items if _depends_on_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    from django.db import connection

    migrated.use_copies(connection)


@pytest.fixture(scope="session")
def elasticsearch_url():
    try:
        with elasticsearch.running() as url:
            yield url
    except Missing as reason:
        pytest.skip(f"NOT TESTED: Elasticsearch - {reason}")


@pytest.fixture
def on_elasticsearch(settings, monkeypatch, elasticsearch_url):
    """The site searches with Elasticsearch, in indices of this test alone; its engine."""
    yield from indices_of_their_own(settings, monkeypatch, elasticsearch_url)


@pytest.fixture(params=["tantivy", "elasticsearch"])
def each_engine(request) -> str:
    """The test runs once with each engine; the name of the one that answers."""
    if request.param == "elasticsearch":
        request.getfixturevalue("on_elasticsearch")
    return request.param


def indices_of_their_own(settings, monkeypatch, url: str) -> Iterator:
    from portal.search.engines import elasticsearch_connection, named

    monkeypatch.setattr(elasticsearch_connection, "SEARCH_SECONDS", 30.0)  # a busy machine is no hung server
    settings.ELASTICSEARCH_URL = url
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
    yield named("elasticsearch")
    with Elasticsearch(url) as client:
        for index in client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}-*"):
            client.indices.delete(index=index)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    try:
        return chromium.path()
    except Missing as reason:
        pytest.skip(f"NOT TESTED: Chromium - {reason}")


def _is_transactional(item: pytest.Item) -> bool:
    return bool(TRANSACTIONAL_FIXTURES & _fixtures(item)) or _database_options(item).get("transaction", False)


def _depends_on_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once") or "chromium_path" in item.fixturenames:
        return False
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & _fixtures(item))


def _database_options(item: pytest.Item) -> dict:
    marker = item.get_closest_marker("django_db")
    return marker.kwargs if marker else {}


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))
