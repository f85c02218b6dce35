"""The uses of a year: by commune and month, and as a Title Report (TR) of COUNTER Release 5.

The commune is the one that a resource speaks of; who used it, and from where, is not known. COUNTER's unique metrics need to
recognise people and are therefore not given.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date as Date
from io import BytesIO
from typing import NamedTuple

import xlsxwriter

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, ExtractMonth
from django.utils.translation import gettext as _

from portal.places.models import Place
from portal.web.spreadsheet import NO_FORMULAS

from ..enums import IdentifierScheme, Kind, UsageKind, Visibility
from ..models import Resource, Usage

MONTHS = range(1, 13)
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # COUNTER
INVESTIGATIONS, REQUESTS = "Total_Item_Investigations", "Total_Item_Requests"
DATA_TYPES = {
    Kind.BOOK: "Book",
    Kind.ARTICLE: "Article",
    Kind.VIDEO: "Multimedia",
    Kind.AUDIO: "Multimedia",
    Kind.DATASET: "Dataset",
}
TITLE_COLUMNS = (
    "Title",
    "Publisher",
    "Publisher_ID",
    "Platform",
    "DOI",
    "Proprietary_ID",
    "ISBN",
    "Print_ISSN",
    "Online_ISSN",
    "URI",
    "Data_Type",
    "Section_Type",
    "YOP",
    "Access_Type",
    "Access_Method",
    "Metric_Type",
    "Reporting_Period_Total",
)
UNKNOWN_YEAR = "0001"  # COUNTER R5, 3.3.7
BATCH = 1000

Months = dict[str, list[int]]  # {metric: twelve numbers}


class CommuneUse(NamedTuple):
    """One line of the report; `place` is None for what speaks of no commune."""

    place: Place | None
    months: list[int]

    @property
    def total(self) -> int:
        return sum(self.months)


class Letterhead(NamedTuple):
    """What a report says of itself."""

    institution: str
    platform: str
    base_url: str  # "https://example.org", for the addresses of resources
    today: Date


def _months(owner: str, year: int) -> dict[int | None, Months]:
    """{id of the owner: its numbers}; `owner` is the path of a relation from the resource, "" for the resource itself."""
    merged, own = ("__".join(filter(None, [way, owner])) for way in ("resource__merged_into", "resource"))
    rows = (
        Usage.objects.filter(day__range=(Date(year, 1, 1), Date(year, 12, 31)))
        .order_by()
        .values(owner=Coalesce(merged, own), month=ExtractMonth("day"))
        .annotate(all=Sum("count"), requests=Sum("count", filter=Q(kind=UsageKind.REQUEST)))
    )
    found: dict[int | None, Months] = defaultdict(lambda: {INVESTIGATIONS: [0] * 12, REQUESTS: [0] * 12})
    for row in rows:
        found[row["owner"]][INVESTIGATIONS][row["month"] - 1] = row["all"]
        found[row["owner"]][REQUESTS][row["month"] - 1] = row["requests"] or 0
    return found


def by_commune(year: int, metric: str) -> list[CommuneUse]:
    """Communes in the order of the alphabet, then what speaks of none; only lines with a use."""
    used = _months("place", year)
    lines = [CommuneUse(place, used[place.pk][metric]) for place in Place.objects.filter(pk__in=list(used))]
    if None in used:
        lines.append(CommuneUse(None, used[None][metric]))
    return [line for line in lines if line.total]


def years(today: Date) -> list[int]:
    """From the first use to the year of today, the latest first."""
    first = Usage.objects.order_by("day").values_list("day", flat=True).first() or today
    return list(range(today.year, first.year - 1, -1))


def workbook(year: int, head: Letterhead) -> bytes:
    """An XLSX file: the sheet "TR" as COUNTER lays it out, then a sheet a metric by commune and month."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, NO_FORMULAS)
    bold = book.add_format({"bold": True})
    _write_titles(book.add_worksheet("TR"), bold, year, head)
    _write_communes(book.add_worksheet(_("Views by commune")), bold, year, INVESTIGATIONS)
    _write_communes(book.add_worksheet(_("Reading by commune")), bold, year, REQUESTS)
    book.close()
    return file.getvalue()


def _write_titles(sheet, bold, year: int, head: Letterhead) -> None:
    months = [month for month in MONTHS if Date(year, month, 1) <= head.today]
    last = min(head.today, Date(year, 12, 31))
    heading = {
        "Report_Name": "Title Master Report",
        "Report_ID": "TR",
        "Release": "5",
        "Institution_Name": head.institution,
        "Institution_ID": "",
        "Metric_Types": f"{INVESTIGATIONS}; {REQUESTS}",
        "Report_Filters": "",
        "Report_Attributes": "",
        "Exceptions": "",
        "Reporting_Period": f"Begin_Date={year}-01-01; End_Date={last.isoformat()}",
        "Created": head.today.isoformat(),
        "Created_By": head.platform,
    }
    for row, (name, value) in enumerate(heading.items()):
        sheet.write_row(row, 0, [name, value])
    names = [f"{MONTH_NAMES[month - 1]}-{year}" for month in months]
    sheet.write_row(len(heading) + 1, 0, [*TITLE_COLUMNS, *names], bold)
    for row, values in enumerate(_title_rows(year, len(months), head), len(heading) + 2):
        sheet.write_row(row, 0, values)
    sheet.freeze_panes(len(heading) + 2, 1)
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, len(TITLE_COLUMNS), 20)


def _title_rows(year: int, months: int, head: Letterhead) -> Iterator[list]:
    """A row for each resource and metric that is not zero (COUNTER leaves such rows away), by title."""
    used = _months("", year)
    of_the_year = Usage.objects.filter(day__range=(Date(year, 1, 1), Date(year, 12, 31)))
    resources = Resource.objects.filter(
        Exists(of_the_year.filter(Q(resource=OuterRef("pk")) | Q(resource__merged_into=OuterRef("pk"))))
    )
    for resource in resources.prefetch_related("identifiers").order_by("sort_title", "pk").iterator(BATCH):
        for metric, numbers in used.get(resource.pk, {}).items():
            if any(numbers):
                yield [*_title(resource, head), metric, sum(numbers), *numbers[:months]]


def _title(resource: Resource, head: Letterhead) -> list:
    numbers = {each.scheme: each.value for each in reversed(resource.identifiers.all())}
    officers_only = resource.visibility == Visibility.OFFICERS
    return [
        resource.title,
        resource.publisher,
        "",
        head.platform,
        numbers.get(IdentifierScheme.DOI, ""),
        str(resource.pk),
        numbers.get(IdentifierScheme.ISBN, ""),
        "",
        numbers.get(IdentifierScheme.ISSN, ""),
        head.base_url + resource.get_absolute_url(),
        DATA_TYPES.get(resource.kind, "Other"),
        "",
        str(resource.year) if resource.year else UNKNOWN_YEAR,
        "Controlled" if officers_only else "Other_Free_To_Read",
        "Regular",
    ]


def _write_communes(sheet, bold, year: int, metric: str) -> None:
    sheet.write_row(0, 0, [f"{metric}, {year}"], bold)
    sheet.write_row(2, 0, [_("Commune"), *map(str, MONTHS), _("Whole year")], bold)
    for row, line in enumerate(by_commune(year, metric), 3):
        sheet.write_row(
            row, 0, [line.place.label if line.place else _("No commune"), *line.months, line.total]
        )
    sheet.freeze_panes(3, 1)
    sheet.set_column(0, 0, 30)
