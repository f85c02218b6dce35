"""An article is published by a second person only, whatever door somebody tries."""

import pytest

from django.urls import reverse

from wagtail.models import Locale, Page, TaskState, WorkflowPage

from home.domain.seed import load_workflow
from home.models import StandardPage
from portal.accounts.domain import groups
from portal.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.home import StandardPageFactory, home_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    groups.sync()
    home = home_page()
    load_workflow(home)
    return home


@pytest.fixture
def editor(home):
    return UserFactory(role=Role.EDITOR)


@pytest.fixture
def approver(home):
    return UserFactory(role=Role.APPROVER)


def form_of(page, **changes):
    """What the editing form of a page of text sends."""
    body = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "quote",
        "body-0-id": "",
        "body-0-value-text": "Học, học nữa, học mãi",
        "body-0-value-source": "",
    }
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    plain = {
        "title": page.title,
        "summary": page.summary,
        "slug": page.slug,
        "seo_title": "",
        "social_image": "",
        "last_reviewed": "",
        "go_live_at": "",
        "expire_at": "",
        "comments-MAX_NUM_FORMS": "",
    }
    return plain | body | comments | changes


def add(client, home, **changes):
    draft = StandardPage(title="Bài viết mới", summary="", slug="bai-viet-moi")
    return client.post(f"/admin/pages/add/home/standardpage/{home.pk}/", form_of(draft, **changes))


def edit(client, page, **changes):
    return client.post(f"/admin/pages/{page.pk}/edit/", form_of(page, **changes))


def act(client, page, action, comment=""):
    """Approve or reject from the list of what waits; leads on whether it was accepted or not."""
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, action, page.current_workflow_task_state.pk]
    )
    response = client.post(address, {"comment": comment})
    assert response.status_code == 302


def publish_in_bulk(client, page):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}", {"include_descendants": ""})


def is_live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def without_four_eyes(home):
    """The same site without its workflow: what is refused with it goes through here, by the same request."""
    WorkflowPage.objects.all().delete()


@pytest.fixture
def submitted(client, home, editor):
    client.force_login(editor)
    add(client, home, **{"action-submit": "1"})
    return Page.objects.get(slug="bai-viet-moi").specific


def test_the_editor_writes_and_a_second_person_publishes(client, submitted, approver):
    assert not submitted.live

    client.force_login(approver)
    act(client, submitted, "approve")

    assert is_live(submitted)
    assert client.get(submitted.url).status_code == 200


def test_an_approver_cannot_approve_what_they_wrote_and_reads_why(client, home, approver):
    client.force_login(approver)
    add(client, home, **{"action-submit": "1"})
    page = Page.objects.get(slug="bai-viet-moi").specific

    act(client, page, "approve")

    assert not is_live(page)
    messages = client.get(f"/admin/pages/{page.pk}/edit/", headers={"Accept-Language": "vi"}).context[
        "messages"
    ]
    assert any("người khác" in str(message) for message in messages)

    client.force_login(UserFactory(role=Role.APPROVER))
    act(client, page, "approve")
    assert is_live(page)


def test_an_editor_who_is_no_approver_cannot_approve_what_another_wrote(client, submitted, approver):
    client.force_login(UserFactory(role=Role.EDITOR))
    act(client, submitted, "approve")
    assert not is_live(submitted)

    client.force_login(approver)
    act(client, submitted, "approve")
    assert is_live(submitted)


def test_an_approver_who_changes_the_text_while_approving_has_to_wait_for_another_one(
    client, submitted, approver
):
    client.force_login(approver)
    edit(
        client,
        submitted,
        title="Tên do người duyệt sửa",
        **{"action-workflow-action": "1", "workflow-action-name": "approve"},
    )

    submitted.refresh_from_db()
    assert not submitted.live
    assert submitted.get_latest_revision().user == approver
    assert submitted.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS

    client.force_login(UserFactory(role=Role.APPROVER))
    act(client, submitted, "approve")
    submitted.refresh_from_db()
    assert submitted.title == "Tên do người duyệt sửa"
    assert submitted.live


