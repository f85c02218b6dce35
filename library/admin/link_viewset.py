"""The entry "Liên kết" of the library's menu."""

import django_filters

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from ..enums import LinkState
from ..models import LinkCheck
from .views.links import LinkIndexView, LinkPage, LinkPolicy


class LinkFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("library", "State"), choices=LinkState.choices
    )

    class Meta:
        model = LinkCheck
        fields = ["state"]


def _page_of(check: LinkCheck) -> str:
    return reverse("library_links:edit", args=[check.pk])


class LinkViewSet(ModelViewSet):
    model = LinkCheck
    name = url_namespace = "library_links"
    url_prefix = "thu-vien/lien-ket"
    menu_label = _("Links")
    icon = "link"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = LinkIndexView
    filterset_class = LinkFilterSet
    export_filename = "lien-ket"
    form_fields = ["state"]  # Wagtail wants a form; `LinkPage` stands in its place
    ordering = ["failing_since", "pk"]
    list_display = [
        TitleColumn("title", label=_("Resource"), accessor="rendition.resource.title", get_url=_page_of),
        Column("state", label=pgettext_lazy("library", "State"), accessor="get_state_display"),
        Column("problem", label=_("What happened")),
        Column("url", label=_("Address")),
        DateColumn("failing_since", label=_("Since"), sort_key="failing_since"),
        DateColumn("checked_on", label=_("Looked at"), sort_key="checked_on"),
    ]

    @cached_property
    def permission_policy(self):
        return LinkPolicy(self.model)

    def get_urlpatterns(self):
        """Before Wagtail's own: a check is not edited but decided on."""
        index, *others = super().get_urlpatterns()
        return [index, path("edit/<int:pk>/", LinkPage.as_view(), name="edit"), *others]
