"""What Wagtail's own migrations leave in a new database, in English: taken away or given a Vietnamese name.

Only what nobody has touched (no entry in the admin's log) and nobody uses.
"""

from django.contrib.auth.models import Group
from django.db import transaction

from wagtail.log_actions import registry
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow

GROUPS = ("Moderators", "Editors")
APPROVAL = "Moderators approval"  # the name of the workflow and of its one task
ROOT = "Root"
ROOT_PAGE, ROOT_COLLECTION = "Tất cả các trang", "Kho chung"


@transaction.atomic
def tidy() -> None:
    """The workflow goes first: it uses its task, and the task uses a group."""
    for workflow in Workflow.objects.filter(name=APPROVAL, workflow_states=None, workflow_content_types=None):
        _delete_untouched(workflow)
    for task in GroupApprovalTask.objects.filter(name=APPROVAL, workflow_tasks=None, task_states=None):
        _delete_untouched(task)
    for group in Group.objects.filter(name__in=GROUPS):
        if not _is_used(group):
            _delete_untouched(group)
    _name_the_roots()


def _delete_untouched(row) -> None:
    if not registry.get_logs_for_instance(row).exists():
        row.delete()


def _is_used(group: Group) -> bool:
    """Has it members, or does a task of a workflow or the privacy of a page or of a collection name it?"""
    named_by = [each.get_accessor_name() for each in Group._meta.related_objects if each.many_to_many]
    return any(getattr(group, name).exists() for name in named_by)


def _name_the_roots() -> None:
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    if page.title == ROOT:
        page.title = page.draft_title = ROOT_PAGE
        page.save()
    if collection.name == ROOT:
        collection.name = ROOT_COLLECTION
        collection.save()
