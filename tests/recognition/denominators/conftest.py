import pytest

from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory


@pytest.fixture
def officer(commune):
    return UserFactory(role=Role.OFFICER, place=commune)


@pytest.fixture
def organiser():
    return UserFactory(role=Role.ORGANISER)