def test_an_approver_sends_back_with_a_word(client, submitted, approver):
    client.force_login(approver)
    state = submitted.current_workflow_task_state

    act(client, submitted, "reject", "Xin ghi nguồn")

    state.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "Xin ghi nguồn")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR])
def test_nobody_publishes_a_new_page_in_one_go(client, home, role):
    client.force_login(UserFactory(role=role))

    add(client, home, **{"action-publish": "1"})

    assert not is_live(Page.objects.get(slug="bai-viet-moi"))


@pytest.mark.parametrize("role", [Role.APPROVER, Role.ADMINISTRATOR])
def test_nobody_publishes_a_change_alone(client, home, role):
    page = StandardPageFactory(title="Tên cũ")
    client.force_login(UserFactory(role=role))

    edit(client, page, title="Tên mới", **{"action-publish": "1"})

    page.refresh_from_db()
    assert page.title == "Tên cũ"
    assert page.get_latest_revision_as_object().title == "Tên mới"  # kept, as a draft


def test_publishing_in_bulk_is_no_way_around(client, home, approver):
    page = StandardPageFactory(live=False)
    client.force_login(approver)

    publish_in_bulk(client, page)

    assert not is_live(page)


def test_the_same_requests_publish_where_no_second_person_is_asked(client, home, approver, without_four_eyes):
    """What the three refusals above are worth: only four eyes stand between these requests and the site."""
    changed, waiting = StandardPageFactory(title="Tên cũ"), StandardPageFactory(live=False)
    client.force_login(approver)

    add(client, home, **{"action-publish": "1"})
    edit(client, changed, title="Tên mới", **{"action-publish": "1"})
    publish_in_bulk(client, waiting)

    assert is_live(Page.objects.get(slug="bai-viet-moi"))
    assert Page.objects.get(pk=changed.pk).title == "Tên mới"
    assert is_live(waiting)


def test_an_approver_still_takes_a_page_down(client, home, approver):
    page = StandardPageFactory()
    client.force_login(approver)

    client.post(f"/admin/pages/{page.pk}/unpublish/")

    assert not is_live(page)


def test_the_dashboard_shows_what_waits_for_this_person_only(client, submitted, editor, approver):
    client.force_login(approver)
    assert todo_labels(client) == [1]

    client.force_login(editor)
    assert todo_labels(client) == []


def todo_labels(client):
    """The counts on the panel, of the items that carry one."""
    panel = client.get("/admin/").context["panels"]
    todo = next(each for each in panel if each.name == "todo")
    request = client.get("/admin/").wsgi_request
    return [item.count for item in todo.get_context_data({"request": request})["items"] if item.count]


def test_a_draft_and_a_page_sent_back_stand_on_their_editors_dashboard(client, submitted, editor, approver):
    client.force_login(approver)
    act(client, submitted, "reject", "x")
    client.force_login(editor)
    add(client, submitted.get_parent(), title="Bản nháp riêng", slug="ban-nhap-rieng")

    html = client.get("/admin/").content.decode()

    assert "Bản nháp riêng" in html
    assert f"/admin/pages/{submitted.pk}/edit/" in html


def test_the_seed_leaves_a_workflow_alone_that_somebody_changed(home):
    home.get_workflow().workflow_tasks.all().delete()

    load_workflow(home)

    assert home.get_workflow().workflow_tasks.count() == 0


def test_the_home_page_of_a_new_language_is_under_four_eyes_too(home, approver):
    english = home.copy_for_translation(Locale.objects.create(language_code="en"))

    assert english.get_workflow() == home.get_workflow()
    page = StandardPageFactory(parent=english)
    assert not page.permissions_for_user(approver).can_publish()


def test_the_workflow_reaches_the_languages_that_were_there_before_it():
    groups.sync()
    home = home_page()
    english = home.copy_for_translation(Locale.objects.create(language_code="en"))
    load_workflow(home)

    assert english.get_workflow() == home.get_workflow()
