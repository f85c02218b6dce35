"""The entry "Học liệu trùng" of the library's menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy

from ..models import Duplicate
from .decision_viewset import DecisionViewSet
from .views.duplicates import DuplicateIndexView, LookView, MergesView, NamePairView, PairView


class DuplicatePolicy(ModelPermissionPolicy):
    """Pairs are found and decided on; nobody adds or deletes one."""

    def user_has_permission(self, user, action):
        return action in ("change", "view") and user.has_perm("library.change_resource")

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class DuplicateViewSet(DecisionViewSet):
    model = Duplicate
    name = url_namespace = "library_duplicates"
    url_prefix = "thu-vien/trung"
    menu_label = _("Duplicates")
    icon = "copy"
    page_view, policy = PairView, DuplicatePolicy
    more_pages = [
        path("hai-hoc-lieu/", NamePairView.as_view(), name="name"),
        path("da-gop/", MergesView.as_view(), name="merges"),
        path("tim/", LookView.as_view(), name="look"),
    ]
    index_view_class = DuplicateIndexView
    index_template_name = "library/admin/duplicates.html"
    list_filter = ["reason"]
    form_fields = ["state"]  # Wagtail wants a form, which is never drawn
    list_display = [
        TitleColumn("first", label=_("Resource"), url_name="library_duplicates:edit"),
        Column("second", label=_("The same once more")),
        Column("reason", label=_("Because of"), accessor="get_reason_display"),
        Column("score", label=_("Likeness (%)")),
        DateColumn("found_at", label=_("Found on"), sort_key="found_at"),
    ]
