"""The rows of Wagtail's migrations: gone or renamed when nobody has touched or used them, else left alone."""

import pytest

from django.contrib.auth.models import Group

from wagtail.log_actions import log
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow

from home.domain.seed import load_workflow
from home.domain.wagtail_rows import APPROVAL, GROUPS, tidy
from portal.accounts.domain import groups
from portal.accounts.domain.groups import GROUP_NAMES
from tests.factories.accounts import UserFactory
from tests.factories.home import home_page

pytestmark = pytest.mark.django_db


def left():
    names = [*Group.objects.filter(name__in=GROUPS).order_by("name").values_list("name", flat=True)]
    rows = [model.objects.filter(name=APPROVAL).count() for model in (Workflow, GroupApprovalTask)]
    return names, rows


def test_a_new_database_has_the_rows_that_this_is_about():
    assert left() == (["Editors", "Moderators"], [1, 1])
    assert (Page.get_first_root_node().title, Collection.get_first_root_node().name) == ("Root", "Root")


def test_nothing_english_is_left_and_ours_stays():
    groups.sync()
    home = home_page()
    load_workflow(home)

    tidy()
    tidy()

    assert left() == ([], [0, 0])
    assert Page.get_first_root_node().title == Page.get_first_root_node().draft_title == "Tất cả các trang"
    assert Collection.get_first_root_node().name == "Kho chung"
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUP_NAMES.values())
    assert home.get_workflow().workflow_tasks.count() == 1


def test_a_group_with_a_member_stays():
    UserFactory().groups.add(Group.objects.get(name="Editors"))

    tidy()

    assert left() == (["Editors"], [0, 0])


def test_a_group_that_may_see_a_private_page_stays():
    restriction = home_page().view_restrictions.create(restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="Editors"))

    tidy()

    assert left() == (["Editors"], [0, 0])


def test_a_group_that_was_changed_in_the_admin_stays():
    log(Group.objects.get(name="Editors"), "wagtail.edit")

    tidy()

    assert left() == (["Editors"], [0, 0])


def test_a_workflow_that_a_page_has_passed_stays_with_its_task_and_its_group():
    page = home_page()
    page.save_revision()
    Workflow.objects.get(name=APPROVAL).start(page, UserFactory())

    tidy()

    assert left() == (["Moderators"], [1, 1])


def test_a_workflow_that_was_changed_in_the_admin_stays_with_its_task_and_its_group():
    log(Workflow.objects.get(name=APPROVAL), "wagtail.edit")

    tidy()

    assert left() == (["Moderators"], [1, 1])


def test_roots_that_somebody_named_keep_their_names():
    Page.objects.filter(depth=1).update(title="Cổng")
    Collection.objects.filter(depth=1).update(name="Kho ảnh")

    tidy()

    assert Page.get_first_root_node().title == "Cổng"
    assert Collection.get_first_root_node().name == "Kho ảnh"
