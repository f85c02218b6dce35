"""Open data: files that a worker makes of what everybody may see."""

import csv
import datetime
import hashlib
import io
import json

import pytest

from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.domain.open_data import files
from library.domain.open_data.files import DATASETS, make_what_changed
from library.models import OpenDataFile, Resource
from portal.web import daily
from tests.factories.library import OfficialDocumentFactory, ResourceFactory, SubjectFactory

from .hidden import HIDDEN
from .open_data import PAGE, body

pytestmark = pytest.mark.django_db


def sheet(client, name):
    text = body(client.get(f"{PAGE}{name}.csv")).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def records(client, name):
    return json.loads(body(client.get(f"{PAGE}{name}.json")))


class TestFiles:
    def test_a_row_of_the_sheet_is_read_by_people(self, client, make):
        subjects = [SubjectFactory(name="Nông nghiệp"), SubjectFactory(name="Chăn nuôi")]
        resource = ResourceFactory(
            title="Nuôi ong", creators=["Người Một", "Người Hai"], year=2019, subjects=subjects
        )
        make()
        (row,) = sheet(client, "hoc-lieu")
        assert (row["title"], row["year"], row["publisher"]) == ("Nuôi ong", "2019", "")
        assert row["creators"] == "Người Một; Người Hai"
        assert row["subjects"] == "Nông nghiệp; Chăn nuôi"
        assert row["url"].endswith(f"/r/{resource.pk}")

    def test_json_says_what_the_interface_says(self, client, make, settings):
        settings.WAGTAILADMIN_BASE_URL = "http://testserver"
        resource = ResourceFactory(creators=["Người Mẫu"], tags=["ong"])
        make()
        (record,) = records(client, "hoc-lieu")
        assert record == client.get(f"/api/v1/resources/{resource.pk}/").json()

    def test_subjects_and_documents_are_open_too(self, client, make):
        below = SubjectFactory(parent=SubjectFactory(slug="tren"))
        document = OfficialDocumentFactory()
        make()
        assert [row["parent"] for row in sheet(client, "chu-de")] == ["", "tren"]
        assert records(client, "chu-de")[1]["slug"] == below.slug
        assert records(client, "van-ban")[0]["number"] == document.number

    def test_without_rows_the_files_are_still_whole(self, client, make):
        make()
        assert records(client, "hoc-lieu") == []
        assert sheet(client, "hoc-lieu") == []

    @pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
    def test_no_spreadsheet_runs_a_title_as_a_formula(self, client, make, sign):
        Resource.objects.filter(pk=ResourceFactory(publisher="x").pk).update(title=f'{sign}HYPERLINK("x")')
        make()
        assert sheet(client, "hoc-lieu")[0]["title"].startswith(f"'{sign}")

    @pytest.mark.parametrize("hidden", HIDDEN)
    def test_what_not_everybody_may_see_is_in_no_file(self, client, make, hidden):
        ResourceFactory(title="Tên kín", **hidden)
        make()
        assert records(client, "hoc-lieu") == []
        assert sheet(client, "hoc-lieu") == []

    def test_size_rows_and_checksum_are_those_of_the_file(self, client, make):
        for _ in range(3):
            ResourceFactory()
        make()
        for row in OpenDataFile.objects.filter(dataset="hoc-lieu"):
            content = body(client.get(f"{PAGE}hoc-lieu.{row.form}"))
            assert (row.rows, row.size) == (3, len(content))
            assert row.checksum == hashlib.sha256(content).hexdigest()

    def test_queries_grow_with_batches_not_with_rows(self, make, monkeypatch, django_assert_num_queries):
        """Constant memory: a batch is read, written, let go."""
        monkeypatch.setattr(files, "BATCH", 2)
        for _ in range(6):
            ResourceFactory(tags=["x"])
        batches, kinds = 3, 7  # contributions, classifications, subjects, tags twice, identifiers, renditions
        with django_assert_num_queries(1 + batches * kinds):
            assert len(list(DATASETS["hoc-lieu"].records())) == 6

    def test_the_rows_are_read_once_for_all_forms(self, make):
        ResourceFactory()
        with CaptureQueriesContext(connection) as asked:
            make()
        reads = [
            each["sql"] for each in asked.captured_queries if 'FROM "library_contribution"' in each["sql"]
        ]
        assert len(reads) == 1

    def test_a_download_that_broke_off_goes_on(self, client, make):
        ResourceFactory()
        make()
        whole = body(client.get(f"{PAGE}hoc-lieu.json"))
        response = client.get(f"{PAGE}hoc-lieu.json", headers={"range": "bytes=10-"})
        assert response.status_code == 206
        assert b"".join(response.streaming_content) == whole[10:]

    def test_who_has_the_file_already_is_told_so(self, client, make):
        make()
        first = client.get(f"{PAGE}hoc-lieu.csv")
        assert first["Content-Type"] == "text/csv; charset=utf-8"
        assert first["Content-Disposition"] == 'attachment; filename="hoc-lieu.csv"'
        assert first["Access-Control-Allow-Origin"] == "*"
        for header, value in (
            ("if-none-match", first["ETag"]),
            ("if-modified-since", first["Last-Modified"]),
        ):
            assert client.get(f"{PAGE}hoc-lieu.csv", headers={header: value}).status_code == 304

    @pytest.mark.parametrize("name", ["hoc-lieu.csv", "nguoi-dung.csv", "hoc-lieu.xml"])
    def test_a_file_that_was_not_made_is_not_found(self, client, name):
        assert client.get(PAGE + name).status_code == 404

    def test_a_file_that_was_lost_is_not_found(self, client, make):
        make()
        row = OpenDataFile.objects.get(dataset="hoc-lieu", form="csv")
        row.file.storage.delete(row.file.name)
        assert client.get(f"{PAGE}hoc-lieu.csv").status_code == 404


