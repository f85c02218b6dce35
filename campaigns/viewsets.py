from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import ObservanceDay, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]


class ObservanceDayViewSet(SnippetViewSet):
    model = ObservanceDay
    icon = "calendar-alt"
    menu_label = _("Yearly days")
    list_display = ["name", Column("days", label=_("Day and month"))]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("start_day"), FieldPanel("start_month")], heading=_("First day")),
        FieldRowPanel([FieldPanel("end_day"), FieldPanel("end_month")], heading=_("Last day")),
        FieldPanel("legal_basis"),
        FieldPanel("source_url"),
    ]
