"""Uses over days, months and communes: the sort "most used", the page of a resource, the report."""

import datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from library.domain.usage import refresh_uses, roll_up, roll_up_months, uses_of
from library.domain.usage_report import INVESTIGATIONS, REQUESTS, Letterhead, by_commune, workbook, years
from library.enums import UsageKind, Visibility
from library.models import Resource, Usage
from portal.accounts.enums import Role
from portal.search.models import OutboxRow
from portal.web import daily
from tests.factories.library import ResourceFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 24)
HEAD = Letterhead("Hội mẫu", "vi-du.example", "https://vi-du.example", TODAY)


def use(resource, day, views=0, requests=0):
    for kind, number in ((UsageKind.VIEW, views), (UsageKind.REQUEST, requests)):
        if number:
            Usage.objects.create(resource=resource, day=day, kind=kind, count=number)


def days_ago(days):
    return TODAY - datetime.timedelta(days)


class TestYear:
    def test_request_is_an_investigation_too(self):
        resource = ResourceFactory()
        use(resource, days_ago(1), views=3, requests=2)
        assert uses_of(resource, TODAY) == (5, 2)

    def test_only_the_year_that_ends_today_counts(self):
        resource = ResourceFactory()
        use(resource, days_ago(365), views=10)
        use(resource, days_ago(364), views=1)
        assert uses_of(resource, TODAY) == (1, 0)

    def test_page_of_a_resource_tells_its_uses(self, client):
        resource = ResourceFactory()
        use(resource, timezone.localdate(), views=1233, requests=1)
        page = client.get(resource.get_absolute_url(), headers={"accept-language": "vi"}).content.decode()
        assert "Lượt dùng trong một năm qua" in page
        assert "1.234 lượt" in page

    def test_page_of_a_resource_without_uses_is_silent(self, client):
        page = client.get(ResourceFactory().get_absolute_url()).content.decode()
        assert "Lượt dùng" not in page


class TestMostUsed:
    def test_uses_are_written_and_indexed_only_where_they_changed(self):
        busy, same, quiet = ResourceFactory(), ResourceFactory(uses=4), ResourceFactory(uses=7)
        use(busy, days_ago(1), views=2, requests=1)
        use(same, days_ago(2), views=4)
        use(quiet, days_ago(400), views=7)
        OutboxRow.objects.all().delete()
        assert refresh_uses(TODAY) == 2
        assert dict(Resource.objects.values_list("pk", "uses")) == {busy.pk: 3, same.pk: 4, quiet.pk: 0}
        assert set(OutboxRow.objects.values_list("object_id", flat=True)) == {str(busy.pk), str(quiet.pk)}
        assert refresh_uses(TODAY) == 0

    def test_day_of_change_stays(self):
        resource = ResourceFactory()
        use(resource, days_ago(1), views=2)
        refresh_uses(TODAY)
        assert Resource.objects.get(pk=resource.pk).updated_at == resource.updated_at

    def test_use_of_what_was_merged_counts_for_what_it_was_merged_into(self):
        kept = ResourceFactory()
        merged = ResourceFactory(withdrawn=True, merged_into=kept)
        use(kept, days_ago(1), views=1)
        use(merged, days_ago(2), views=2)
        refresh_uses(TODAY)
        assert Resource.objects.get(pk=kept.pk).uses == 3
        assert Resource.objects.get(pk=merged.pk).uses == 0

    def test_it_is_done_every_day(self):
        resource = ResourceFactory()
        use(resource, timezone.localdate(), views=2)
        daily.run("library-usage", timezone.localdate())
        assert Resource.objects.get(pk=resource.pk).uses == 2


class TestMonths:
    def test_days_of_more_than_two_years_ago_become_one_row_a_month(self):
        resource, other = ResourceFactory(), ResourceFactory()
        use(resource, datetime.date(2024, 10, 1), views=1)
        use(resource, datetime.date(2024, 10, 31), views=2, requests=5)
        use(other, datetime.date(2024, 10, 7), views=4)
        use(resource, datetime.date(2024, 11, 2), views=8)
        for _twice in range(2):
            roll_up_months(TODAY)
            rows = Usage.objects.order_by("resource", "day", "kind")
            assert list(rows.values_list("resource", "day", "kind", "count")) == [
                (resource.pk, datetime.date(2024, 10, 1), "request", 5),
                (resource.pk, datetime.date(2024, 10, 1), "view", 3),
                (resource.pk, datetime.date(2024, 11, 2), "view", 8),
                (other.pk, datetime.date(2024, 10, 1), "view", 4),
            ]

    def test_report_of_the_year_is_the_same_before_and_after(self):
        place = CommuneFactory()
        for day in (1, 2, 30):
            use(ResourceFactory(place=place), datetime.date(2023, 4, day), views=day)
        before = by_commune(2023, INVESTIGATIONS)
        roll_up(TODAY)
        assert by_commune(2023, INVESTIGATIONS) == before
        assert before[0].months[3] == 33


