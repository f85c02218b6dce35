"""explain: what a client learns of the server before it asks anything."""

import pytest

from tests.library.interop.sru.asking import ONE, TWO, ZEEREX, answer, told

pytestmark = pytest.mark.django_db


def explained(root):
    return root.find(f".//{ZEEREX}explain")


def test_explain_is_the_default_operation(client):
    root = answer(client)
    assert root.tag == f"{ONE}explainResponse"
    assert root.findtext(f"{ONE}record/{ONE}recordSchema") == "http://explain.z3950.org/dtd/2.0/"
    assert explained(root) is not None


def test_explain_may_be_asked_for_by_name_and_by_post(client):
    for post in (False, True):
        root = answer(client, {"operation": "explain", "version": "1.1"}, post=post)
        assert root.findtext(f"{ONE}version") == "1.1"
        assert explained(root) is not None


def test_zeerex_says_where_the_server_is(client):
    server = explained(answer(client)).find(f"{ZEEREX}serverInfo")
    assert server.attrib == {"protocol": "SRU", "version": "1.2", "transport": "http", "method": "GET POST"}
    assert [server.findtext(f"{ZEEREX}{name}") for name in ("host", "port", "database")] == [
        "testserver",
        "80",
        "sru",
    ]


def test_zeerex_lists_the_indexes_with_their_context_sets_and_relations(client):
    info = explained(answer(client)).find(f"{ZEEREX}indexInfo")
    sets = {each.get("name") for each in info.iterfind(f"{ZEEREX}set")}
    indexes = {
        f"{name.get('set')}.{name.text}": {each.text for each in index.iter(f"{ZEEREX}supports")}
        for index in info.iterfind(f"{ZEEREX}index")
        for name in index.iter(f"{ZEEREX}name")
    }
    assert {name.partition(".")[0] for name in indexes} <= sets
    wanted = (
        "cql.serverChoice cql.allRecords dc.title dc.creator dc.subject dc.language dc.date bath.isbn rec.id"
    )
    assert set(indexes) == set(wanted.split())
    assert {"=", "==", "all", "any"} <= set.intersection(*indexes.values())


def test_zeerex_lists_the_schemas(client):
    schemas = explained(answer(client)).iter(f"{ZEEREX}schema")
    assert {each.get("name"): each.get("identifier") for each in schemas} == {
        "marcxml": "info:srw/schema/1/marcxml-v1.1",
        "dc": "info:srw/schema/1/dc-v1.1",
    }


def test_zeerex_says_the_defaults_and_the_most_records_of_an_answer(client):
    settings = explained(answer(client)).find(f"{ZEEREX}configInfo")
    told_of = {each.get("type"): each.text for each in settings}
    assert told_of["numberOfRecords"] == "10"
    assert told_of["maximumRecords"] == "100"
    assert told_of["retrieveSchema"] == "marcxml"


def test_explain_comes_as_text_where_that_is_asked_for(client):
    record = answer(client, {"operation": "explain", "recordPacking": "string"}).find(f"{ONE}record")
    assert record.findtext(f"{ONE}recordPacking") == "string"
    assert record.findtext(f"{ONE}recordData").startswith("<explain ")


def test_explain_of_version_2(client):
    root = answer(client, {"version": "2.0"})
    assert root.tag == f"{TWO}explainResponse"
    assert explained(root).find(f"{ZEEREX}serverInfo").get("version") == "2.0"


def test_a_wrong_parameter_is_told_in_the_answer_to_explain(client):
    root = answer(client, {"operation": "explain", "mau": "1"})
    assert root.tag == f"{ONE}explainResponse"
    assert told(root) == (8, "mau")


def test_who_asks_for_an_operation_that_is_not_there_reads_what_is_there_too(client):
    root = answer(client, {"operation": "scan", "version": "1.1", "scanClause": "ngô"})
    assert [each.tag for each in root] == [f"{ONE}{name}" for name in ("version", "record", "diagnostics")]
    assert told(root) == (4, "scan")
    assert explained(root) is not None


def test_only_get_and_post_are_answered(client):
    assert client.put("/sru").status_code == 405


def test_it_is_answered_at_its_address_without_a_redirect(client):
    assert client.get("/sru").status_code == 200
