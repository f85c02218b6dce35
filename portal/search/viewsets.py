"""The librarian's side of the search: the menu "Search" of the admin."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import AdminAutoHeightTextInput

from portal.web.admin_lists import FoldedIndexView

from .forms import PickForm
from .models import Pick, SynonymGroup


class SynonymViewSet(ModelViewSet):
    model = SynonymGroup
    name = url_namespace = "search_synonyms"
    url_prefix = "tim-kiem/tu-dong-nghia"
    menu_label = _("Synonyms")
    icon = "list-ul"
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("ambiguous", label=_("Only beside its neighbours"), accessor="ambiguous"),
    ]
    list_filter = ["kind", "ambiguous"]
    index_view_class = FoldedIndexView
    search_fields = ["terms", "hidden"]
    panels = [
        FieldPanel("terms", widget=AdminAutoHeightTextInput(attrs={"rows": 3})),
        FieldPanel("hidden", widget=AdminAutoHeightTextInput(attrs={"rows": 2})),
        FieldPanel("kind"),
        FieldPanel("ambiguous"),
    ]


class PickViewSet(ModelViewSet):
    model = Pick
    name = url_namespace = "search_picks"
    url_prefix = "tim-kiem/chon-truoc"
    menu_label = _("Chosen results")
    icon = "pick"
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["query", Column("addresses", label=_("What to show first"))]
    index_view_class = FoldedIndexView
    search_fields = ["query", "addresses"]

    def get_form_class(self, for_update=False):
        return PickForm


class SearchGroup(ModelViewSetGroup):
    menu_label = _("Search")
    menu_icon = "search"
    menu_order = 230
    items = (SynonymViewSet, PickViewSet)
