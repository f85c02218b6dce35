import pytest

from tests.factories.places import CommuneFactory, VillageFactory


@pytest.fixture
def commune(db):
    return CommuneFactory(name="Đàm Thuỷ")


@pytest.fixture
def village(commune):
    return VillageFactory(name="Bản Giốc", parent=commune)
