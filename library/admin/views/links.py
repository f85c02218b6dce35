"""The admin's "Liên kết": what the link checker found, and what a librarian does about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from ...domain import link_checking
from ...domain.link_visits import NotNow
from ...enums import LinkState
from ...models import LinkCheck


class LinkPolicy(ModelPermissionPolicy):
    """What the checker writes is looked at and decided on; nobody adds or deletes it."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class LinkIndexView(generic.IndexView):
    """Without a wish: what a librarian has to decide on."""

    list_export = [
        "rendition.resource_id",
        "rendition.resource.title",
        "url",
        "state",
        "problem",
        "final_url",
    ]
    export_headings = {
        "rendition.resource_id": "r",
        "rendition.resource.title": "title",
        "final_url": "new_url",
    }

    def get_base_queryset(self):
        found = link_checking.told()
        if not self.request.GET.getlist("state"):
            found = found.filter(state__in=LinkState.for_a_librarian())
        return found

    def get_list_more_buttons(self, instance):
        return []


class LinkPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One link, and the buttons that fit its state."""

    permission_policy = LinkPolicy(LinkCheck)
    permission_required = "change"
    template_name = "library/admin/link.html"
    header_icon = "link"

    @cached_property
    def check(self) -> LinkCheck:
        return get_object_or_404(
            LinkCheck.objects.select_related("rendition__resource"), pk=self.kwargs["pk"]
        )

    def get_page_title(self):
        return self.check.rendition.resource.title

    def get_breadcrumbs_items(self):
        index = {"url": reverse("library_links:index"), "label": _("Links")}
        return [*super().get_breadcrumbs_items(), index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "check": self.check,
            "resource": self.check.rendition.resource,
            "may_take": self.check.state == LinkState.MOVED and self.check.url == self.check.rendition.url,
        }

    def post(self, request, *args, **kwargs):
        actions = {"look": self._look, "take": self._take}
        if action := actions.get(request.POST.get("action")):
            action()
        return redirect("library_links:edit", self.check.pk)

    def _look(self):
        try:
            seen = link_checking.check_now(self.check.rendition, timezone.localdate())
        except NotNow:
            messages.warning(
                self.request, _("The server asks to be left alone for a while. Try again later.")
            )
            return
        messages.success(
            self.request, _("Looked at just now: %(state)s.") % {"state": seen.get_state_display()}
        )

    def _take(self):
        try:
            link_checking.take_new_address(self.check)
        except ValueError:
            messages.warning(self.request, _("The link has changed meanwhile. Look at it again."))
            return
        data = {"url": self.check.url}
        log(instance=self.check.rendition.resource, action="library.take_new_address", data=data)
        messages.success(self.request, _("Readers are now sent to the new address."))