class TestReport:
    @pytest.fixture
    def used(self):
        dam_thuy, trung_khanh = CommuneFactory(name="Đàm Thủy"), CommuneFactory(name="Trùng Khánh")
        corn = ResourceFactory(title="Trồng ngô", place=dam_thuy, year=2020)
        rice = ResourceFactory(title="Trồng lúa", place=dam_thuy, visibility=Visibility.OFFICERS)
        use(corn, datetime.date(2026, 1, 5), views=3, requests=2)
        use(rice, datetime.date(2026, 11, 24), views=1)
        use(ResourceFactory(title="Chung"), datetime.date(2026, 2, 1), requests=4)
        use(ResourceFactory(title="Cũ", place=trung_khanh), datetime.date(2025, 2, 1), views=9)
        return corn

    def test_uses_by_commune_and_month(self, used):
        lines = by_commune(2026, INVESTIGATIONS)
        assert [(str(line.place), line.total) for line in lines] == [("Xã Đàm Thủy", 6), ("None", 4)]
        assert lines[0].months == [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
        assert [line.total for line in by_commune(2026, REQUESTS)] == [2, 4]
        assert years(TODAY) == [2026, 2025]

    def test_title_report_has_the_rows_and_columns_of_counter(self, used):
        sheet = CalamineWorkbook.from_filelike(BytesIO(workbook(2026, HEAD))).get_sheet_by_name("TR")
        rows = sheet.to_python(skip_empty_area=False)
        heading = {row[0]: row[1] for row in rows[:12]}
        assert heading["Report_ID"] == "TR"
        assert heading["Release"] == "5"
        assert heading["Institution_Name"] == "Hội mẫu"
        assert heading["Metric_Types"] == "Total_Item_Investigations; Total_Item_Requests"
        assert heading["Reporting_Period"] == "Begin_Date=2026-01-01; End_Date=2026-11-24"
        columns = rows[13]
        assert columns[0] == "Title"
        assert columns[15:19] == ["Metric_Type", "Reporting_Period_Total", "Jan-2026", "Feb-2026"]
        assert columns[-1] == "Nov-2026"
        found = [dict(zip(columns, row, strict=False)) for row in rows[14:]]
        assert [(row["Title"], row["Metric_Type"], row["Reporting_Period_Total"]) for row in found] == [
            ("Chung", "Total_Item_Investigations", 4),
            ("Chung", "Total_Item_Requests", 4),
            ("Trồng lúa", "Total_Item_Investigations", 1),
            ("Trồng ngô", "Total_Item_Investigations", 5),
            ("Trồng ngô", "Total_Item_Requests", 2),
        ]
        corn = found[3]
        assert corn["URI"] == f"https://vi-du.example/r/{used.pk}"
        assert (corn["YOP"], corn["Data_Type"], corn["Jan-2026"]) == ("2020", "Book", 5)
        assert found[2]["Access_Type"] == "Controlled"

    def test_title_that_looks_like_a_formula_stays_a_text(self):
        use(ResourceFactory(title="=1+1"), TODAY, views=1)
        sheet = CalamineWorkbook.from_filelike(BytesIO(workbook(2026, HEAD))).get_sheet_by_name("TR")
        assert sheet.to_python(skip_empty_area=False)[14][0] == "=1+1"

    def test_librarian_reads_the_report_and_takes_it_along(self, librarian_client, used):
        address = reverse("library_usage:index")
        page = librarian_client.get(address, {"year": "2025", "metric": INVESTIGATIONS}).content.decode()
        assert "Xã Trùng Khánh" in page
        assert "Xã Đàm Thủy" not in page
        sheet = librarian_client.get(address, {"year": "2025", "export": "xlsx"})
        assert sheet["Content-Disposition"] == 'attachment; filename="luot-dung-2025.xlsx"'
        assert CalamineWorkbook.from_filelike(BytesIO(sheet.content)).sheet_names[0] == "TR"

    def test_year_that_makes_no_sense_gives_this_year(self, librarian_client, used):
        page = librarian_client.get(reverse("library_usage:index"), {"year": "abc", "metric": "x"})
        assert page.context["year"] == timezone.localdate().year

    def test_editor_has_no_report(self, client, person):
        client.force_login(person(Role.EDITOR))
        assert client.get(reverse("library_usage:index")).status_code == 302


class TestInvariants:
    def test_database_refuses_two_rows_of_one_day_and_an_unknown_way_of_use(self):
        resource = ResourceFactory()
        use(resource, TODAY, views=1)
        for kind in ("view", "other"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO library_usage (resource_id, day, kind, count) VALUES (%s, %s, %s, 1)",
                    [resource.pk, TODAY, kind],
                )
