"""Four eyes: whoever made the last change of a page never puts it on the site alone."""

import json
from contextlib import suppress

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from wagtail.models import AbstractGroupApprovalTask, PagePermissionTester

from portal.accounts.permissions import Allowed

# What a revision notes of the page's own revisions, and nobody wrote
BOOKKEEPING = {"latest_revision", "latest_revision_created_at", "has_unpublished_changes"}


def may_approve(user, page) -> Allowed:
    """May `user`, who is in the approving group, approve the latest revision of `page`?"""
    revision = _last_change(page)
    if revision is not None and revision.user_id == user.pk:
        return Allowed(False, _("You made the last change, so another person has to approve it."))
    return Allowed(True)


def _last_change(page):
    """The revision that brought in what the page says now, None without any. The editing view also stores one when
    somebody only presses "approve" and changes nothing: that one is passed over."""
    newest_first = page.revisions.order_by("-created_at", "-pk").iterator(chunk_size=5)
    found = next(newest_first, None)
    for older in newest_first:
        if _said(older) != _said(found):
            break
        found = older
    return found


def _said(revision) -> dict:
    return {name: _plain(value) for name, value in revision.content.items() if name not in BOOKKEEPING}


def _plain(value: object) -> object:
    """The blocks of a StreamField stand there as a JSON text, whose keys PostgreSQL puts into an order of its own."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError):
            return json.loads(value)
    return value


class FourEyesTask(AbstractGroupApprovalTask):
    """Approval by a second person. Sending back is open to the whole group: it publishes nothing."""

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if actions and not may_approve(user, obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state, user, action_name, **kwargs):
        """As Wagtail's; but an approver who changed the text in the same step has become its last editor.

        The editing view has saved the change by then. The task stays open for another approver, and
        wagtail_hooks.explain_four_eyes tells the person why.
        """
        page = task_state.workflow_state.content_object
        if action_name == "approve" and not may_approve(user, page):
            return None
        return super().on_action(task_state, user, action_name, **kwargs)

    def is_approver(self, user) -> bool:
        return user.is_superuser or self._user_in_groups(user)

    @classmethod
    def get_description(cls):
        return _("A member of the chosen groups approves, but never the person who made the last change")


def under_four_eyes(page) -> bool:
    """Is publishing this page the business of a workflow with a second person?"""
    workflow = page.get_workflow()
    if workflow is None:
        return False
    kind = ContentType.objects.get_for_model(FourEyesTask)
    return workflow.workflow_tasks.filter(task__content_type=kind, task__active=True).exists()


class FourEyesPermissionTester(PagePermissionTester):
    """Nobody publishes past a four-eyes workflow, by button, in bulk, by copy or while making a page.

    Who holds the right to publish still takes pages down, sets their privacy and cancels a planned publication.
    """

    def can_publish(self):
        return super().can_publish() and not under_four_eyes(self.page)

    def can_publish_subpage(self):
        return super().can_publish_subpage() and not under_four_eyes(self.page)

    def can_set_view_restrictions(self):
        return super().can_publish()

    def can_unschedule(self):
        return super().can_publish()
