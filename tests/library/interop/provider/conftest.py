import pytest

from library.domain.offering import identity
from library.views.interop import oai
from tests.factories.library import ResourceFactory

from .answers import Harvester, offer


@pytest.fixture
def harvester(client, db):
    return Harvester(client)


@pytest.fixture
def resource(db):
    """One that is offered."""
    made = ResourceFactory(title="Trồng ngô")
    offer()
    return made


@pytest.fixture
def identifier(resource):
    return f"oai:{identity.repository()}:{resource.pk}"


@pytest.fixture
def small_pages(monkeypatch):
    """Three records a page."""
    monkeypatch.setattr(oai, "PAGE", 3)
