"""The panel "Việc cần làm" of the admin's first page: what waits for this person."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.admin.ui.components import Component
from wagtail.models import Page, Site, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from .models import SiteDetails
from .models.workflow import FourEyesTask, may_approve

DRAFTS = 5  # own drafts that are named


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One line of the panel. `count` 0 leaves the number away."""

    label: str
    url: str
    count: int = 0


Supplier = Callable[..., Iterable[TodoItem]]
_suppliers: list[Supplier] = []


def register(supplier: Supplier) -> Supplier:
    """Add a function (request) -> items; called in AppConfig.ready of a room, or as a decorator."""
    if supplier not in _suppliers:
        _suppliers.append(supplier)
    return supplier


def items(request) -> list[TodoItem]:
    return [item for supplier in _suppliers for item in supplier(request)]


class TodoPanel(Component):
    name = "todo"
    template_name = "cms/todo_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"items": items(parent_context["request"])}


@register
def pages_to_approve(request) -> Iterator[TodoItem]:
    """Pages whose approval waits for this person; those they changed last wait for somebody else."""
    states = TaskState.objects.reviewable_by(request.user).select_related("task", "revision")
    waiting = [state for state in states if _is_mine(state, request.user)]
    if waiting:
        label = ngettext("page waits for your approval", "pages wait for your approval", len(waiting))
        yield TodoItem(label, reverse("wagtailadmin_reports:workflow_tasks"), len(waiting))


def _is_mine(state, user) -> bool:
    if not isinstance(state.task.specific, FourEyesTask):
        return True
    page = state.revision.content_object
    return page is not None and bool(may_approve(user, page))


@register
def pages_sent_back(request) -> Iterator[TodoItem]:
    """Pages of this person that an approver sent back."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=request.user
    ).prefetch_related("content_object")
    for state in states:
        if isinstance(state.content_object, Page):
            label = _("Sent back for changes: %(title)s") % {"title": state.content_object.draft_title}
            yield TodoItem(label, reverse("wagtailadmin_pages:edit", args=[state.content_object.pk]))


@register
def own_drafts(request) -> Iterator[TodoItem]:
    """Changes of this person that nobody has been asked to publish, the newest first."""
    in_workflow = WorkflowState.objects.active().values_list("object_id", flat=True)
    editable = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    drafts = (
        editable.filter(latest_revision__user=request.user, has_unpublished_changes=True)
        .exclude(pk__in=[int(pk) for pk in in_workflow if pk.isdigit()])
        .order_by("-latest_revision_created_at")
    )
    for page in drafts[:DRAFTS]:
        label = _("Draft not handed in: %(title)s") % {"title": page.draft_title}
        yield TodoItem(label, reverse("wagtailadmin_pages:edit", args=[page.pk]))


@register
def missing_details(request) -> Iterator[TodoItem]:
    """Lines at the foot of the page that the law wants (R2.15), for who may fill them in."""
    if not request.user.has_perm("cms.change_sitedetails"):
        return
    for site in Site.objects.all():
        details = SiteDetails.objects.filter(site=site).first() or SiteDetails(site=site)
        if missing := details.missing_labels():
            label = _("Missing at the foot of the site: %(fields)s") % {"fields": ", ".join(missing)}
            yield TodoItem(label, reverse("wagtailsettings:edit", args=["cms", "sitedetails", site.pk]))
