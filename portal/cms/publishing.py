"""What the end of a workflow does, and the clock. Imports nothing of Wagtail: its models import this module while they
load."""

from django.core.management import call_command


def publish_approved(workflow_state, user=None):
    """Publish the approved revision; the right to do so came from the approval (WAGTAIL_FINISH_WORKFLOW_ACTION)."""
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)


def keep_the_schedule() -> None:
    """Publish what was to go live by now, and take off what was to expire."""
    call_command("publish_scheduled", verbosity=0)
