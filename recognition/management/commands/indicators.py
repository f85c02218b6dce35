import json
from datetime import date as Date

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wagtail.models import Site

from portal.cms.models import SiteDetails
from recognition.domain.indicators import wording
from recognition.domain.indicators.exchange import as_data
from recognition.domain.indicators.report import Report, report
from recognition.enums import Indicator

COLUMNS = (28, 12, 12, 12, 44, 24, 10, 12)


class Command(BaseCommand):
    help = "Recognised, registered, total, both rates and what the target lacks, by commune and title."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument(
            "--map",
            metavar="YYYY-MM-DD",
            help="by the communes of that day; by default those of 31/12 of the year",
        )
        parser.add_argument("--json", action="store_true", help="one object of JSON")

    def handle(self, year, map, json: bool, **options):
        if not 1996 <= year <= 2100:
            raise CommandError(_("“%(value)s” is not a year of the titles.") % {"value": year})
        found = report(year, _day(map) if map else None, _area())
        self.stdout.write(_as_json(found) if json else "\n".join(_table(found)))


def _day(value: str) -> Date:
    try:
        return Date.fromisoformat(value)
    except ValueError:
        raise CommandError(_("“%(value)s” is not a day: write YYYY-MM-DD.") % {"value": value}) from None


def _area():
    """That of the site, as on the public page; without one all communes."""
    details = SiteDetails.objects.filter(site__in=Site.objects.filter(is_default_site=True)).first()
    return details.area if details else None


def _as_json(found: Report) -> str:
    return json.dumps(as_data(found), ensure_ascii=False, indent=1)


def _table(found: Report):
    for indicator in Indicator:
        yield f"{indicator.label} {found.year} ({indicator.denominator.label})"
        heads = ("", _("recognised"), _("registered"), _("total"), _("of the total"), _("of the registered"))
        yield _line([*heads, _("target"), _("known of")])
        named = [(row.commune.label, row.figures[indicator]) for row in found.rows]
        for name, figure in [*named, (_("Together"), found.whole[indicator])]:
            yield _line([name, *_cells(figure)])
        yield ""


def _cells(figure):
    counted = [wording.number(each) for each in (figure.recognised, figure.registered, figure.total)]
    target = "–" if figure.target is None else f"{figure.target} %"
    rates = [wording.over_total(figure), wording.over_registered(figure)]
    return [*counted, *rates, target, wording.coverage(figure.coverage)]


def _line(cells) -> str:
    return "  ".join(str(cell).ljust(width) for cell, width in zip(cells, COLUMNS, strict=True)).rstrip()
