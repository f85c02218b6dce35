"""Writing news and events in the admin: the forms, and the second pair of eyes."""

import datetime

import pytest

from django.urls import reverse

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaigns.models import EventPage, NewsPage, ObservanceDay, Topic
from home.domain.seed import load_workflow
from portal.accounts.domain import groups
from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import (
    EventIndexPageFactory,
    EventPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    TopicFactory,
)
from tests.factories.home import HomePageFactory
from tests.factories.places import CommuneFactory, VillageFactory

pytestmark = pytest.mark.django_db

SUBMIT = {"action-submit": "1"}
APPROVE_CHANGED = {"action-workflow-action": "1", "workflow-action-name": "approve"}
EMPTY = ["seo_title", "social_image", "last_reviewed", "go_live_at", "expire_at", "commune", "cover", "place"]
EMPTY += [
    "author",
    "source",
    "correction",
    "corrected_on",
    "topics",
    "ends_at",
    "venue",
    "organiser",
    "audience",
]


@pytest.fixture
def index():
    groups.sync()
    load_workflow(HomePageFactory())
    return NewsIndexPageFactory()


@pytest.fixture
def editor(index):
    return UserFactory(role=Role.EDITOR)


@pytest.fixture
def approver(index):
    return UserFactory(role=Role.APPROVER)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def form(**changes):
    """What the editing form of a piece of news or an event sends."""
    plain = {"title": "Bài mới", "slug": "bai-moi", "summary": "", "date": "05/02/2026"}
    nested = {
        "body": streamfield([("text", rich_text("<p>Nội dung.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
    }
    return dict.fromkeys(EMPTY, "") | plain | nested_form_data(nested) | changes


def write(client, index, **changes):
    return client.post(f"/admin/pages/add/campaigns/newspage/{index.pk}/", form(**changes))


def write_event(client, **changes):
    index = EventIndexPageFactory()
    plain = {"title": "Buổi mới", "slug": "buoi-moi", "starts_at": "05/02/2026 08:00"}
    return client.post(f"/admin/pages/add/campaigns/eventpage/{index.pk}/", form(**(plain | changes)))


def approve(client, page):
    state = page.current_workflow_task_state
    response = client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    assert response.status_code == 302  # to the list when it was approved, away with the reason when not


@pytest.fixture
def submitted(desk, index):
    write(desk, index, **SUBMIT)
    return NewsPage.objects.get(slug="bai-moi")


def is_live(page):
    return NewsPage.objects.get(pk=page.pk).live


def test_an_editor_submits_and_the_news_waits(submitted):
    assert submitted.workflow_in_progress
    assert not submitted.live
    assert submitted.date == datetime.date(2026, 2, 5)


def test_the_editor_cannot_approve_it(desk, submitted):
    approve(desk, submitted)

    assert not is_live(submitted)


def test_a_second_person_approves_and_it_is_read(client, submitted, approver):
    client.force_login(approver)
    approve(client, submitted)

    assert is_live(submitted)
    assert "Nội dung." in client.get("/tin-tuc/bai-moi/").text


def test_an_approver_cannot_approve_news_of_their_own(client, index, approver):
    client.force_login(approver)
    write(client, index, **SUBMIT)
    page = NewsPage.objects.get(slug="bai-moi")
    approve(client, page)

    assert not is_live(page)


def test_an_approver_who_only_saved_what_stood_there_has_changed_nothing(client, submitted, approver):
    client.force_login(approver)
    NewsPage.objects.get(pk=submitted.pk).save_revision(user=approver)
    approve(client, NewsPage.objects.get(pk=submitted.pk))

    assert is_live(submitted)


def test_an_approver_who_edited_last_cannot_approve_and_another_can(client, submitted, approver):
    client.force_login(approver)
    client.post(f"/admin/pages/{submitted.pk}/edit/", form(title="Tên sửa lại", **APPROVE_CHANGED))
    assert not is_live(submitted)

    client.force_login(UserFactory(role=Role.APPROVER))
    approve(client, submitted)

    assert NewsPage.objects.get(pk=submitted.pk).title == "Tên sửa lại"
    assert is_live(submitted)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR])
def test_nobody_publishes_news_alone(client, index, role):
    client.force_login(UserFactory(role=role))
    write(client, index, **{"action-publish": "1"})

    assert not NewsPage.objects.filter(live=True).exists()


def test_an_editor_chooses_among_topics_and_makes_no_new_ones(desk, index):
    TopicFactory(name="Đọc sách")

    write(desk, index, topics="Đọc sách, Chủ đề lạ")

    draft = NewsPage.objects.get(slug="bai-moi").get_latest_revision_as_object()
    assert [topic.name for topic in draft.topics.all()] == ["Đọc sách"]
    assert not Topic.objects.filter(name="Chủ đề lạ").exists()


def test_communes_of_today_are_offered_and_neither_villages_nor_communes_that_ended(desk, index):
    now = CommuneFactory(name="Nay")
    CommuneFactory(name="Xưa", valid_to=datetime.date(2025, 6, 30))
    VillageFactory(name="Xóm", parent=now)

    offered = desk.get(f"/admin/pages/add/campaigns/newspage/{index.pk}/").context["form"].fields["commune"]

    assert list(offered.queryset) == [now]


def test_news_of_a_commune_that_ended_since_keeps_it(desk, index):
    old = CommuneFactory(name="Xưa", valid_to=datetime.date(2025, 6, 30))
    page = NewsPageFactory(commune=old)

    desk.post(f"/admin/pages/{page.pk}/edit/", form(title="Tên khác", commune=str(old.pk)))

    draft = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.title, draft.commune) == ("Tên khác", old)


def test_a_correction_without_its_day_is_told_and_not_saved(desk, index):
    response = write(desk, index, correction="Số đúng là mười.")

    assert "Hãy ghi ngày đính chính." in response.text
    assert not NewsPage.objects.exists()


def test_the_form_of_an_event_opens_for_writing_and_for_change(desk):
    page = EventPageFactory()

    assert desk.get(f"/admin/pages/add/campaigns/eventpage/{page.get_parent().pk}/").status_code == 200
    assert desk.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_an_event_is_written_in_the_time_of_vietnam(desk):
    write_event(desk, ends_at="05/02/2026 10:30")

    page = EventPage.objects.get()
    assert page.starts_at == datetime.datetime(2026, 2, 5, 1, 0, tzinfo=datetime.UTC)


def test_an_event_that_ends_before_it_begins_is_told_beside_its_end(desk):
    response = write_event(desk, ends_at="04/02/2026 10:30")

    assert "ends_at" in response.context["form"].errors
    assert not EventPage.objects.exists()


def test_an_event_without_its_beginning_is_told_and_not_saved(desk):
    response = write_event(desk, starts_at="")

    assert "starts_at" in response.context["form"].errors
    assert not EventPage.objects.exists()


def test_the_list_of_yearly_days_writes_each_as_day_and_month(client, approver):
    client.force_login(approver)
    one = {"start_day": 9, "start_month": 1, "end_day": 9, "end_month": 1}
    ObservanceDay.objects.create(name="Ngày mẫu", **one)
    ObservanceDay.objects.create(name="Tháng mẫu", **(one | {"end_day": 28, "end_month": 2}))

    html = client.get(reverse(ObservanceDay.snippet_viewset.get_url_name("list"))).text

    assert html.count("09/01") == 2
    assert "09/01 - 28/02" in html


def test_an_administrator_adds_a_yearly_day_but_none_that_no_year_has(client, index):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    address = "/admin/snippets/campaigns/observanceday/add/"
    day = {"name": "Ngày mẫu", "start_month": 2, "start_day": 30, "end_month": 2, "end_day": 29}
    day |= {"legal_basis": "", "source_url": ""}

    refused = client.post(address, day)
    client.post(address, day | {"start_day": 29})

    assert "start_day" in refused.context["form"].errors
    assert ObservanceDay.objects.get().start == (2, 29)


@pytest.mark.parametrize("name", ["observanceday", "topic"])
def test_an_editor_does_not_reach_yearly_days_and_topics(desk, name):
    assert desk.get(f"/admin/snippets/campaigns/{name}/add/").status_code == 302
