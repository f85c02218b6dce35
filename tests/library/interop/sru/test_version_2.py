"""The binding of SRU 2.0 beside those of 1.1 and 1.2."""

import pytest

from tests.factories.library import ResourceFactory, SubjectFactory
from tests.library.interop.sru.asking import MARC, NEW_DIAGNOSTICS, TWO, answer, count, names, titles, told

pytestmark = pytest.mark.django_db

FACET = "{http://docs.oasis-open.org/ns/search-ws/facetedResults}"


@pytest.fixture(autouse=True)
def books(indexed):
    subject = SubjectFactory(name="Trồng trọt")
    for number in range(1, 4):
        ResourceFactory(title=f"Trồng ngô {number}", year=2000 + number // 2, subjects=[subject])
    indexed()


def test_a_query_alone_is_version_2_which_needs_no_operation(client):
    root = answer(client, {"query": "ngô"})
    assert root.tag == f"{TWO}searchRetrieveResponse"
    assert root.findtext(f"{TWO}version") == "2.0"
    assert count(root) == 3


def test_its_answer_has_what_the_schema_knows_in_its_order(client):
    root = answer(client, {"query": "ngô", "maximumRecords": "1", "facetLimit": "1"})
    assert names(root, TWO) == [
        "version",
        "numberOfRecords",
        "records",
        "nextRecordPosition",
        "echoedSearchRetrieveRequest",
        "resultCountPrecision",
        "facetedResults",
    ]
    assert names(root.find(f".//{TWO}record"), TWO) == [
        "recordSchema",
        "recordXMLEscaping",
        "recordData",
        "recordPosition",
    ]


def test_the_request_is_echoed_in_the_order_of_the_schema(client):
    asked = {
        "facetLimit": "1:dc.date",
        "recordPacking": "packed",
        "recordXMLEscaping": "xml",
        "query": "ngô",
        "queryType": "searchTerms",
    }
    echo = answer(client, asked).find(f"{TWO}echoedSearchRetrieveRequest")
    assert [(each.tag.removeprefix(TWO), each.text) for each in echo] == [
        ("queryType", "searchTerms"),
        ("query", "ngô"),
        ("recordXMLEscaping", "xml"),
        ("recordPacking", "packed"),
        ("facetParameters", "facetLimit=1:dc.date"),
    ]


def test_its_media_type_is_its_own(client):
    assert client.get("/sru", {"query": "ngô"})["Content-Type"] == "application/sru+xml; charset=UTF-8"
    assert client.get("/sru")["Content-Type"] == "text/xml; charset=UTF-8"


def test_record_xml_escaping_takes_the_place_of_record_packing(client):
    root = answer(client, {"query": "ngô", "recordXMLEscaping": "string", "recordPacking": "packed"})
    record = root.find(f".//{TWO}record")
    assert record.findtext(f"{TWO}recordXMLEscaping") == "string"
    assert record.findtext(f"{TWO}recordData").startswith("<record ")
    root = answer(client, {"query": "ngô"})
    assert root.find(f".//{TWO}recordData/{MARC}record") is not None
    assert told(answer(client, {"query": "ngô", "recordXMLEscaping": "mau"})) == (71, "mau")
    assert told(answer(client, {"query": "ngô", "recordPacking": "xml"})) == (71, "xml")


def test_the_count_is_said_to_be_exact(client):
    root = answer(client, {"query": "ngô"})
    assert root.findtext(f"{TWO}resultCountPrecision") == "info:srw/vocabulary/resultCountPrecision/1/exact"


def test_facets_count_all_that_was_found(client):
    root = answer(client, {"query": "ngô", "maximumRecords": "1", "facetLimit": "1:dc.date,5:dc.subject"})
    facets = {
        facet.findtext(f"{FACET}index"): [
            (term.findtext(f"{FACET}actualTerm"), term.findtext(f"{FACET}count"))
            for term in facet.iter(f"{FACET}term")
        ]
        for facet in root.iter(f"{FACET}facet")
    }
    assert facets == {"dc.date": [("2001", "2")], "dc.subject": [("Trồng trọt", "3")]}
    assert told(answer(client, {"query": "ngô", "facetLimit": "5:dc.title"})) == (6, "facetLimit")


def test_there_are_no_facets_without_terms(client):
    assert answer(client, {"query": "khoai", "facetLimit": "5"}).find(f"{TWO}facetedResults") is None


def test_words_between_spaces_are_a_type_of_query(client):
    assert count(answer(client, {"query": "ngô trồng", "queryType": "searchTerms"})) == 3
    assert told(answer(client, {"query": "ngô", "queryType": "xcql"})) == (11, "xcql")


def test_sort_keys_are_back(client):
    assert titles(answer(client, {"query": "ngô", "sortKeys": "dc.title,,0"}))[0] == "Trồng ngô 3"


def test_its_diagnostics_have_a_namespace_of_their_own(client):
    root = answer(client, {"query": "("})
    assert root.tag == f"{TWO}searchRetrieveResponse"
    assert root.find(f"{TWO}diagnostics/{NEW_DIAGNOSTICS}diagnostic") is not None
