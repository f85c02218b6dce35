"""The entry "Học liệu cán bộ gửi" of the library's menu."""

import django_filters

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from ..enums import ProposalState
from ..models import Proposal
from .views.proposals import ProposalIndexView, ProposalPage, ProposalPolicy

DECIDED_ON = [choice for choice in ProposalState.choices if choice[0] != ProposalState.DRAFT]


class ProposalFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=pgettext_lazy("library", "State"), choices=DECIDED_ON)

    class Meta:
        model = Proposal
        fields = ["state"]


def _page_of(proposal: Proposal) -> str:
    return reverse("library_proposals:edit", args=[proposal.pk])


class ProposalViewSet(ModelViewSet):
    model = Proposal
    name = url_namespace = "library_proposals"
    url_prefix = "thu-vien/can-bo-gui"
    menu_label = _("Handed in by officers")
    icon = "mail"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ProposalIndexView
    filterset_class = ProposalFilterSet
    form_fields = ["note"]  # Wagtail wants a form; `ProposalPage` stands in its place
    ordering = ["pk"]
    list_display = [
        TitleColumn("title", label=_("Title"), accessor="resource.title", get_url=_page_of),
        Column("state", label=pgettext_lazy("library", "State"), accessor="get_state_display"),
        Column("proposed_by", label=_("Sent by")),
        DateColumn("created_at", label=_("Handed in"), sort_key="created_at"),
    ]

    @cached_property
    def permission_policy(self):
        return ProposalPolicy(self.model)

    def get_urlpatterns(self):
        """Before Wagtail's own: what was handed in is not edited but decided on; its resource is edited as any other."""
        index, *others = super().get_urlpatterns()
        return [index, path("edit/<int:pk>/", ProposalPage.as_view(), name="edit"), *others]
