"""`/so-lieu/`: how the titles stand, by commune and village, beside what the plan wants."""

from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from math import ceil
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.cms.models import SiteDetails
from portal.places.models import Place
from portal.text import slug
from portal.web.client_address import client_address
from portal.web.spreadsheet import XLSX, listing_xlsx
from portal.web.visitors.rate_limit import RateLimit

from ..display.indicators import Shown, drawn, headings, lines, overview
from ..domain.indicators.counting import years
from ..domain.indicators.maps import map_days
from ..domain.indicators.report import Report, Row, report
from ..domain.indicators.sources import denominators_behind
from ..domain.indicators.villages import by_village
from ..enums import Indicator
from ..forms.public import NumbersFilter
from .honour_roll import ask_to_wait

SHEETS = RateLimit("numbers-sheet", 60, 60 * 60)  # an hour


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    asked = _Asked.of(request)
    row = asked.row
    context = {
        "page_title": _("Figures of the titles"),
        "page_description": _(
            "Who was recognised and registered, of how many, and what is missing to the target."
        ),
        "breadcrumbs": asked.trail(),
        "form": asked.form,
        "report": asked.report,
        "indicator": asked.indicator,
        "row": row,
        "overview": overview(asked.report) if row is None else asked.facts(),
        "shown": asked.shown(),
        "together": Shown(_("Together"), asked.report.whole[asked.indicator]) if row is None else None,
        "map": asked.drawing() if row is None else None,
        "unplaced": ceil(asked.report.unplaced),
        "sources": asked.sources(),
        "sheet": f"{reverse('recognition:numbers_sheet')}?{asked.query()}",
    }
    return render(request, "recognition/numbers.html", context)


@require_safe
def numbers_sheet(request: HttpRequest) -> HttpResponse:
    """The list of the page as XLSX."""
    if not SHEETS.allows(client_address(request)):
        return ask_to_wait(
            request, _("Many lists went to your connection in the last hour. Please try again later.")
        )
    asked = _Asked.of(request)
    first = _("Commune") if asked.row is None else _("Village")
    rows = asked.shown()
    if asked.row is None:
        rows.append(Shown(_("Together"), asked.report.whole[asked.indicator]))
    content = listing_xlsx(asked.title(), headings(asked.indicator, first), lines(rows))
    response = HttpResponse(content, content_type=XLSX)
    name = slug(f"so-lieu {asked.indicator.label} {asked.report.year}")
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Robots-Tag"] = "noindex"
    return response


@dataclass
class _Asked:
    """The question of a request, checked, with its answer."""

    form: NumbersFilter
    area: object

    @classmethod
    def of(cls, request: HttpRequest) -> "_Asked":
        """Raises Http404 for a question that cannot be."""
        today = timezone.localdate()
        known = years() or [today.year]
        form = NumbersFilter(request.GET, years=known, days=map_days(today, known[-1]))
        if not form.is_valid():
            raise Http404("There are no such figures.")
        return cls(form, SiteDetails.of(request).area)

    @property
    def indicator(self) -> Indicator:
        return self.form.cleaned_data["danh_hieu"]

    @property
    def day(self) -> Date:
        return self.form.cleaned_data["ban_do"]

    @cached_property
    def report(self) -> Report:
        return report(self.form.cleaned_data["nam"], self.day, self.area)

    @cached_property
    def row(self) -> Row | None:
        """That of the commune which is asked for; None for one of another map: all communes are shown then."""
        wanted = self.form.cleaned_data["xa"]
        if wanted is None:
            return None
        found = next((row for row in self.report.rows if row.commune.pk == wanted), None)
        if found is None and not Place.objects.filter(pk=wanted).exists():
            raise Http404("There is no such commune.")
        return found

    def shown(self) -> list[Shown]:
        """The list: communes, or the villages of one."""
        if self.row is None:
            return [
                Shown(row.commune.label, row.figures[self.indicator], self.address(xa=row.commune.pk))
                for row in self.report.rows
            ]
        found = by_village(self.row, self.report.year, self.day, self.indicator)
        return [Shown(each.label or _("The commune itself"), each.figure) for each in found]

    def facts(self) -> list[Shown]:
        return [Shown(str(each.label), self.row.figures[each]) for each in Indicator]

    def drawing(self):
        today = self.form.days[0]
        of_today = self.report if self.day == today else report(self.report.year, today, self.area)
        pks = {row.commune.code: row.commune.pk for row in of_today.rows}
        return drawn(of_today, self.indicator, lambda code: self.address(xa=pks[code], ban_do=""))

    def sources(self):
        rows = [self.row] if self.row else self.report.rows
        places = {pk for row in rows for pk in row.figures[self.indicator].declared_by}
        return denominators_behind(self.report.year, self.indicator, places)

    def query(self, **change) -> str:
        asked = {
            "danh_hieu": self.indicator.slug,
            "nam": self.report.year,
            "ban_do": "" if self.day == self.form.days[0] else self.day.isoformat(),
            "xa": self.row.commune.pk if self.row else "",
        }
        return urlencode({name: value for name, value in (asked | change).items() if value != ""})

    def address(self, **change) -> str:
        return f"{reverse('recognition:numbers')}?{self.query(**change)}"

    def title(self) -> str:
        where = f", {self.row.commune.label}" if self.row else ""
        return f"{self.indicator.label} {self.report.year}{where}"

    def trail(self) -> list[tuple[str, str]]:
        parts = [(_("Home"), "/")]
        if self.row is None:
            return [*parts, (_("Figures of the titles"), "")]
        return [*parts, (_("Figures of the titles"), self.address(xa="")), (self.row.commune.label, "")]
