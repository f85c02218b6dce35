"""Whatever changes what may be found is found so after the next draining, with either engine; real rooms, real rows."""

from datetime import timedelta

import pytest

from django.utils import timezone

from library.domain.merging import merge, undo
from library.domain.withdrawal import restore, withdraw
from library.enums import Visibility
from library.models import OfficialDocument, Resource
from portal.search.drain import run_once
from portal.search.entry import OFFICER, PUBLIC
from portal.search.query import search
from portal.web import daily
from tests.factories.home import StandardPageFactory
from tests.factories.library import OfficialDocumentFactory, ResourceFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def titles(each_engine):
    """titles() -> what the engine of the test finds for "ong" once the outbox has been drained."""
    run_once()

    def titles(audience=PUBLIC, text="ong"):
        run_once()
        return {hit.title for hit in search(text, engine=each_engine, audience=audience).hits}

    return titles


def test_a_save(titles):
    resource = ResourceFactory(title="Nuôi ong")
    assert titles() == {"Nuôi ong"}
    resource.title = "Nuôi ong lấy mật"
    resource.save()
    assert titles() == {"Nuôi ong lấy mật"}


def test_bulk(titles):
    made = Resource.objects.bulk_create(ResourceFactory.build_batch(3, title="Nuôi ong"))
    assert search_count(titles) == 3
    Resource.objects.filter(pk__in=[each.pk for each in made[:2]]).update(title="Nuôi bò")
    assert search_count(titles) == 1


def search_count(titles):
    titles()
    return search("ong").count


def test_a_delete(titles):
    ResourceFactory(title="Nuôi ong")
    OfficialDocumentFactory(number="", subject="Phát triển nghề nuôi ong")
    assert len(titles()) == 2
    OfficialDocument.objects.all().delete()
    assert titles() == {"Nuôi ong"}
    Resource.objects.get().delete()
    assert titles() == set()


def test_publishing_and_unpublishing(titles):
    page = StandardPageFactory(title="Nghề nuôi ong", live=False)
    assert titles() == set()
    page.save_revision().publish()
    assert titles() == {"Nghề nuôi ong"}
    page.refresh_from_db()
    page.unpublish()
    assert titles() == set()


def test_a_draft_of_a_published_page(titles):
    page = StandardPageFactory(title="Nghề nuôi ong")
    page.title = "Nghề nuôi ong rừng"
    page.save_revision()
    assert titles() == {"Nghề nuôi ong"}


def test_a_merge_and_its_undoing(titles):
    kept, other = ResourceFactory(title="Nuôi ong"), ResourceFactory(title="Nuôi ong mật")
    assert titles() == {"Nuôi ong", "Nuôi ong mật"}
    made = merge(kept, other)
    assert titles() == {"Nuôi ong"}
    undo(made)
    assert titles() == {"Nuôi ong", "Nuôi ong mật"}


def test_a_change_of_visibility(titles):
    resource = ResourceFactory(title="Nuôi ong")
    assert titles() == {"Nuôi ong"}
    resource.visibility = Visibility.OFFICERS
    resource.save()
    assert (titles(), titles(OFFICER)) == (set(), {"Nuôi ong"})
    Resource.objects.update(visibility=Visibility.PUBLIC)
    assert titles() == {"Nuôi ong"}


def test_a_withdrawal_and_bringing_back(titles):
    resource = ResourceFactory(title="Nuôi ong")
    assert titles() == {"Nuôi ong"}
    withdraw(resource, "Nguồn đã gỡ.")
    assert titles(OFFICER) == set()
    restore(resource)
    assert titles() == {"Nuôi ong"}


@pytest.mark.parametrize("late", [0, 3, 29])
def test_the_end_of_an_embargo(titles, monkeypatch, late):
    """On the day itself, or when a worker that was off comes back."""
    ResourceFactory(title="Nuôi ong", embargo_until=TODAY + DAY)
    assert titles(OFFICER) == set()
    _let_pass(monkeypatch, 1 + late)
    assert titles() == {"Nuôi ong"}


@pytest.mark.parametrize("late", [0, 3, 29])
def test_the_end_of_what_is_valid(titles, monkeypatch, late):
    ResourceFactory(title="Nuôi ong", valid_until=TODAY)
    assert titles() == {"Nuôi ong"}
    _let_pass(monkeypatch, 1 + late)
    assert titles(OFFICER) == set()


def _let_pass(monkeypatch, days):
    later = TODAY + days * DAY
    monkeypatch.setattr(timezone, "localdate", lambda *args: later)
    assert "library-validity" in daily.names()
    daily.run("library-validity", later)
