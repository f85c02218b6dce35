"""Open data: a page that says what the files are, and a catalogue of them for data portals (DCAT)."""

import pytest

from django.utils import timezone

from library.domain.open_data.files import DATASETS
from library.models import OpenDataFile
from portal.cms.models import SiteDetails
from tests.factories.home import HomePageFactory
from tests.factories.library import ResourceFactory

from .open_data import PAGE, body
from .rdf import from_json_ld, from_rdf_xml

pytestmark = pytest.mark.django_db
DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"


@pytest.fixture
def site():
    HomePageFactory()
    details = SiteDetails.objects.get()
    details.managing_body, details.email = "Hội Khuyến học mẫu", "lien-he@vi-du.example"
    details.save()
    return details


def said(thing, name):
    return [value for key, value in thing[3] if key == name]


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
