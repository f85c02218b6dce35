"""What each role may and may not do in the Wagtail admin, over HTTP."""

import datetime

import pytest

from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

from campaigns.models import Topic
from portal.accounts.domain import groups
from portal.accounts.enums import Role
from portal.accounts.models import Grant, User
from tests.factories.accounts import PASSWORD, GrantFactory, UserFactory
from tests.factories.home import ContactMessageFactory
from tests.factories.places import CommuneFactory, VillageFactory

pytestmark = pytest.mark.django_db
USERS, GRANTS = "wagtailusers_users", "grants"


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    return client


def page_permissions(user):
    return Page.objects.get(depth=2).permissions_for_user(User.objects.get(pk=user.pk))


def test_the_admin_sends_people_to_our_sign_in_page(client):
    assert client.get("/admin/").url.startswith("/can-bo/dang-nhap/")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.LIBRARIAN, Role.ADMINISTRATOR])
def test_the_four_roles_of_the_admin_come_in(client, role):
    client.force_login(UserFactory(role=role))
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.VERIFIER, Role.CLERK, Role.ISSUER, Role.VIEWER, Role.AUDITOR]
)
def test_the_other_roles_do_not_come_in(client, role):
    client.force_login(UserFactory(role=role))
    assert client.get("/admin/", follow=True).request["PATH_INFO"] != "/admin/"


def test_an_editor_edits_pages_but_does_not_publish_or_delete_them():
    may = page_permissions(UserFactory(role=Role.EDITOR))
    assert may.can_edit()
    assert not may.can_publish()
    assert not may.can_unpublish()
    assert not may.can_delete()


DESKS = [
    "wagtailsnippets_campaigns_topic",
    "wagtailsnippets_campaigns_observanceday",
    "wagtailsnippets_cms_alertbanner",
]


@pytest.mark.parametrize("desk", DESKS)
def test_an_approver_looks_after_topics_yearly_days_and_urgent_notices_and_an_editor_does_not(client, desk):
    for role, may in ((Role.APPROVER, True), (Role.EDITOR, False)):
        client.force_login(UserFactory(role=role))
        for view in ("list", "add"):
            assert (client.get(reverse(f"{desk}:{view}")).status_code == 200) is may, (role, view)


def test_an_approver_makes_changes_and_deletes_a_topic(client):
    client.force_login(UserFactory(role=Role.APPROVER))
    desk = "wagtailsnippets_campaigns_topic"

    client.post(reverse(f"{desk}:add"), {"name": "Đọc sách", "slug": "doc-sach"})
    topic = Topic.objects.get()
    client.post(reverse(f"{desk}:edit", args=[topic.pk]), {"name": "Đọc", "slug": "doc"})
    assert Topic.objects.get().name == "Đọc"
    client.post(reverse(f"{desk}:delete", args=[topic.pk]))
    assert not Topic.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [(Role.APPROVER, True), (Role.EDITOR, False), (Role.LIBRARIAN, False)]
)
def test_an_approver_reads_and_ticks_off_messages_of_visitors(client, role, may):
    message = ContactMessageFactory()
    client.force_login(UserFactory(role=role))

    assert (client.get(reverse("messages:index")).status_code == 200) is may
    client.post(reverse("messages:edit", args=[message.pk]), {"note": "Đã gọi lại", "handled": "on"})
    client.post(reverse("messages:delete", args=[message.pk]))

    message.refresh_from_db()  # nobody but an administrator deletes one
    assert (message.handled_at is not None) is may


def test_an_approver_publishes():
    may = page_permissions(UserFactory(role=Role.APPROVER))
    assert may.can_edit()
    assert may.can_publish()


def test_a_librarian_does_not_touch_pages():
    assert not page_permissions(UserFactory(role=Role.LIBRARIAN)).can_edit()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.LIBRARIAN])
@pytest.mark.parametrize("name", [f"{USERS}:index", f"{USERS}:add", f"{GRANTS}:index", f"{GRANTS}:add"])
def test_only_administrators_see_people_and_their_roles(client, role, name):
    client.force_login(UserFactory(role=role))
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.LIBRARIAN])
def test_nobody_else_can_give_roles(client, role):
    person = UserFactory(role=role)
    client.force_login(person)
    client.post(
        reverse(f"{GRANTS}:add"), {"user": person.pk, "role": "administrator", "valid_from": "2026-01-01"}
    )
    assert not person.has_role(Role.ADMINISTRATOR)


