"""The report of what readers search for, and do not find."""

from datetime import timedelta

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from . import asked
from .models import AskedQuery

PERIOD = timedelta(days=90)


class AskedReportView(ReportView):
    """What was asked at least three times in the last 90 days; `?all=1`: also what found something."""

    permission_policy = ModelPermissionPolicy(AskedQuery)
    any_permission_required = ["view"]
    page_title = _("Searches that find nothing")
    header_icon = "search"
    index_url_name = "search_asked"
    index_results_url_name = "search_asked_results"
    is_searchable = False
    list_export = ["text", "total", "latest", "last"]
    export_headings = {
        "text": _("Searched for"),
        "total": _("Times"),
        "latest": _("Found last time"),
        "last": _("Last asked"),
    }
    columns = [
        Column("text", label=_("Searched for")),
        Column("total", label=_("Times")),
        Column("latest", label=_("Found last time")),
        DateColumn("last", label=_("Last asked")),
    ]

    @cached_property
    def shows_all(self) -> bool:
        return self.request.GET.get("all") == "1"

    def get_queryset(self):
        return asked.report(timezone.localdate() - PERIOD, unanswered=not self.shows_all)

    def get_page_subtitle(self):
        return _("Asked three times or more in the last 90 days; nothing is kept of who asked")
