"""Open data: files that a worker makes, a page that says what they are, and a catalogue for data portals (DCAT)."""

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
from library.domain.open_data.files import DATASETS, make_all, make_what_changed
from library.models import OpenDataFile, Resource
from portal.cms.models import SiteDetails
from portal.web import daily
from tests.factories.home import HomePageFactory
from tests.factories.library import OfficialDocumentFactory, ResourceFactory, SubjectFactory
from tests.library.interop.api.rdf import from_json_ld, from_rdf_xml

pytestmark = pytest.mark.django_db

PAGE = "/du-lieu-mo/"
DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
TODAY = datetime.date(2026, 11, 26)


@pytest.fixture
def site():
    HomePageFactory()
    details = SiteDetails.objects.get()
    details.managing_body, details.email = "Hội Khuyến học mẫu", "lien-he@vi-du.example"
    details.save()
    return details


@pytest.fixture
def make(django_capture_on_commit_callbacks):
    def make(work=lambda: make_all(TODAY)):
        with django_capture_on_commit_callbacks(execute=True):
            work()

    return make


def body(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def sheet(client, name):
    text = body(client.get(f"{PAGE}{name}.csv")).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def records(client, name):
    return json.loads(body(client.get(f"{PAGE}{name}.json")))


def said(thing, name):
    return [value for key, value in thing[3] if key == name]


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

    @pytest.mark.parametrize(
        "hidden",
        [
            {"officers_only": True},
            {"withdrawn": True},
            {"proposed": True},
            {"embargo_until": datetime.date(2999, 1, 1)},
        ],
    )
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


class TestPage:
    def test_it_offers_every_file_with_its_size_and_day(self, client, site, make):
        ResourceFactory()
        make()
        html = client.get(PAGE).content.decode()
        for row in OpenDataFile.objects.all():
            assert f'href="/du-lieu-mo/{row.dataset}.{row.form}"' in html
        assert f"{timezone.localdate():%d/%m/%Y}" in html
        assert "byte" in html or "KB" in html

    def test_before_they_are_made_it_says_so(self, client, site):
        html = client.get(PAGE).content.decode()
        assert "Các tệp đang được tạo." in html

    def test_without_a_licence_it_grants_nothing(self, client, site):
        html = client.get(PAGE).content.decode()
        assert "creativecommons.org" not in html
        assert "notice--warning" in html

    def test_the_licence_of_the_site_is_named_and_linked(self, client, site):
        site.data_licence = "CC-BY-4.0"
        site.save()
        assert "https://creativecommons.org/licenses/by/4.0/" in client.get(PAGE).content.decode()

    def test_it_names_who_publishes_and_whom_to_ask(self, client, site):
        html = client.get(PAGE).content.decode()
        assert "Hội Khuyến học mẫu" in html
        assert "mailto:lien-he@vi-du.example" in html

    def test_a_few_queries_whatever_there_is(self, client, site, make, django_assert_max_num_queries):
        make()
        client.get(PAGE)
        with django_assert_max_num_queries(4):
            client.get(PAGE)


class TestCatalogue:
    @pytest.fixture
    def catalogue(self, client, site, make):
        site.data_licence = "CC-BY-4.0"
        site.save()
        ResourceFactory()
        make()
        return from_json_ld(client.get(f"{PAGE}catalog.jsonld").content)

    def test_both_forms_say_the_same(self, client, catalogue):
        response = client.get(f"{PAGE}catalog.rdf")
        assert response["Content-Type"] == "application/rdf+xml"
        assert from_rdf_xml(response.content) == catalogue

    def test_it_is_a_catalogue_with_what_dcat_ap_demands(self, catalogue):
        assert catalogue[2] == f"{DCAT}Catalog"
        for name in (f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}dataset"):
            assert said(catalogue, name), name
        assert said(catalogue, f"{DCT}license") == [("link", "https://creativecommons.org/licenses/by/4.0/")]
        assert {value[2] for value in said(catalogue, f"{DCT}title")} == {"vi", "en"}

    def test_each_dataset_has_its_files(self, client, catalogue):
        datasets = said(catalogue, f"{DCAT}dataset")
        assert len(datasets) == len(DATASETS)
        for dataset in datasets:
            for name in (f"{DCT}title", f"{DCT}description", f"{DCAT}contactPoint", f"{DCT}modified"):
                assert said(dataset, name), name
            files = said(dataset, f"{DCAT}distribution")
            assert {said(each, f"{DCAT}mediaType")[0][1].rsplit("/", 1)[1] for each in files} == {
                "csv",
                "json",
            }
            for each in files:
                content = body(client.get(said(each, f"{DCAT}downloadURL")[0][1]))
                assert said(each, f"{DCAT}byteSize")[0][1] == str(len(content))

    def test_the_ways_in_for_programs_are_services_of_the_catalogue(self, client, catalogue):
        services = {
            said(each, f"{DCAT}endpointURL")[0][1]: each for each in said(catalogue, f"{DCAT}service")
        }
        interface = services["http://testserver/api/v1/"]
        served = {each[1] for each in said(catalogue, f"{DCAT}dataset")}
        assert said(interface, f"{DCAT}servesDataset")[0][1] in served
        for address in services:
            assert client.get(address).status_code == 200, address

    def test_nothing_is_made_up_where_the_site_does_not_say_it(self, client):
        HomePageFactory()
        SiteDetails.objects.update(association_name="")
        text = client.get(f"{PAGE}catalog.jsonld").content.decode()
        for name in (
            "dct:publisher",
            "dct:license",
            "dcat:contactPoint",
            "dcat:distribution",
            "dct:modified",
        ):
            assert f'"{name}"' not in text

    def test_a_data_portal_may_fetch_it_from_elsewhere(self, client, site):
        response = client.get(f"{PAGE}catalog.jsonld")
        assert response["Content-Type"] == "application/ld+json"
        assert response["Access-Control-Allow-Origin"] == "*"
