"""The librarian's list of links: what is wrong, what can be done, and who may not."""

import datetime

import pytest

from django.urls import reverse
from django.utils import timezone

from library.domain.link_checking import note
from library.domain.link_visits import Verdict
from library.enums import LinkState
from portal.accounts.enums import Role
from tests.factories.library import ResourceFactory
from tests.web.loopback import reply, serving

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
LIST = "/admin/thu-vien/lien-ket/"


def checked(title: str, verdict: Verdict, *days, url="https://a.example/x"):
    rendition = ResourceFactory(title=title, link=url).renditions.get()
    for day in days or [YESTERDAY]:
        check = note(rendition, verdict, day)
    return check


@pytest.fixture
def dead():
    failed = Verdict(LinkState.FAILING, 404, "Không còn trang này.")
    return checked("Sách đã mất", failed, YESTERDAY - datetime.timedelta(days=1), YESTERDAY)


@pytest.fixture
def moved():
    return checked("Sách dời chỗ", Verdict(LinkState.MOVED, 200, final_url="https://b.example/y"))


def test_the_list_shows_what_has_to_be_decided(librarian_client, dead, moved):
    checked("Sách còn tốt", Verdict(LinkState.ALIVE, 200))
    checked("Sách chờ xem lại", Verdict(LinkState.FAILING, 500, "Lỗi."))
    checked("Sách phải đăng nhập", Verdict(LinkState.LOGIN, 401, "Phải đăng nhập."))
    page = librarian_client.get(LIST).content.decode()
    for title in ("Sách đã mất", "Sách dời chỗ", "Sách phải đăng nhập", "Không còn trang này."):
        assert title in page
    assert reverse("library_links:edit", args=[dead.pk]) in page
    assert "Sách còn tốt" not in page
    assert "Sách chờ xem lại" not in page


def test_the_list_is_narrowed_down_by_state_and_exported(librarian_client, dead, moved):
    page = librarian_client.get(f"{LIST}?state=moved").content.decode()
    assert "Sách dời chỗ" in page
    assert "Sách đã mất" not in page
    sheet = b"".join(librarian_client.get(f"{LIST}?export=csv").streaming_content).decode()
    assert "https://b.example/y" in sheet


def test_the_list_takes_the_same_number_of_queries_however_long(
    librarian_client, django_assert_max_num_queries, dead
):
    for number in range(12):
        checked(f"Sách {number}", Verdict(LinkState.LOGIN, 401, "Phải đăng nhập."))
    librarian_client.get(LIST)
    with django_assert_max_num_queries(20):
        librarian_client.get(LIST)


def test_the_new_address_is_taken_with_one_button(librarian_client, moved):
    address = reverse("library_links:edit", args=[moved.pk])
    assert "https://b.example/y" in librarian_client.get(address).content.decode()
    librarian_client.post(address, {"action": "take"})
    moved.rendition.refresh_from_db()
    assert moved.rendition.url == "https://b.example/y"
    page = librarian_client.post(address, {"action": "take"}, follow=True)
    assert page.status_code == 200


def test_look_now_asks_at_once(librarian_client, settings):
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]
    with serving(reply) as (site, asked):
        check = checked("Sách", Verdict(LinkState.FAILING, 500, "Lỗi."), url=f"{site}/a")
        librarian_client.post(reverse("library_links:edit", args=[check.pk]), {"action": "look"})
    check.refresh_from_db()
    assert (check.state, check.failures) == (LinkState.ALIVE, 0)
    assert asked


def test_a_server_that_wants_a_rest_is_left_alone_with_a_sentence(librarian_client, settings):
    settings.OUTBOUND_ALLOWED_HOSTS = ["127.0.0.1"]
    with serving(lambda handler: reply(handler, 429)) as (site, _asked):
        check = checked("Sách", Verdict(LinkState.FAILING, 500, "Lỗi."), url=f"{site}/a")
        page = librarian_client.post(
            reverse("library_links:edit", args=[check.pk]), {"action": "look"}, follow=True
        )
    check.refresh_from_db()
    assert check.state == LinkState.FAILING
    assert [str(each) for each in page.context["messages"]]


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.EDITOR])
def test_nobody_else_sees_or_changes_it(client, person, role, moved):
    client.force_login(person(role))
    assert client.get(LIST).status_code in (302, 403)
    assert client.post(reverse("library_links:edit", args=[moved.pk]), {"action": "take"}).status_code in (
        302,
        403,
    )
    moved.rendition.refresh_from_db()
    assert moved.rendition.url == "https://a.example/x"


def test_nobody_adds_or_deletes_a_check(librarian_client, moved):
    assert librarian_client.get(reverse("library_links:add")).status_code in (302, 403)
    assert librarian_client.post(reverse("library_links:delete", args=[moved.pk])).status_code in (302, 403)
    moved.refresh_from_db()


def test_the_first_page_of_the_admin_says_what_waits(librarian_client, client, person, dead, moved):
    ResourceFactory(valid_until=YESTERDAY)
    page = librarian_client.get("/admin/").content.decode()
    assert LIST in page
    assert "/admin/thu-vien/hoc-lieu/?validity=outdated" in page
    client.force_login(person(Role.EDITOR))
    assert LIST not in client.get("/admin/").content.decode()


def test_the_list_of_resources_shows_what_is_out_of_date(librarian_client):
    ResourceFactory(title="Cũ rồi", valid_until=YESTERDAY)
    ResourceFactory(title="Sắp cũ", valid_until=timezone.localdate() + datetime.timedelta(days=5))
    ResourceFactory(title="Còn tốt")

    def titles(value):
        rows = librarian_client.get(f"/admin/thu-vien/hoc-lieu/?validity={value}").context["object_list"]
        return [each.title for each in rows]

    assert titles("outdated") == ["Cũ rồi"]
    assert titles("soon") == ["Sắp cũ"]
