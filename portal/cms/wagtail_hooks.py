"""What the Wagtail admin wears and says."""

from django.templatetags.static import static
from django.utils.html import format_html

from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from .dashboard import TodoPanel
from .models.workflow import FourEyesTask, may_approve
from .viewsets import AlertBannerViewSet

register_snippet(AlertBannerViewSet)


@hooks.register("insert_global_admin_css")
def brand_css():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_css")
def without_javascript_css():
    """The side bar is drawn by a script; without one its empty place would lie over the page on a phone."""
    return format_html(
        '<noscript><link rel="stylesheet" href="{}"></noscript>', static("css/admin-plain.css")
    )


@hooks.register("construct_homepage_panels")
def todo_panel(request, panels):
    panels.append(TodoPanel())


@hooks.register("after_edit_page")
def explain_four_eyes(request, page):
    """After an approval that FourEyesTask.on_action did not accept: the person learns why."""
    if request.POST.get("workflow-action-name") == "approve":
        _explain(request, page)


@hooks.register("before_edit_page")
def announce_four_eyes(request, page):
    """On opening the editor: why there is no button to approve."""
    if request.method == "GET":
        _explain(request, page)


def _explain(request, page):
    task = page.current_workflow_task
    if not isinstance(task, FourEyesTask) or not task.is_approver(request.user):
        return
    answer = may_approve(request.user, page)
    if not answer:
        messages.warning(request, answer.reason)
