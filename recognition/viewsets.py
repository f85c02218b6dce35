"""The titles in the admin: the list of awards, its import from a sheet, and the criteria sets, to be read only."""

import django_filters

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from portal.places.models import Place
from portal.text import fold, format_date

from .enums import SetState, SubjectKind
from .models import Award, CriteriaSet
from .permissions import may_draft_criteria
from .views import draft_parts, drafts
from .views.award_import import AwardImportView
from .views.what_if import WhatIfView


class AwardFilterSet(WagtailFilterSet):
    name = django_filters.CharFilter(label=_("Holder of the title"), method="filter_name")
    subject_kind = django_filters.ChoiceFilter(label=_("Learning title"), choices=SubjectKind.choices)
    place = django_filters.ModelChoiceFilter(label=_("Place of the award"), queryset=Place.objects.none())

    class Meta:
        model = Award
        fields = ["name", "subject_kind", "place", "year", "is_sample"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        awarded = Award.objects.order_by().values("place")
        self.filters["place"].field.queryset = Place.objects.filter(pk__in=awarded)

    def filter_name(self, queryset, _name, value):
        return queryset.filter(folded_name__contains=fold(value))


def _decided(award):
    return format_date(award.decision_date)


class AwardIndexView(IndexView):
    @property
    def header_buttons(self):
        button = HeaderButton(
            _("Import a list"), url=reverse("recognition_awards:import"), icon_name="upload"
        )
        return [
            *super().header_buttons,
            *([button] if self.permission_policy.user_has_permission(self.request.user, "add") else []),
        ]


class AwardViewSet(ModelViewSet):
    model = Award
    name = url_namespace = "recognition_awards"
    url_prefix = "recognition/awards"
    menu_label = _("Awards")
    icon = "success"
    index_view_class = AwardIndexView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    form_fields = [
        "subject_kind",
        "name",
        "distinction",
        "place",
        "year",
        "level",
        "decision_number",
        "decision_date",
        "issuer",
        "valid_from",
        "valid_to",
        "publication_basis",
        "of_age",
        "revoked_on",
        "revoked_reason",
        "is_sample",
    ]
    list_display = [
        "name",
        Column("subject_kind", label=_("Learning title"), accessor="get_subject_kind_display"),
        "place",
        "year",
        "decision_number",
        Column("decision_date", label=_("Decision date"), accessor=_decided, sort_key="decision_date"),
    ]
    list_export = inspect_view_fields = ["serial", *form_fields]  # without the columns that only sort
    list_filter = AwardFilterSet.Meta.fields
    filterset_class = AwardFilterSet
    ordering = ["-year", "sort_name"]

    def get_urlpatterns(self):
        view = AwardImportView.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("import/", view, name="import")]


class ReadingPolicy(ModelPermissionPolicy):
    """Criteria sets are read here; they come in through `import_criteria` or as drafts (`views/drafts.py`), and nobody edits a
    published one."""

    def user_has_permission(self, user, action):
        may = super().user_has_permission
        return action == "view" and (may(user, "view") or may(user, "change"))

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class CriteriaIndexView(IndexView):
    @property
    def header_buttons(self):
        if not may_draft_criteria(self.request.user):
            return []
        return [HeaderButton(_("A new criteria set"), url=drafts.address("new"), icon_name="plus")]

    def get_base_queryset(self):
        sets = super().get_base_queryset()
        return sets if may_draft_criteria(self.request.user) else sets.public()

    def get_edit_url(self, criteria_set):
        if criteria_set.state == SetState.DRAFT and may_draft_criteria(self.request.user):
            return drafts.address("draft", criteria_set.pk)
        return None

    def get_list_more_buttons(self, criteria_set):
        buttons = super().get_list_more_buttons(criteria_set)
        if criteria_set.state != SetState.DRAFT and may_draft_criteria(self.request.user):
            url = drafts.address("derive", criteria_set.pk)
            buttons.append(MenuItem(_("A new version"), url=url, icon_name="copy", priority=15))
        return buttons


class CriteriaInspectView(InspectView):
    @property
    def header_buttons(self):
        if not may_draft_criteria(self.request.user):
            return []
        if self.object.state == SetState.DRAFT:
            url = drafts.address("draft", self.object.pk)
            return [HeaderButton(_("Edit"), url=url, icon_name="edit")]
        url = drafts.address("derive", self.object.pk)
        return [HeaderButton(_("A new version"), url=url, icon_name="copy")]


class CriteriaSetViewSet(ModelViewSet):
    model = CriteriaSet
    name = url_namespace = "recognition_criteria"
    url_prefix = "recognition/criteria"
    menu_label = _("Criteria sets")
    icon = "list-ul"
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    permission_policy = ReadingPolicy(CriteriaSet)
    index_view_class = CriteriaIndexView
    inspect_view_class = CriteriaInspectView
    exclude_form_fields = []
    list_display = [
        "title",
        Column("subject_kind", label=_("Learning title"), accessor="get_subject_kind_display"),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        Column("completeness", label=_("Completeness"), accessor="get_completeness_display"),
        BooleanColumn("usable_for_scoring", label=_("For scoring")),
    ]
    list_filter = ["subject_kind", "state", "completeness", "usable_for_scoring"]
    ordering = ["subject_kind", "code"]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("draft/new/", drafts.NewView.as_view(), name="new"),
            path("derive/<int:pk>/", drafts.DeriveView.as_view(), name="derive"),
            path("draft/<int:pk>/", drafts.OverviewView.as_view(), name="draft"),
            path("draft/<int:pk>/facts/", drafts.FactsView.as_view(), name="facts"),
            path("draft/<int:pk>/rules/", drafts.RulesView.as_view(), name="rules"),
            path("draft/<int:pk>/group/", draft_parts.GroupView.as_view(), name="new_group"),
            path("draft/<int:pk>/group/<int:part_pk>/", draft_parts.GroupView.as_view(), name="group"),
            path("draft/<int:pk>/criterion/", draft_parts.CriterionView.as_view(), name="new_criterion"),
            path(
                "draft/<int:pk>/criterion/<int:part_pk>/",
                draft_parts.CriterionView.as_view(),
                name="criterion",
            ),
            path("draft/<int:pk>/publish/", drafts.PublishView.as_view(), name="publish"),
            path("draft/<int:pk>/what-if/", WhatIfView.as_view(), name="what_if"),
            path("draft/<int:pk>/delete/", drafts.DeleteDraftView.as_view(), name="delete_draft"),
        ]


class RecognitionViewSetGroup(ViewSetGroup):
    menu_label = _("Learning titles")
    menu_icon = "success"
    menu_order = 300
    items = (AwardViewSet, CriteriaSetViewSet)