class TestMaking:
    def later(self, minutes=16):
        OpenDataFile.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=minutes))

    def test_the_first_look_of_a_worker_makes_them(self, make):
        make(make_what_changed)
        assert OpenDataFile.objects.count() == 2 * len(DATASETS)

    def test_a_look_at_what_has_not_changed_makes_nothing(self, make):
        make()
        self.later()
        before = list(OpenDataFile.objects.values_list("file", "made_at"))
        make(make_what_changed)
        assert list(OpenDataFile.objects.values_list("file", "made_at")) == before

    @pytest.mark.parametrize(
        "change",
        [
            lambda resource: resource.save(),
            lambda resource: Resource.objects.filter(pk=resource.pk).update(visibility="officers"),
            lambda resource: resource.delete(),
            lambda resource: ResourceFactory(),
        ],
    )
    def test_what_came_went_or_changed_is_seen_within_a_quarter_of_an_hour(self, make, change):
        resource = ResourceFactory()
        make()
        old = OpenDataFile.objects.get(dataset="hoc-lieu", form="json").stamp
        change(resource)
        make(make_what_changed)
        assert OpenDataFile.objects.get(dataset="hoc-lieu", form="json").stamp == old
        self.later()
        make(make_what_changed)
        assert OpenDataFile.objects.get(dataset="hoc-lieu", form="json").stamp != old

    def test_the_file_before_goes_and_no_other_is_left(self, make):
        def kept():
            return {f"open-data/{name}" for name in storages["library"].listdir("open-data")[1]}

        make()
        before, first = kept(), set(OpenDataFile.objects.values_list("file", flat=True))
        make()
        second = set(OpenDataFile.objects.values_list("file", flat=True))
        assert kept() == (before - first) | second

    def test_every_day_all_are_made_by_the_worker(self):
        assert "library-open-data" in daily.names()
        assert make_what_changed in daily._at_every_look
