"""What a new site begins with, and what a second run leaves alone."""

import datetime

import pytest

from django.utils import timezone

from wagtail.models import Page, Revision

from campaigns.domain import seed
from campaigns.models import EventIndexPage, NewsIndexPage, NewsPage, ObservanceDay, Topic
from tests.factories.home import HomePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    page = HomePageFactory()
    seed.load(page)
    return page


def test_a_new_site_has_its_lists_articles_and_yearly_days(client, home):
    assert (EventIndexPage.objects.get().url, NewsIndexPage.objects.get().url) == ("/su-kien/", "/tin-tuc/")
    assert ObservanceDay.objects.count() == 32
    assert NewsPage.objects.count() == len(list((seed.DATA / "news").glob("*.json"))) > 0
    for page in NewsPage.objects.all():
        assert client.get(page.url).status_code == 200
    assert client.get("/su-kien/").status_code == 200
    assert client.get("/su-kien/lich.ics").status_code == 200


def test_the_first_articles_bear_a_topic_and_a_date_a_week_apart_from_today_backwards(home):
    dates = list(NewsPage.objects.newest_first().values_list("date", flat=True))

    today = timezone.localdate()
    assert dates == [today - datetime.timedelta(days=7 * number) for number in range(len(dates))]
    assert all(page.topics.exists() for page in NewsPage.objects.all())
    assert Topic.objects.get(name="Danh hiệu học tập").slug == "danh-hieu-hoc-tap"


def test_every_yearly_day_of_the_seed_exists_and_names_its_basis(home):
    for day in ObservanceDay.objects.all():
        day.full_clean()
        assert day.legal_basis
        assert day.source_url


def test_a_second_run_changes_nothing(home):
    def state():
        return (
            list(Page.objects.order_by("pk").values_list("pk", "title", "last_published_at")),
            list(ObservanceDay.objects.order_by("pk").values()),
            list(Topic.objects.order_by("pk").values()),
            Revision.objects.count(),
        )

    before = state()
    seed.load(home)
    assert state() == before


def test_a_second_run_leaves_alone_what_people_changed_or_deleted(home):
    NewsPage.objects.first().delete()
    changed = NewsPage.objects.first()
    changed.title = "Tên khác"
    changed.save_revision().publish()
    ObservanceDay.objects.first().delete()
    count = NewsPage.objects.count()

    seed.load(home)

    assert NewsPage.objects.count() == count
    assert NewsPage.objects.get(pk=changed.pk).title == "Tên khác"
    assert ObservanceDay.objects.count() == 31