def test_an_administrator_makes_a_person_with_one_name(admin):
    assert "last_name" not in admin.get(reverse(f"{USERS}:add")).text
    fields = {
        "username": "moi",
        "full_name": "Cán bộ mẫu mới",
        "email": "",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = admin.post(reverse(f"{USERS}:add"), fields)
    assert response.status_code == 302
    person = User.objects.get(username="moi")
    assert (person.full_name, person.is_superuser, person.check_password(PASSWORD)) == (
        "Cán bộ mẫu mới",
        False,
        True,
    )


def test_a_short_password_or_an_address_of_somebody_else_is_refused(admin):
    UserFactory(email="a@example.vn")
    fields = {
        "username": "moi",
        "full_name": "Mới",
        "email": "A@example.vn",
        "password1": "ngan",
        "password2": "ngan",
    }
    form = admin.post(reverse(f"{USERS}:add"), fields).context["form"]
    assert "password2" in form.errors
    assert "email" in form.errors or "__all__" in form.errors
    assert not User.objects.filter(username="moi").exists()


def test_a_form_cannot_smuggle_in_groups_or_superuser_rights(admin):
    person = UserFactory()
    groups.sync()
    fields = {
        "username": person.username,
        "full_name": "Tên mới",
        "is_active": "on",
        "is_superuser": "on",
        "groups": ["1"],
    }
    admin.post(reverse(f"{USERS}:edit", args=[person.pk]), fields)
    person.refresh_from_db()
    assert (person.full_name, person.is_superuser, person.groups.count()) == ("Tên mới", False, 0)


def test_an_administrator_can_lock_another_account_but_not_the_own(admin):
    person, me = UserFactory(), User.objects.get(pk=admin.session["_auth_user_id"])
    for user in (person, me):
        admin.post(
            reverse(f"{USERS}:edit", args=[user.pk]), {"username": user.username, "full_name": user.full_name}
        )
        user.refresh_from_db()
    assert (person.is_active, me.is_active) == (False, True)


def test_an_administrator_cannot_edit_a_superuser(admin):
    superuser = UserFactory(is_superuser=True)
    fields = {
        "username": superuser.username,
        "full_name": "x",
        "password1": PASSWORD + "x",
        "password2": PASSWORD + "x",
    }
    admin.post(reverse(f"{USERS}:edit", args=[superuser.pk]), fields)
    superuser.refresh_from_db()
    assert superuser.check_password(PASSWORD)


def test_an_administrator_does_not_lock_a_superuser_in_bulk_either(admin):
    superuser, person = UserFactory(is_superuser=True), UserFactory()
    lock = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    for user in (superuser, person):
        admin.post(f"{lock}?id={user.pk}", {"mark_as_active": "False"})
        user.refresh_from_db()
    assert (superuser.is_active, person.is_active) == (True, False)


def test_nobody_is_put_into_a_group_past_the_grants(admin):
    groups.sync()
    person, group = UserFactory(), Group.objects.get(name=groups.GROUP_NAMES[Role.ADMINISTRATOR])
    assign = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    admin.post(f"{assign}?id={person.pk}", {"role": group.pk})
    assert not person.groups.exists()


def test_people_are_listed_and_found_by_their_whole_name(admin):
    UserFactory(full_name="Cán bộ mẫu Ngân")
    UserFactory(full_name="Cán bộ mẫu Hoa")
    page = admin.get(reverse(f"{USERS}:index"), {"q": "mẫu ngân"}).text
    assert "Cán bộ mẫu Ngân" in page
    assert "Cán bộ mẫu Hoa" not in page


def test_a_person_edits_the_own_name_in_the_account_page(client):
    person = UserFactory(role=Role.EDITOR, full_name="Tên cũ")
    client.force_login(person)
    page = client.get(reverse("wagtailadmin_account"))
    assert "first_name" not in page.text
    fields = {
        "name_email-full_name": "Tên mới",
        "name_email-email": "",
        "locale-preferred_language": "vi",
        "theme-theme": "light",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    client.post(reverse("wagtailadmin_account"), fields)
    person.refresh_from_db()
    assert person.full_name == "Tên mới"


def test_an_administrator_gives_a_role_over_a_commune(admin):
    person, commune = UserFactory(), CommuneFactory(name="Đàm Thuỷ")
    VillageFactory(name="Bản Giốc", parent=commune)
    form = admin.get(reverse(f"{GRANTS}:add")).text
    assert "Xã Đàm Thuỷ" in form
    assert "Bản Giốc" not in form
    fields = {
        "user": person.pk,
        "role": "officer",
        "place": commune.pk,
        "valid_from": "2026-01-01",
        "valid_to": "",
    }
    assert admin.post(reverse(f"{GRANTS}:add"), fields).status_code == 302
    assert person.has_role(Role.OFFICER, commune)


def test_a_role_over_no_place_or_ending_before_it_begins_is_explained(admin):
    person = UserFactory()
    fields = {"user": person.pk, "role": "officer", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    errors = admin.post(reverse(f"{GRANTS}:add"), fields).context["form"].errors
    assert "valid_to" in errors
    fields["valid_to"] = ""
    errors = admin.post(reverse(f"{GRANTS}:add"), fields).context["form"].errors
    assert "place" in errors
    assert not Grant.objects.filter(user=person).exists()


def test_the_list_of_grants_asks_as_often_for_many_as_for_few(admin):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(reverse(f"{GRANTS}:index")).status_code == 200
        return len(captured)

    queries()  # what Wagtail remembers from its first page
    few = queries()
    for _number in range(10):
        GrantFactory(role=Role.OFFICER, place=CommuneFactory())
    assert queries() == few


def test_grants_are_found_by_person_and_by_place(admin):
    GrantFactory(user__full_name="Cán bộ mẫu Ngân", role=Role.OFFICER, place=CommuneFactory(name="Đàm Thuỷ"))
    GrantFactory(user__full_name="Cán bộ mẫu Hoa", role=Role.OFFICER, place=CommuneFactory(name="Đình Phong"))
    for query in ("Ngân", "Đàm Thuỷ"):
        page = admin.get(reverse(f"{GRANTS}:index"), {"q": query}).text
        assert "Cán bộ mẫu Ngân" in page
        assert "Cán bộ mẫu Hoa" not in page


def begun(days, **fields):
    return GrantFactory(valid_from=timezone.localdate() - datetime.timedelta(days=days), **fields)


def test_a_role_that_was_held_is_not_deleted_and_the_administrator_reads_why(admin):
    grant = begun(1)
    page = admin.post(reverse(f"{GRANTS}:delete", args=[grant.pk]), follow=True)
    assert Grant.objects.filter(pk=grant.pk).exists()
    assert "ghi ngày cuối" in page.text
    assert reverse(f"{GRANTS}:delete", args=[grant.pk]) not in admin.get(reverse(f"{GRANTS}:index")).text


def test_a_role_given_by_mistake_today_or_for_later_is_deleted(admin):
    for days in (0, -30):
        grant = begun(days)
        admin.post(reverse(f"{GRANTS}:delete", args=[grant.pk]))
        assert not Grant.objects.filter(pk=grant.pk).exists()


def test_of_a_role_that_was_held_only_the_last_day_changes(admin):
    grant, today = begun(100, role=Role.VIEWER), timezone.localdate()
    address = reverse(f"{GRANTS}:edit", args=[grant.pk])
    admin.post(address, {"user": UserFactory().pk, "role": "administrator", "valid_from": "2030-01-01"})
    admin.post(address, {"valid_to": f"{today:%d/%m/%Y}"})
    changed = Grant.objects.get(pk=grant.pk)
    assert (changed.user, changed.role, changed.valid_from) == (grant.user, grant.role, grant.valid_from)
    assert changed.valid_to == today


def test_the_last_day_of_a_role_is_not_put_back_over_days_on_which_it_was_held(admin):
    grant, today = begun(100), timezone.localdate()
    address = reverse(f"{GRANTS}:edit", args=[grant.pk])
    admin.post(address, {"valid_to": f"{today - datetime.timedelta(days=50):%d/%m/%Y}"})
    assert Grant.objects.get(pk=grant.pk).valid_to is None
    yesterday = today - datetime.timedelta(days=1)
    admin.post(address, {"valid_to": f"{yesterday:%d/%m/%Y}"})
    admin.post(address, {"valid_to": ""})  # what has ended does not begin again
    assert Grant.objects.get(pk=grant.pk).valid_to == yesterday


def test_who_has_held_a_role_is_locked_and_not_deleted(admin):
    held, new = begun(1).user, UserFactory()
    for person in (held, new):
        admin.post(reverse(f"{USERS}:delete", args=[person.pk]))
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    admin.post(f"{bulk}?id={held.pk}")
    assert set(User.objects.filter(pk__in=[held.pk, new.pk])) == {held}
