"""The home page follows the awards at once, though it does not work them out anew for each visitor."""

import pytest

from django.core.cache import cache

from tests.campaigns.queries import statements
from tests.factories.campaigns import (
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
)
from tests.factories.home import HomePageFactory
from tests.factories.library import ResourceFactory
from tests.factories.recognition import AwardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home():
    cache.clear()
    HomePageFactory()


def test_without_awards_there_is_neither_map_nor_list(client):
    html = client.get("/").content.decode()

    assert 'id="standing"' not in html
    assert 'id="honoured"' not in html


def test_a_new_award_shows_at_once_and_leaves_with_its_consent(client):
    client.get("/")
    award = AwardFactory(name="Gia đình mẫu 77")
    assert "Gia đình mẫu 77" in client.get("/").content.decode()

    award.publication_basis = ""
    award.save()

    assert "Gia đình mẫu 77" not in client.get("/").content.decode()


def test_a_revoked_award_leaves_at_once(client):
    award = AwardFactory(name="Gia đình mẫu 78")
    client.get("/")
    award.revoked_on, award.revoked_reason = award.decision_date, "error"
    award.save()

    assert "Gia đình mẫu 78" not in client.get("/").content.decode()


def test_the_home_page_asks_as_many_queries_for_many_of_everything_as_for_few(client):
    index, events = NewsIndexPageFactory(), EventIndexPageFactory()
    counts = []
    for number in (2, 8):
        NewsPageFactory.create_batch(number, parent=index)
        EventPageFactory.create_batch(number, parent=events)
        ResourceFactory.create_batch(number)
        AwardFactory.create_batch(number)
        found = statements(client, "/")
        assert len(found) == len(set(found))
        counts.append(len(found))

    assert counts[0] == counts[1] <= 15
