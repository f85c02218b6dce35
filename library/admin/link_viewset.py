"""The entry "Liên kết" of the library's menu."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..enums import LinkState
from ..models import LinkCheck
from .decision_viewset import STATE, DecisionViewSet, filter_by_state
from .views.links import LinkIndexView, LinkPage, LinkPolicy


class LinkViewSet(DecisionViewSet):
    model = LinkCheck
    name = url_namespace = "library_links"
    url_prefix = "thu-vien/lien-ket"
    menu_label = _("Links")
    icon = "link"
    page_view, policy = LinkPage, LinkPolicy
    index_view_class = LinkIndexView
    filterset_class = filter_by_state(LinkCheck, LinkState.choices)
    export_filename = "lien-ket"
    form_fields = ["state"]  # Wagtail wants a form, which is never drawn
    ordering = ["failing_since", "pk"]
    list_display = [
        TitleColumn(
            "title",
            label=_("Resource"),
            accessor="rendition.resource.title",
            url_name="library_links:edit",
        ),
        STATE,
        Column("problem", label=_("What happened")),
        Column("url", label=_("Address")),
        DateColumn("failing_since", label=_("Since"), sort_key="failing_since"),
        DateColumn("checked_on", label=_("Looked at"), sort_key="checked_on"),
    ]
