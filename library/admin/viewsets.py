"""The librarian's side: the menu "Library" of the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.text import format_date
from portal.web.admin_lists import FoldedIndexView

from ..models import OfficialDocument, Resource, Subject
from .duplicate_viewset import DuplicateViewSet
from .enquiry_viewset import EnquiryViewSet
from .filters import OfficialDocumentFilterSet, ResourceFilterSet
from .import_viewset import ImportViewSet
from .link_viewset import LinkViewSet
from .panels import RESOURCE_FORM
from .proposal_viewset import ProposalViewSet
from .source_viewset import ReviewViewSet, SourceViewSet
from .views.resources import (
    DocumentIndexView,
    ResourceChooseResultsView,
    ResourceChooseView,
    ResourceCreateView,
    ResourceEditView,
    ResourceIndexView,
    SubjectDeleteView,
    WithdrawView,
    take_from_source,
)
from .views.usage import UsageView
from .widgets import AnyResourceChooser, ResourceChooser


def _shelf(resource: Resource) -> str:
    return ", ".join(each.subject.name for each in resource.classifications.all())


def _state(resource: Resource) -> str:
    if resource.is_withdrawn:
        return _("Withdrawn")
    return _("Not taken yet") if resource.proposed else resource.get_visibility_display()


def _issued(document: OfficialDocument) -> str:
    return format_date(document.issue_date) if document.issue_date else ""


class ResourceViewSet(ModelViewSet):
    model = Resource
    name = url_namespace = "library_resources"
    url_prefix = "thu-vien/hoc-lieu"
    menu_label = _("Resources")
    icon = "doc-full"
    index_view_class = ResourceIndexView
    add_view_class = ResourceCreateView
    edit_view_class = ResourceEditView
    delete_view_class = WithdrawView
    # References from resources are not counted: that would cost more than the save itself.
    add_to_reference_index = False
    copy_view_enabled = False
    filterset_class = ResourceFilterSet
    ordering = ["-pk"]
    export_filename = "hoc-lieu"
    list_display = [
        "title",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("subjects", label=pgettext_lazy("library", "Subjects"), accessor=_shelf),
        Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
        Column("state", label=pgettext_lazy("library", "State"), accessor=_state),
        DateColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
    ]
    edit_handler = RESOURCE_FORM

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("take-from-source/<int:pk>/", take_from_source, name="take_from_source"),
        ]


class SubjectViewSet(ModelViewSet):
    model = Subject
    name = url_namespace = "library_subjects"
    url_prefix = "thu-vien/chu-de"
    menu_label = pgettext_lazy("library", "Subjects")
    icon = "list-ul"
    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_class = SubjectDeleteView
    ordering = ["path"]
    list_display = ["name", "slug", Column("parent", label=_("Broader subject"))]
    index_view_class = FoldedIndexView
    search_fields = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("parent")]


class OfficialDocumentViewSet(ModelViewSet):
    model = OfficialDocument
    name = url_namespace = "library_documents"
    url_prefix = "thu-vien/van-ban"
    menu_label = _("Official documents")
    icon = "clipboard-list"
    index_view_class = DocumentIndexView
    add_to_reference_index = False
    copy_view_enabled = False
    filterset_class = OfficialDocumentFilterSet
    ordering = ["-issue_date", "-pk"]
    export_filename = "van-ban"
    list_display = [
        "subject",  # the first one leads to the form; a number may be missing
        Column("number", label=pgettext_lazy("library", "Number")),
        "issuer",
        Column("issue_date", label=_("Date of issue"), accessor=_issued, sort_key="issue_date"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        FieldPanel("subject"),
        FieldPanel("issuer"),
        FieldPanel("field"),
        FieldRowPanel([FieldPanel("issue_date"), FieldPanel("effective_date")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("replaced_by")]),
        FieldPanel("source_url"),
    ]


class UsageMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("library.view_usage")


class UsageViewSet(ViewSet):
    name = url_namespace = "library_usage"
    url_prefix = "thu-vien/luot-dung"
    menu_label = _("Use of the library")
    menu_item_class = UsageMenuItem
    icon = "view"

    def get_urlpatterns(self):
        return [path("", UsageView.as_view(), name="index")]


class LibraryGroup(ModelViewSetGroup):
    items = (
        ResourceViewSet,
        ProposalViewSet,
        ReviewViewSet,
        SourceViewSet,
        ImportViewSet,
        LinkViewSet,
        DuplicateViewSet,
        OfficialDocumentViewSet,
        SubjectViewSet,
        EnquiryViewSet,
        UsageViewSet,
    )
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 210


class ResourceChooserViewSet(ChooserViewSet):
    model = Resource
    icon = "doc-full"
    widget_class = ResourceChooser
    choose_view_class = ResourceChooseView
    choose_results_view_class = ResourceChooseResultsView

    @staticmethod
    def get_object_list():
        return Resource.objects.public().order_by("-pk")


class AnyResourceChooserViewSet(ResourceChooserViewSet):
    """For learning paths: also what is kept for officers."""

    widget_class = AnyResourceChooser

    @staticmethod
    def get_object_list():
        return Resource.objects.current().order_by("-pk")


resource_chooser = ResourceChooserViewSet("resource_chooser")
any_resource_chooser = AnyResourceChooserViewSet("any_resource_chooser", register_widget=False)
