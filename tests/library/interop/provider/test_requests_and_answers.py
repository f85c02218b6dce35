"""OAI-PMH 2.0: what is asked and how it is answered (clauses 1 to 4, 9 and 10 of the conformance list of the research note)."""

import gzip
import re

import pytest
from lxml import etree

from django.test import Client

from library.domain.offering import identity
from library.domain.withdrawal import withdraw
from library.interop.oai import requests
from library.views.interop import oai
from portal.web.visitors.rate_limit import RateLimit
from tests.factories.library import ResourceFactory
from tests.library.samples import shared

from .answers import OAI, SECONDS, offer, read

pytestmark = pytest.mark.django_db


def test_clause_1_one_base_url_answers_get_and_post_as_utf8_xml_without_redirect(client, resource):
    got = client.get("/oai", {"verb": "Identify"})
    posted = client.post("/oai", {"verb": "Identify"})
    for response in (got, posted):
        assert response.status_code == 200
        assert response["Content-Type"] == "text/xml; charset=UTF-8"
        assert read(response).text("baseURL") == "http://testserver/oai"


def test_clause_1_post_needs_no_token_of_a_form(resource):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert read(response).numbers == [resource.pk]


def test_clause_1_the_base_url_is_the_one_that_was_used(client, settings):
    settings.ALLOWED_HOSTS = ["thu-vien.example"]
    response = client.get("/oai?verb=Identify", headers={"host": "thu-vien.example:8443"}, secure=True)
    answer = read(response)
    assert answer.text("baseURL") == "https://thu-vien.example:8443/oai" == answer.text("request")


def test_clause_1_errors_of_the_protocol_are_http_200(client):
    assert client.get("/oai").status_code == 200


def test_clause_1_other_methods_are_refused_and_head_has_no_body(client):
    assert client.put("/oai").status_code == 405
    head = client.head("/oai?verb=Identify")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == "text/xml; charset=UTF-8"


def test_clause_1_no_language_is_chosen_by_the_browser_of_a_harvester(client, resource):
    english = client.get("/oai?verb=ListSets", headers={"accept-language": "en"})
    assert "Theo ngôn ngữ" in english.content.decode()


