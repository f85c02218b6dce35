"""The public validator of OAI-PMH is run when it can be had; what it asks and expects is asked here in any case."""

import re
import subprocess

import pytest

from tests.factories.library import ResourceFactory, SubjectFactory
from tests.services import oaipmh_validator
from tests.services.machine import Missing

from .answers import OAI, Harvester, offer

SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BAD_REQUESTS = {  # what the validator sends -> the codes of which one has to come
    "junk": ["badVerb"],
    "verb=junk": ["badVerb"],
    "verb=GetRecord&metadataPrefix=oai_dc": ["badArgument"],
    "verb=GetRecord&identifier={identifier}": ["badArgument"],
    'verb=GetRecord&identifier=invalid"id&metadataPrefix=oai_dc': ["badArgument", "idDoesNotExist"],
    "verb=ListIdentifiers&until=junk": ["badArgument"],
    "verb=ListIdentifiers&from=junk": ["badArgument"],
    "verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05": ["badArgument", "badResumptionToken"],
    "verb=ListRecords&metadataPrefix=oai_dc&from=junk": ["badArgument"],
    "verb=ListRecords&resumptionToken=junk": ["badResumptionToken"],
    "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10": ["badArgument"],
    "verb=ListRecords&metadataPrefix=oai_dc&until=junk": ["badArgument"],
    "verb=ListRecords": ["badArgument"],
    "verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z": ["badArgument"],
    "verb=ListRecords&metadataPrefix=oai_dc&until={year_before}": ["noRecordsMatch"],
}


@pytest.fixture
def offered(db, small_pages):
    """More than a page, with a tombstone at the beginning."""
    gone = ResourceFactory()
    offer()
    gone.delete()
    ResourceFactory.create_batch(4, subjects=[SubjectFactory()], licence="CC-BY-4.0")
    offer()


@pytest.fixture
def example(offered, client):
    """The header of the first record that is not deleted."""
    headers = Harvester(client)("ListIdentifiers", metadataPrefix="oai_dc").headers
    return next(each for each in headers if each.get("status") != "deleted")


def test_the_public_validator_finds_no_fault(live_server, offered):
    try:
        command, folder = oaipmh_validator.command(f"{live_server.url}/oai")
    except Missing as reason:
        pytest.skip(f"NOT TESTED: the public validator of OAI-PMH - {reason}")
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "is COMPLIANT" in run.stdout, run.stdout + run.stderr
    assert not re.findall(r"^FAIL.*", run.stdout, re.MULTILINE)
    assert "Resumption tokens appear to work" in run.stdout


@pytest.mark.parametrize("query", BAD_REQUESTS)
def test_each_bad_request_of_the_validator_gets_the_error_it_expects(client, example, query):
    harvester = Harvester(client)
    earliest = harvester("Identify").text("earliestDatestamp")
    year_before = f"{int(earliest[:4]) - 1}{earliest[4:]}"
    filled = query.format(identifier=example.findtext(f"{OAI}identifier"), year_before=year_before)
    assert harvester.raw(filled).error in BAD_REQUESTS[query]


def test_the_record_is_found_at_its_own_datestamp(client, example):
    """from = until = the datestamp of a record has to include it."""
    stamp, identifier = example.findtext(f"{OAI}datestamp"), example.findtext(f"{OAI}identifier")
    assert SECONDS.fullmatch(stamp)
    for period in ({"from_": stamp, "until": stamp}, {"from_": stamp[:10], "until": stamp[:10]}):
        answer = Harvester(client)("ListRecords", metadataPrefix="oai_dc", **period)
        assert identifier in answer.texts("identifier")


def test_a_record_tells_the_sets_in_which_it_is_listed(client, example):
    harvester, identifier = Harvester(client), example.findtext(f"{OAI}identifier")
    record = harvester("GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    assert record.texts("setSpec")
    for spec in harvester("ListSets").texts("setSpec"):
        listed = harvester("ListIdentifiers", metadataPrefix="oai_dc", set=spec).texts("identifier")
        assert (identifier in listed) is (spec in record.texts("setSpec"))


def test_both_posts_of_the_validator_are_answered(client, example):
    identifier = example.findtext(f"{OAI}identifier")
    assert b"<Identify>" in client.post("/oai", {"verb": "Identify"}).content
    asked = {"verb": "GetRecord", "identifier": identifier, "metadataPrefix": "oai_dc"}
    assert b"<GetRecord>" in client.post("/oai", asked).content


def test_the_schema_is_named_as_the_validator_looks_for_it(client, offered):
    begin = client.get("/oai?verb=Identify").content.decode()
    namespace = "http://www.openarchives.org/OAI/2.0/"
    assert f'xsi:schemaLocation="{namespace} {namespace}OAI-PMH.xsd"' in begin
    assert '<oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"' in begin
