"""searchRetrieve in SRU 1.1 and 1.2: its parameters, its answer, its diagnostics."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from library.models import Resource
from portal.search.engine import EngineUnavailable
from tests.factories.library import ResourceFactory
from tests.library.interop.sru.asking import (
    DC,
    MARC,
    OLD_DIAGNOSTICS,
    ONE,
    SRW_DC,
    answer,
    count,
    names,
    positions,
    search,
    titles,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(indexed):
    for number in range(1, 13):
        ResourceFactory(title=f"Trồng ngô {number:02d}", year=2000 + number)
    indexed()


def test_the_answer_has_version_number_records_and_echo_in_the_order_of_the_schema(client, books):
    root = search(client, "ngô", maximumRecords="2")
    assert names(root, ONE) == [
        "version",
        "numberOfRecords",
        "records",
        "nextRecordPosition",
        "echoedSearchRetrieveRequest",
    ]
    record = root.find(f"{ONE}records/{ONE}record")
    assert names(record, ONE) == [
        "recordSchema",
        "recordPacking",
        "recordData",
        "recordIdentifier",
        "recordPosition",
    ]


def test_records_come_as_marcxml_by_default(client, books):
    root = search(client, "ngô", maximumRecords="1")
    record = root.find(f".//{ONE}record")
    assert record.findtext(f"{ONE}recordSchema") == "info:srw/schema/1/marcxml-v1.1"
    assert record.findtext(f"{ONE}recordPacking") == "xml"
    number = record.findtext(f"{ONE}recordIdentifier")
    assert record.findtext(f"{ONE}recordData/{MARC}record/{MARC}controlfield[@tag='001']") == number
    assert f"http://testserver/r/{number}" in [each.text for each in record.iter(f"{MARC}subfield")]


@pytest.mark.parametrize("name", ["dc", "info:srw/schema/1/dc-v1.1"])
def test_records_come_as_dublin_core_where_that_is_asked_for(client, books, name):
    root = search(client, "ngô", recordSchema=name)
    record = root.find(f".//{ONE}record")
    assert record.findtext(f"{ONE}recordSchema") == "info:srw/schema/1/dc-v1.1"
    described = record.find(f"{ONE}recordData/{SRW_DC}dc")
    assert described.findtext(f"{DC}title") == "Trồng ngô 01"
    assert {etree.QName(each).namespace for each in described} == {DC.strip("{}")}


@pytest.mark.parametrize("name", ["marcxml", "info:srw/schema/1/marcxml-v1.1"])
def test_marcxml_may_be_asked_for_by_name_and_by_address(client, books, name):
    assert len(titles(search(client, "ngô", recordSchema=name))) == 10


def test_records_come_as_text_where_that_is_asked_for(client, books):
    record = search(client, "ngô", recordPacking="string", maximumRecords="1").find(f".//{ONE}record")
    assert record.findtext(f"{ONE}recordPacking") == "string"
    inside = etree.fromstring(record.findtext(f"{ONE}recordData"))
    assert inside.tag == f"{MARC}record"


def test_the_number_is_that_of_all_and_ten_come_at_first(client, books):
    root = search(client, "ngô")
    assert count(root) == 12
    assert positions(root) == list(range(1, 11))
    assert root.findtext(f"{ONE}nextRecordPosition") == "11"


def test_the_last_page_names_no_next_position(client, books):
    root = search(client, "ngô", startRecord="11")
    assert positions(root) == [11, 12]
    assert root.find(f"{ONE}nextRecordPosition") is None


def test_pages_one_after_the_other_give_each_record_once(client, books):
    seen, position = [], "1"
    while position:
        root = search(client, "ngô", startRecord=position, maximumRecords="5")
        seen += titles(root)
        position = root.findtext(f"{ONE}nextRecordPosition")
    assert sorted(seen) == [f"Trồng ngô {number:02d}" for number in range(1, 13)]


def test_no_records_at_all_may_be_asked_for(client, books):
    root = search(client, "ngô", maximumRecords="0")
    assert count(root) == 12
    assert root.find(f"{ONE}records") is None
    assert told(root) is None


def test_no_answer_has_more_records_than_explain_says(client, books, monkeypatch):
    monkeypatch.setattr("library.interop.sru.requests.MOST_RECORDS", 4)
    root = search(client, "ngô", maximumRecords="1000")
    assert len(positions(root)) == 4
    assert root.findtext(f"{ONE}nextRecordPosition") == "5"


def test_the_request_is_echoed_as_it_came(client, books):
    echo = search(client, "ngô", maximumRecords="2", recordSchema="marcxml").find(
        f"{ONE}echoedSearchRetrieveRequest"
    )
    assert {etree.QName(each).localname: each.text for each in echo} == {
        "version": "1.2",
        "query": "ngô",
        "maximumRecords": "2",
        "recordSchema": "marcxml",
    }


def test_nothing_found_is_an_answer_without_a_diagnostic(client, books):
    root = search(client, "title = khoai")
    assert count(root) == 0
    assert told(root) is None


def test_version_1_1_sorts_by_sort_keys_and_knows_no_record_identifier(client, books):
    root = search(client, "ngô", version="1.1", sortKeys="date,,0", maximumRecords="2")
    assert titles(root) == ["Trồng ngô 12", "Trồng ngô 11"]
    assert root.find(f".//{ONE}recordIdentifier") is None
    assert told(search(client, "ngô", sortKeys="date")) == (8, "sortKeys")


def test_a_query_sorts_by_itself(client, books):
    assert titles(search(client, "ngô sortBy dc.title/sort.descending", maximumRecords="1")) == [
        "Trồng ngô 12"
    ]


def test_a_search_may_be_posted(client, books):
    root = answer(client, {"operation": "searchRetrieve", "version": "1.1", "query": "ngô"}, post=True)
    assert count(root) == 12


def test_parameters_of_others_are_passed_over(client, books):
    assert told(search(client, "ngô", **{"x-mau": "1"})) is None


@pytest.mark.parametrize(
    ("changed", "number", "details"),
    [
        ({"operation": "scan"}, 4, "scan"),
        ({"operation": "mau"}, 4, "mau"),
        ({"version": "1.3"}, 5, "2.0"),
        ({"startRecord": "0"}, 6, "startRecord"),
        ({"startRecord": "-1"}, 6, "startRecord"),
        ({"startRecord": "mot"}, 6, "startRecord"),
        ({"startRecord": "१"}, 6, "startRecord"),
        ({"startRecord": "9" * 30}, 6, "startRecord"),
        ({"maximumRecords": "-1"}, 6, "maximumRecords"),
        ({"query": ["ngô", "lúa"]}, 6, "query"),
        ({"version": ""}, 7, "version"),
        ({"query": " "}, 7, "query"),
        ({"mau": "1"}, 8, "mau"),
        ({"query": "(ngô"}, 13, ""),
        ({"query": "ngô lai"}, 10, "lai"),
        ({"query": "dc.publisher = ngô"}, 16, "dc.publisher"),
        ({"query": "dc.title within ngô"}, 19, "within"),
        ({"query": "dc.isbn = 1"}, 16, "dc.isbn"),
        ({"query": '""'}, 27, ""),
        ({"query": "dc.title = ..."}, 27, ""),
        ({"query": "dc.date = hai"}, 36, "hai"),
        ({"query": "bath.isbn = 123"}, 36, "123"),
        ({"query": "rec.id = mot"}, 36, "mot"),
        ({"startRecord": "13"}, 61, "13"),
        ({"startRecord": "100001"}, 61, "100000"),
        ({"recordSchema": "mods"}, 66, "mods"),
        ({"recordPacking": "packed"}, 71, "packed"),
        ({"stylesheet": "/mau.xsl"}, 110, "/mau.xsl"),
    ],
)
def test_each_wrong_request_is_told_by_its_diagnostic(client, books, changed, number, details):
    asked = {"operation": "searchRetrieve", "version": "1.2", "query": "ngô", **changed}
    root = answer(client, asked)
    assert told(root) == (number, details)
    assert root.find(f"{ONE}diagnostics/{OLD_DIAGNOSTICS}diagnostic") is not None


def test_a_missing_version_and_a_missing_query_are_told(client):
    assert told(answer(client, {"operation": "searchRetrieve", "query": "ngô"})) == (7, "version")
    assert told(answer(client, {"operation": "searchRetrieve", "version": "1.1"})) == (7, "query")


def test_paths_into_records_are_told_apart_in_version_1_1(client):
    assert told(search(client, "ngô", version="1.1", recordXPath="/record")) == (72, "")


def test_a_refused_search_has_found_nothing(client):
    assert count(search(client, "(")) == 0


def test_an_index_that_is_being_made_is_told_and_no_error(client, monkeypatch):
    def out_of_reach(*args, **kwargs):
        raise EngineUnavailable

    monkeypatch.setattr("library.domain.catalogue_query.select", out_of_reach)
    assert told(search(client, "ngô")) == (2, "")


def test_too_many_words_in_common_are_told(client, books, monkeypatch):
    monkeypatch.setattr("portal.search.selecting.MOST", 3)
    assert told(search(client, "ngô"))[0] == 60


def test_only_what_everybody_may_see_is_found(client, indexed):
    ResourceFactory(title="Ngô cho mọi người")
    ResourceFactory(title="Ngô cho cán bộ", officers_only=True)
    ResourceFactory(title="Ngô đã gỡ", withdrawn=True)
    ResourceFactory(title="Ngô chưa đến ngày", embargo_until=datetime.date(2999, 1, 1))
    ResourceFactory(title="Ngô hết hạn", valid_until=datetime.date(2020, 1, 1))
    proposed = ResourceFactory(title="Ngô đề nghị")
    Resource.objects.filter(pk=proposed.pk).update(proposed=True)
    indexed()
    for query in ("ngô", "cql.allRecords = 1", "title all ngô", f"rec.id = {proposed.pk} or title = ngô"):
        root = search(client, query)
        assert (count(root), titles(root)) == (1, ["Ngô cho mọi người"])


def test_what_is_withdrawn_is_gone_before_the_index_has_heard_of_it(client, books):
    Resource.objects.filter(title="Trồng ngô 01").update(proposed=True)
    root = search(client, "ngô", maximumRecords="100")
    assert count(root) == len(titles(root)) == 11


@pytest.mark.parametrize("packing", ["xml", "string"])
def test_what_a_record_holds_that_xml_cannot_does_not_break_the_answer(client, indexed, packing):
    ResourceFactory(title="Ngô & <b>lúa</b> ]]> \x0b\ufffe", abstract="a\x01b")
    indexed()
    assert count(search(client, "ngô", recordPacking=packing)) == 1


ASKED = st.dictionaries(
    st.sampled_from(
        ["operation", "version", "query", "startRecord", "maximumRecords", "recordSchema", "recordPacking"]
    )
    | st.text(max_size=5),
    st.sampled_from(
        ["searchRetrieve", "explain", "1.1", "1.2", "2.0", "ngô", "dc", "marcxml", "string", "1", "title=ngô"]
    )
    | st.text(max_size=20),
    max_size=6,
)


@given(ASKED)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_is_well_formed_whatever_is_asked(client, asked):
    asked = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    root = answer(client, asked, post=True)
    assert etree.QName(root).localname in ("explainResponse", "searchRetrieveResponse")
