import pytest

from portal.accounts.enums import Role
from recognition.domain import seed
from recognition.domain.criteria_drafts import writing
from recognition.models import CriteriaSet
from tests.factories.accounts import UserFactory
from tests.factories.recognition import CriteriaSetFactory


@pytest.fixture(autouse=True)
def no_samples(settings):
    settings.DEMO = False


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(role=Role.ORGANISER))
    return client


@pytest.fixture
def draft():
    """An empty draft that counts points."""
    return CriteriaSetFactory(draft=True, code="NHAP", slug="nhap", rules={}, total_points=20)


@pytest.fixture
def targets():
    """A draft of a set in which every target must be met, derived from the circular on units."""
    seed.load()
    return writing.derive(CriteriaSet.objects.get(code="TT24-2023-DVHT-HUYEN"), "NHAP-2")
