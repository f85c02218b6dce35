"""Pages that go live and expire by themselves: the job worker keeps the schedule."""

from datetime import timedelta

import pytest

from django.utils import timezone

from portal.search.models import OutboxRow
from portal.web import daily
from tests.factories.home import HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return StandardPageFactory(parent=HomePageFactory())


def test_a_page_goes_live_at_its_hour(page, client):
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    daily.look()
    assert client.get(page.url).status_code == 404
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    daily.look()
    assert client.get(page.url).status_code == 200


def test_a_page_expires_at_its_hour_and_leaves_the_search(page, client):
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    OutboxRow.objects.all().delete()
    daily.look()
    assert client.get(page.url).status_code == 404
    assert OutboxRow.objects.filter(object_id=str(page.pk)).exists()