def test_clause_2_root_response_date_and_request(harvester, resource):
    answer = harvester("ListRecords", metadataPrefix="oai_dc")
    location = answer.root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    assert answer.root.tag == f"{OAI}OAI-PMH"
    assert location == "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
    assert SECONDS.fullmatch(answer.text("responseDate"))
    assert answer.echoed == {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize("query", ["", "verb=junk", "verb=GetRecord", "verb=ListRecords&from=junk"])
def test_clause_2_no_argument_is_echoed_when_they_are_wrong(harvester, query):
    assert harvester.raw(query).echoed == {}


def test_clause_2_arguments_are_echoed_with_errors_that_are_not_theirs(harvester):
    answer = harvester("GetRecord", identifier="oai:x:1", metadataPrefix="oai_dc")
    assert answer.error == "idDoesNotExist"
    assert answer.echoed == {"verb": "GetRecord", "identifier": "oai:x:1", "metadataPrefix": "oai_dc"}


def test_clause_3_every_verb_answers(harvester, identifier, resource):
    assert harvester("Identify").text("protocolVersion") == "2.0"
    assert harvester("ListMetadataFormats").texts("metadataPrefix") == ["oai_dc", "marc21", "oai_lom"]
    assert harvester("ListMetadataFormats", identifier=identifier).texts("metadataPrefix")
    assert "ngonngu:vie" in harvester("ListSets").texts("setSpec")
    assert harvester("GetRecord", identifier=identifier, metadataPrefix="oai_dc").numbers == [resource.pk]
    assert harvester("ListIdentifiers", metadataPrefix="oai_dc").numbers == [resource.pk]
    assert harvester("ListRecords", metadataPrefix="oai_dc").numbers == [resource.pk]


def test_clause_3_headers_alone_have_no_metadata(harvester, resource):
    assert not harvester("ListIdentifiers", metadataPrefix="oai_dc").texts("metadata")


def expect(harvester, code, query):
    answer = harvester.raw(query)
    (problem,) = answer.root.iter(f"{OAI}error")
    assert (problem.get("code"), bool(problem.text.strip())) == (code, True)


@pytest.mark.parametrize("query", ["", "junk", "verb=", "verb=junk", "verb=Identify&verb=Identify"])
def test_clause_4_bad_verb(harvester, query):
    expect(harvester, "badVerb", query)


@pytest.mark.parametrize(
    "query",
    [
        "verb=Identify&set=a",
        "verb=GetRecord&metadataPrefix=oai_dc",
        "verb=GetRecord&identifier=oai:a:1",
        "verb=ListIdentifiers&until=junk",
        "verb=ListIdentifiers&from=junk",
        "verb=ListRecords",
        "verb=ListRecords&metadataPrefix=",
        "verb=ListRecords&metadataPrefix=a b",
        "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-2-3",
        "verb=ListRecords&metadataPrefix=oai_dc&from=",
        "verb=ListRecords&metadataPrefix=oai_dc&from=20260203",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03T25:00:00Z",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03T10:00:00",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03T10:00:00%2B07:00",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-03T10:00:00.5Z",
        "verb=ListRecords&metadataPrefix=oai_dc&until=0000-00-00",
        "verb=ListRecords&metadataPrefix=oai_dc&set=",
        "verb=ListRecords&metadataPrefix=oai_dc&set=a::b",
        "verb=ListRecords&metadataPrefix=oai_dc&set=chủ",
        "verb=ListRecords&metadataPrefix=oai_dc&page=2",
        "verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05",
        "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk",
        "verb=ListSets&from=2026-01-01",
    ],
)
def test_clause_4_bad_argument(harvester, query):
    expect(harvester, "badArgument", query)


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers", "ListSets"])
def test_clause_4_bad_resumption_token(harvester, verb):
    expect(harvester, "badResumptionToken", f"verb={verb}&resumptionToken=junk")
    expect(harvester, "badResumptionToken", f"verb={verb}&resumptionToken=")


def test_clause_4_cannot_disseminate_format(harvester, identifier):
    expect(
        harvester, "cannotDisseminateFormat", f"verb=GetRecord&identifier={identifier}&metadataPrefix=mods"
    )
    expect(harvester, "cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=mods")


@pytest.mark.parametrize(
    "wrong",
    ["oai:elsewhere.example:1", "1", "oai:{0}:", "oai:{0}:0", "oai:{0}:01", "oai:{0}:1x", 'invalid"id'],
)
def test_clause_4_id_does_not_exist(harvester, wrong):
    wrong = wrong.format(identity.repository())
    expect(harvester, "idDoesNotExist", f"verb=GetRecord&identifier={wrong}&metadataPrefix=oai_dc")
    expect(harvester, "idDoesNotExist", f"verb=ListMetadataFormats&identifier={wrong}")
    expect(
        harvester,
        "idDoesNotExist",
        f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:{identity.repository()}:{'9' * 30}",
    )


def test_clause_4_no_records_match(harvester, resource):
    expect(harvester, "noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=chude:khong-co")
    expect(harvester, "noRecordsMatch", "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2999-01-01")


def test_clause_4_no_metadata_formats_of_a_tombstone(harvester, resource, identifier):
    withdraw(resource, "Nguồn đã gỡ.")
    offer()
    expect(harvester, "noMetadataFormats", f"verb=ListMetadataFormats&identifier={identifier}")


def test_clause_4_no_set_hierarchy_while_nothing_is_offered(harvester):
    expect(harvester, "noSetHierarchy", "verb=ListSets")


def test_clause_4_bytes_that_are_no_letters_are_refused_before_they_are_read(client):
    assert client.get("/oai?verb=%ff").status_code == 400


def test_clause_9_no_page_has_more_than_100_records_and_answers_are_gzipped(client, harvester):
    assert oai.PAGE == 100
    ResourceFactory.create_batch(3)
    offer()
    response = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"<ListRecords>" in gzip.decompress(response.content)
    assert harvester("Identify").text("compression") == "gzip"


def test_clause_10_who_asks_too_much_is_told_how_long_to_wait(client, monkeypatch):
    monkeypatch.setattr(oai, "LIMIT", RateLimit("oai-test", 2, 60))
    answers = [client.get("/oai?verb=Identify") for _time in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 503]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 3600


def test_clause_10_every_answer_is_looked_at_with_the_schema_of_the_protocol(client, resource):
    shared("samples/schemas/OAI-PMH.xsd")
    response = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc")
    read(response)
    for part, wrong in ((b"<header>", b"<header status='gone'>"), (b"<responseDate>", b"<responseDate>vao ")):
        whole = response.content
        response.content = whole.replace(part, wrong)
        with pytest.raises(etree.DocumentInvalid):
            read(response)
        response.content = whole


def test_clause_10_characters_that_xml_forbids_are_left_out(harvester):
    ResourceFactory(title="Trồng ngô\x1b ]]> & <b>\x7f")
    offer()
    for prefix in requests.FORMATS:
        answer = harvester("ListRecords", metadataPrefix=prefix)
        text = etree.tostring(answer.root, encoding="unicode", method="text")
        assert re.search("Trồng ngô ?]]> & <b>", text)
