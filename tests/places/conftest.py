import datetime

import pytest

from portal.places.domain import seed
from portal.places.models import Place

DECEMBER_2022 = datetime.date(2022, 12, 17)
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def cao_bang(db):
    """All the seeded units; the province is returned."""
    seed.load()
    return Place.objects.by_code("04", TODAY)
