"""Figures of the titles as the pages and sheets show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.places.maps import REFORM, PlaceMap, place_map
from portal.web.spreadsheet import Cell

from ..domain.indicators import wording
from ..domain.indicators.figures import Figure
from ..domain.indicators.report import Report
from ..enums import Indicator

FULL = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with the place that it is of; `url` leads further down."""

    label: str
    figure: Figure
    url: str = ""

    @property
    def indicator(self) -> Indicator:
        return Indicator(self.figure.indicator)

    @property
    def recognised(self) -> str:
        return wording.number(self.figure.recognised)

    @property
    def registered(self) -> str:
        return "" if self.figure.registered is None else wording.number(self.figure.registered)

    @property
    def total(self) -> str:
        return "" if self.figure.total is None else wording.number(self.figure.total)

    @property
    def over_total(self) -> str:
        return wording.over_total(self.figure)

    @property
    def over_registered(self) -> str:
        return wording.over_registered(self.figure)

    @property
    def coverage(self) -> str:
        return wording.coverage(self.figure.coverage)

    @property
    def of_total(self) -> str:
        """ "70 of 100": what the rate over the total is taken of."""
        return self._of(self.figure.over_total)

    @property
    def of_registered(self) -> str:
        return self._of(self.figure.over_registered)

    def _of(self, rate) -> str:
        if rate is None:
            return ""
        facts = {"part": wording.number(rate.numerator), "whole": wording.number(rate.denominator)}
        return _("%(part)s of %(whole)s") % facts

    @property
    def bar(self) -> str | None:
        """How far the bar goes, in hundredths, as SVG writes it; None where there is no rate."""
        rate = self.figure.over_total
        return None if rate is None else f"{min(rate.percent, Decimal(FULL)):.2f}"

    @property
    def notes(self) -> list[str]:
        found = []
        if self.figure.provisional:
            found.append(_("provisional"))
        if self.figure.estimated:
            found.append(_("estimate"))
        return found


def overview(report: Report) -> list[Shown]:
    return [Shown(str(indicator.label), report.whole[indicator]) for indicator in Indicator]


def drawn(report: Report, indicator: Indicator, link) -> PlaceMap:
    """The communes since July 2025 with their rate over the total, or where no denominator is known what was recognised."""
    figures = {row.commune.code: row.figures[indicator] for row in report.rows if not row.of_other_map}
    rates = {code: each.over_total.percent for code, each in figures.items() if each.over_total}
    values = {code: round(float(rate), 1) for code, rate in rates.items()}
    legend, unit = _("recognised of the total"), "%"
    if not values:
        values = {code: int(each.recognised) for code, each in figures.items() if each.recognised}
        legend, unit = _("recognised"), ""
    return place_map(
        within=list(figures),
        values=values,
        title=f"{indicator.label} {report.year}",
        legend=legend,
        link=link,
        unit=unit,
        note=_("The map shows the communes since 1 July 2025; earlier figures are summed by them.")
        if report.year <= REFORM.year
        else "",
        with_table=False,
    )


def headings(indicator: Indicator, first: str) -> list[str]:
    return [
        first,
        _("Recognised"),
        _("Registered"),
        str(indicator.denominator.label),
        _("Recognised of the total, per cent"),
        _("Recognised of the registered, per cent"),
        _("Target, per cent"),
        _("Missing"),
        _("Denominator known of"),
        _("Note"),
    ]


def lines(rows: Iterable[Shown]) -> Iterable[list[Cell]]:
    """As a sheet: numbers stay numbers."""
    for row in rows:
        figure = row.figure
        rates = [rate and round(rate.percent, 2) for rate in (figure.over_total, figure.over_registered)]
        note = [row.over_total] if figure.over_total is None or figure.over_total.is_too_high else []
        yield [
            row.label,
            figure.recognised,
            figure.registered,
            figure.total,
            *rates,
            figure.target,
            figure.missing,
            row.coverage,
            ", ".join([*note, *row.notes]),
        ]
