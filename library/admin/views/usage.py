"""The report "Lượt dùng" of the admin."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from portal.cms.models import SiteDetails
from portal.web.spreadsheet import XLSX

from ...domain.usage_report import INVESTIGATIONS, MONTHS, REQUESTS, Letterhead, by_commune, workbook, years
from ...models import Usage


class UsageChoice(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    metric = forms.ChoiceField(
        label=_("Counted"),
        choices=[
            (INVESTIGATIONS, _("Every use: pages seen, read, played or downloaded")),
            (REQUESTS, _("Only read, played or downloaded")),
        ],
    )


class UsageView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A table by commune and month; `?export=xlsx` gives the whole report."""

    permission_policy = ModelPermissionPolicy(Usage)
    permission_required = "view"
    page_title = _("Use of the library")
    header_icon = "view"
    template_name = "library/admin/usage.html"

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx":
            return self._sheet()
        return super().get(request, *args, **kwargs)

    @cached_property
    def choice(self) -> UsageChoice:
        """What was asked for, where it makes sense; else every use of the latest year."""
        choices = [(str(year), str(year)) for year in years(timezone.localdate())]
        asked = self.request.GET.dict()
        form = UsageChoice({"year": choices[0][0], "metric": INVESTIGATIONS} | asked)
        form.fields["year"].choices = choices
        if not form.is_valid():
            form = UsageChoice({"year": choices[0][0], "metric": INVESTIGATIONS})
            form.fields["year"].choices = choices
            form.full_clean()
        return form

    @property
    def header_buttons(self):
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        return [HeaderButton(_("Download XLSX"), url=f"?{query.urlencode()}", icon_name="download")]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        chosen = self.choice.cleaned_data
        lines = by_commune(chosen["year"], chosen["metric"])
        sums = [sum(line.months[month - 1] for line in lines) for month in MONTHS]
        return super().get_context_data(
            choice=self.choice, year=chosen["year"], months=MONTHS, lines=lines, sums=sums, total=sum(sums)
        )

    def _sheet(self) -> HttpResponse:
        year = self.choice.cleaned_data["year"]
        head = Letterhead(
            institution=SiteDetails.of(self.request).association_name,
            platform=self.request.get_host(),
            base_url=self.request.build_absolute_uri("/").rstrip("/"),
            today=timezone.localdate(),
        )
        response = HttpResponse(workbook(year, head), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="luot-dung-{year}.xlsx"'
        return response
