"""The entries "Nguồn thu thập" and "Duyệt học liệu mới" of the library's menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .views.reviewing import RecordPage, ReviewPage


class ReviewMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("library.change_resource")


class ReviewViewSet(ViewSet):
    name = url_namespace = "library_review"
    url_prefix = "thu-vien/duyet"
    menu_label = _("New records to look through")
    menu_item_class = ReviewMenuItem
    icon = "tasks"

    def get_urlpatterns(self):
        return [
            path("", ReviewPage.as_view(), name="index"),
            path("ban-ghi/<int:pk>/", RecordPage.as_view(), name="record"),
        ]
