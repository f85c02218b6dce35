"""The admin's "Học liệu cán bộ gửi": what officers have handed in, and the librarian's answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from ...domain import proposing
from ...enums import ProposalState
from ...licences import explain
from ...models import Proposal
from ...permissions import may_decide
from ...proposal_forms import AnswerForm


class ProposalPolicy(ModelPermissionPolicy):
    """Officers hand in elsewhere; here it is decided, and nothing is deleted."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and bool(may_decide(user))

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class ProposalIndexView(generic.IndexView):
    """Without a wish: what waits. Drafts are their senders' own."""

    def get_base_queryset(self):
        found = Proposal.objects.exclude(state=ProposalState.DRAFT).select_related("resource", "proposed_by")
        if not self.request.GET.getlist("state"):
            found = found.filter(state=ProposalState.WAITING)
        return found

    def get_list_more_buttons(self, instance):
        return []


class ProposalPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One of them: the material, what may be the same, and the buttons that fit its state."""

    permission_policy = ProposalPolicy(Proposal)
    permission_required = "change"
    template_name = "library/admin/proposal.html"
    header_icon = "mail"

    @cached_property
    def proposal(self) -> Proposal:
        handed_in = Proposal.objects.exclude(state=ProposalState.DRAFT)
        return get_object_or_404(handed_in.select_related("resource", "proposed_by"), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> AnswerForm:
        return AnswerForm(self.request.POST or None)

    def get_page_title(self):
        return self.proposal.resource.title

    def get_breadcrumbs_items(self):
        index = {"url": reverse("library_proposals:index"), "label": _("Handed in by officers")}
        return [*super().get_breadcrumbs_items(), index, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        resource = self.proposal.resource
        return super().get_context_data(**kwargs) | {
            "proposal": self.proposal,
            "resource": resource,
            "creators": resource.contributions.all(),
            "subjects": resource.subjects.all(),
            "renditions": resource.renditions.filter(made_from=None),
            "alike": proposing.duplicates_of(self.proposal, resource.title),
            "licence": explain(resource.licence).name,
            "rights": self.proposal.found.get("rights", ""),
            "waits": self.proposal.state == ProposalState.WAITING,
            "declined": self.proposal.state == ProposalState.DECLINED,
            "form": self.form,
        }

    def post(self, request, *args, **kwargs):
        actions = {"accept": self._accept, "decline": self._decline, "reopen": self._reopen}
        action = actions.get(request.POST.get("action"))
        try:
            done = bool(action) and self.form.is_valid() and action(self.form.cleaned_data["answer"])
        except proposing.Decided:
            messages.warning(request, _("Somebody has decided on it meanwhile."))
            return redirect("library_proposals:edit", self.proposal.pk)
        return redirect("library_proposals:index") if done else self.get(request, *args, **kwargs)

    def _accept(self, answer: str) -> bool:
        resource = proposing.accept(self.proposal, self.request.user, answer)
        log(instance=resource, action="library.accept", user=self.request.user)
        messages.success(self.request, _("“%s” is in the library now.") % resource)
        return True

    def _decline(self, answer: str) -> bool:
        if not answer:
            self.form.add_error("answer", _("Say why, so that the sender can do something about it."))
            return False
        proposing.decline(self.proposal, self.request.user, answer)
        log(instance=self.proposal.resource, action="library.decline", data={"answer": answer})
        messages.success(self.request, _("The sender reads your answer under “What you have sent”."))
        return True

    def _reopen(self, answer: str) -> bool:
        proposing.reopen(self.proposal)
        messages.success(self.request, _("It waits for a decision again."))
        return True
