"""Groups follow grants."""

import datetime

import pytest

from django.contrib.auth import get_backends
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from portal.accounts.domain import groups, rights
from portal.accounts.enums import ADMIN_ROLES, Role
from portal.accounts.models import User
from tests.factories.accounts import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def names(user):
    return set(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize("role", ADMIN_ROLES)
def test_a_grant_puts_the_person_into_the_group_of_the_role(role):
    assert names(UserFactory(role=role)) == {groups.GROUP_NAMES[role]}


@pytest.mark.parametrize("role", [role for role in Role if role not in ADMIN_ROLES])
def test_a_role_outside_the_admin_gives_no_group_and_no_way_in(role):
    user = UserFactory(role=role)
    assert names(user) == set()
    assert not user.has_perm("wagtailadmin.access_admin")


def test_deleting_or_ending_a_grant_takes_the_person_out_again():
    ended, deleted = GrantFactory(role=Role.EDITOR), GrantFactory(role=Role.EDITOR)
    ended.valid_to = TODAY() - DAY
    ended.save()
    user = deleted.user
    deleted.delete()
    assert names(ended.user) == names(user) == set()


def test_a_group_given_by_other_means_is_left_alone():
    grant = GrantFactory(role=Role.EDITOR)
    other = Group.objects.create(name="Nhóm khác")
    grant.user.groups.add(other)
    grant.delete()
    assert names(grant.user) == {"Nhóm khác"}


def test_deleting_a_person_with_grants_works():
    user = UserFactory(role=Role.EDITOR)
    user.delete()
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_grant_that_begins_later_gives_its_rights_on_its_first_day():
    user = GrantFactory(role=Role.EDITOR, valid_from=TODAY() + DAY).user
    user.refresh_from_db()
    assert (names(user), user.rights_until) == (set(), TODAY() + DAY)
    rights.follow_grants(user, TODAY() + DAY)
    assert names(user) == {groups.GROUP_NAMES[Role.EDITOR]}
    assert user.rights_until is None


def test_an_expired_grant_ends_at_the_next_request_without_anybody_doing_anything():
    user = GrantFactory(role=Role.EDITOR, valid_to=TODAY()).user
    assert names(user) == {groups.GROUP_NAMES[Role.EDITOR]}
    # Tomorrow, seen from here: the day after the last one is today.
    user.grants.update(valid_to=TODAY() - DAY)
    User.objects.filter(pk=user.pk).update(rights_until=TODAY())
    (backend,) = get_backends()
    assert not backend.get_user(user.pk).has_perm("wagtailadmin.access_admin")


def test_a_request_asks_nothing_more_while_no_grant_begins_or_ends(django_assert_num_queries):
    user = UserFactory(role=Role.EDITOR)
    (backend,) = get_backends()
    with django_assert_num_queries(1):
        assert backend.get_user(user.pk) == user


def test_making_the_groups_again_restores_their_rights_exactly():
    groups.sync()
    editors = Group.objects.get(name=groups.GROUP_NAMES[Role.EDITOR])
    before = (
        set(editors.permissions.all()),
        set(editors.page_permissions.values_list("permission", flat=True)),
    )
    editors.permissions.add(Permission.objects.get(codename="delete_user"))
    editors.page_permissions.create(page_id=1, permission=Permission.objects.get(codename="publish_page"))
    groups.sync()
    after = set(editors.permissions.all()), set(editors.page_permissions.values_list("permission", flat=True))
    assert after == before


def test_the_librarian_holds_the_rights_of_the_library_and_of_what_teaches_the_search_alone():
    groups.sync()
    permissions = Group.objects.get(name=groups.GROUP_NAMES[Role.LIBRARIAN]).permissions
    held = set(permissions.values_list("content_type__app_label", "codename"))
    library = set(
        Permission.objects.filter(content_type__app_label="library").values_list(
            "content_type__app_label", "codename"
        )
    )
    search = {
        ("search", f"{action}_{model}")
        for model in ("synonymgroup", "pick", "askedquery")
        for action in ("add", "change", "delete", "view")
    }
    assert library
    assert held == {("wagtailadmin", "access_admin")} | library | search


def test_the_approver_holds_rights_over_the_models_named_and_no_others():
    groups.sync()
    permissions = Group.objects.get(name=groups.GROUP_NAMES[Role.APPROVER]).permissions
    models = set(permissions.values_list("content_type__app_label", "content_type__model"))
    assert models == {*groups.APPROVER_RIGHTS, ("wagtailadmin", "admin"), ("wagtail_localize", "translation")}
