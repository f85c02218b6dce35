import pytest

from library.views.interop import oai

from .answers import Harvester


@pytest.fixture
def harvester(client, db):
    return Harvester(client)


@pytest.fixture
def small_pages(monkeypatch):
    """Three records a page."""
    monkeypatch.setattr(oai, "PAGE", 3)
