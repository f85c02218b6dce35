"""The entry "Nhập danh mục" of the library's menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.ui.tables import Column, DateColumn

from ..models import ImportBatch
from .decision_viewset import DecisionViewSet
from .views.imports import ImportAddView, ImportForm, ImportIndexView, ImportPage, ImportPolicy


class ImportViewSet(DecisionViewSet):
    model = ImportBatch
    name = url_namespace = "library_imports"
    url_prefix = "thu-vien/nhap"
    menu_label = _("Load a list")
    icon = "upload"
    page_view, policy = ImportPage, ImportPolicy
    index_view_class = ImportIndexView
    add_view_class = ImportAddView
    list_filter = ["state", "format"]
    list_display = [
        "name",
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("source", label=_("Collection")),
        Column("created", label=_("New")),
        Column("updated", label=pgettext_lazy("import", "Changed")),
        Column("failed", label=_("Refused")),
        Column("loaded_by", label=_("By")),
        DateColumn("created_at", label=_("Handed in"), sort_key="created_at"),
    ]

    def get_form_class(self, for_update=False):
        return ImportForm
