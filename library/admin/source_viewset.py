"""The entries "Kho được thu thập" and "Duyệt học liệu mới" of the library's menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.base import ViewSet

from ..domain.harvesting.scheduling import next_due
from ..models import Source
from .decision_viewset import DecisionViewSet
from .views.harvests import FailureFile, HarvestPage, SourcePage
from .views.reviewing import RecordPage, ReviewPage
from .views.sources import SourceAddView, SourceFormView, SourceIndexView, SourcePolicy
from .views.subject_words import WordsPage


def _state(source: Source) -> str:
    last = source.harvests.first()
    return last.get_state_display() if last else _("Not read yet")


def _begun(source: Source):
    last = source.harvests.first()
    return last and last.created_at


class SourceViewSet(DecisionViewSet):
    model = Source
    name = url_namespace = "library_sources"
    url_prefix = "thu-vien/kho"
    menu_label = _("Collections that are read")
    icon = "globe"
    page_view, policy = SourcePage, SourcePolicy
    more_pages = [
        path("them/", SourceAddView.as_view(), name="add"),
        path("<int:pk>/thiet-lap/", SourceFormView.as_view(), name="settings"),
        path("<int:pk>/lan/<int:run>/", HarvestPage.as_view(), name="run"),
        path("<int:pk>/lan/<int:run>/loi/<int:number>/", FailureFile.as_view(), name="failure"),
        path("tu/", WordsPage.as_view(), name="words"),
        path("<int:pk>/tu/", WordsPage.as_view(), name="words_of"),
    ]
    index_view_class = SourceIndexView
    list_filter = ["protocol", "active"]
    search_fields = ["name", "url"]
    form_fields = [
        "name"
    ]  # Wagtail wants a form; our own pages stand in the place of those that would draw it
    ordering = ["name"]
    list_display = [
        "name",
        Column("protocol", label=_("Protocol"), accessor="get_protocol_display"),
        Column("last_state", label=_("Last reading"), accessor=_state),
        DateColumn("last_on", label=_("Begun"), accessor=_begun),
        DateColumn("next", label=_("Next reading"), accessor=next_due),
        Column("waits", label=_("Waiting for you")),
        BooleanColumn("active", label=_("In use")),
    ]


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
