import pytest

from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.recognition import SubjectFactory


@pytest.fixture
def officer(commune):
    return UserFactory(role=Role.OFFICER, place=commune, full_name="Cán bộ mẫu")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def family(village):
    return SubjectFactory(place=village, name="Hoàng Văn Mẫu")


@pytest.fixture
def stranger():
    """A family of another commune: there to leak."""
    return SubjectFactory(name="Hoàng Văn Xã Khác")
