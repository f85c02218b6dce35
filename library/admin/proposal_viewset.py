"""The entry "Học liệu cán bộ gửi" of the library's menu."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..enums import ProposalState
from ..models import Proposal
from .decision_viewset import STATE, DecisionViewSet, filter_by_state
from .views.proposals import ProposalIndexView, ProposalPage, ProposalPolicy

DECIDED_ON = [choice for choice in ProposalState.choices if choice[0] != ProposalState.DRAFT]


class ProposalViewSet(DecisionViewSet):
    """The resource of one is edited as any other."""

    model = Proposal
    name = url_namespace = "library_proposals"
    url_prefix = "thu-vien/can-bo-gui"
    menu_label = _("Handed in by officers")
    icon = "mail"
    page_view, policy = ProposalPage, ProposalPolicy
    index_view_class = ProposalIndexView
    filterset_class = filter_by_state(Proposal, DECIDED_ON)
    form_fields = ["note"]  # Wagtail wants a form, which is never drawn
    ordering = ["pk"]
    list_display = [
        TitleColumn("title", label=_("Title"), accessor="resource.title", url_name="library_proposals:edit"),
        STATE,
        Column("proposed_by", label=_("Sent by")),
        DateColumn("created_at", label=_("Handed in"), sort_key="created_at"),
    ]
