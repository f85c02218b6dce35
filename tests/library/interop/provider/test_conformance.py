"""OAI-PMH 2.0 clause by clause, as the conformance list of the research note numbers them."""

import datetime
import gzip
import re

import pytest
from lxml import etree

from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone

from wagtail.models import Site

from library.domain.offering import identity
from library.domain.withdrawal import withdraw
from library.enums import Language
from library.interop.oai import requests
from library.models import OfferedRecord, Resource, Source
from library.views.interop import oai
from portal.cms.models import SiteDetails
from portal.web.visitors.rate_limit import RateLimit
from tests.factories.library import ResourceFactory, SubjectFactory
from tests.factories.places import CommuneFactory

from .answers import OAI, offer, read

pytestmark = pytest.mark.django_db

SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DESCRIPTION = "{http://www.openarchives.org/OAI/2.0/%s}%s"


def stamped(resource, moment: str) -> None:
    OfferedRecord.objects.filter(pk=resource.pk).update(datestamp=datetime.datetime.fromisoformat(moment))


@pytest.fixture
def resource():
    made = ResourceFactory(title="Trồng ngô")
    offer()
    return made


@pytest.fixture
def identifier(resource):
    return f"oai:{identity.repository()}:{resource.pk}"


# 1


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


# 2


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


# 3


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


# 4


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


# 5


def test_clause_5_from_and_until_are_inclusive_in_seconds_and_in_days(harvester, resource):
    stamped(resource, "2026-11-20T08:30:15+00:00")
    for first, last in [
        ("2026-11-20T08:30:15Z", "2026-11-20T08:30:15Z"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-19", "2026-11-21"),
    ]:
        assert harvester("ListRecords", metadataPrefix="oai_dc", from_=first, until=last).numbers
    for period in [
        {"from_": "2026-11-20T08:30:16Z"},
        {"until": "2026-11-20T08:30:14Z"},
        {"from_": "2026-11-21"},
        {"until": "2026-11-19"},
    ]:
        assert harvester("ListRecords", metadataPrefix="oai_dc", **period).error == "noRecordsMatch"


def test_clause_5_the_last_second_of_a_day_is_in_it(harvester, resource):
    stamped(resource, "2026-11-20T23:59:59+00:00")
    assert harvester("ListRecords", metadataPrefix="oai_dc", until="2026-11-20").numbers


def test_clause_5_mixed_granularity_and_from_after_until_are_bad_arguments(harvester, resource):
    mixed = {"from_": "2002-02-05", "until": "2002-02-06T05:35:00Z"}
    turned = {"from_": "2026-11-21", "until": "2026-11-20"}
    for period in (mixed, turned):
        assert harvester("ListRecords", metadataPrefix="oai_dc", **period).error == "badArgument"


def test_clause_5_until_before_the_earliest_datestamp_matches_nothing(harvester, resource):
    earliest = harvester("Identify").text("earliestDatestamp")
    year_before = f"{int(earliest[:4]) - 1}{earliest[4:]}"
    answer = harvester("ListRecords", metadataPrefix="oai_dc", until=year_before)
    assert answer.error == "noRecordsMatch"
    assert harvester("ListRecords", metadataPrefix="oai_dc", from_=earliest).numbers == [resource.pk]


def test_clause_5_a_period_pages_like_the_whole(harvester, small_pages):
    made = ResourceFactory.create_batch(8)
    offer()
    for day, each in enumerate(made, start=1):
        stamped(each, f"2026-10-{day:02d}T00:00:00+00:00")
    found = harvester.all("ListRecords", metadataPrefix="oai_dc", from_="2026-10-02", until="2026-10-07")
    assert found == [each.pk for each in made[1:7]]


# 6


def test_clause_6_the_datestamp_changes_with_whatever_is_seen_in_any_format(harvester, identifier, resource):
    stamped(resource, "2026-01-01T00:00:00+00:00")
    Resource.objects.filter(pk=resource.pk).update(level="tieu-hoc")  # only MARC and LOM tell the level
    offer()
    answer = harvester("GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    assert answer.text("datestamp") > "2026-01-01T00:00:00Z"


def test_clause_6_no_datestamp_is_older_than_an_answer_that_could_not_have_it(harvester, resource):
    seen = harvester("ListRecords", metadataPrefix="oai_dc")
    late = ResourceFactory()
    offer()
    again = harvester("ListRecords", metadataPrefix="oai_dc", from_=seen.text("responseDate"))
    assert late.pk in again.numbers


# 7


def test_clause_7_deletions_are_persistent(harvester, resource, identifier):
    sets = harvester("GetRecord", identifier=identifier, metadataPrefix="oai_dc").texts("setSpec")
    resource.delete()
    offer()
    assert harvester("Identify").text("deletedRecord") == "persistent"
    for answer in (
        harvester("GetRecord", identifier=identifier, metadataPrefix="oai_dc"),
        harvester("ListRecords", metadataPrefix="oai_lom"),
        harvester("ListIdentifiers", metadataPrefix="marc21", set="ngonngu:vie"),
    ):
        (header,) = answer.headers
        assert header.get("status") == "deleted"
        assert answer.text("identifier") == identifier
        assert SECONDS.fullmatch(answer.text("datestamp"))
        assert answer.texts("setSpec") == sets
        assert not answer.texts("metadata")


# 8


def test_clause_8_sets_by_subject_commune_language_and_open_access(harvester):
    above = SubjectFactory(name="Nông nghiệp", slug="nong-nghiep")
    subject = SubjectFactory(name="Chăn nuôi", slug="chan-nuoi", parent=above)
    made = ResourceFactory(
        subjects=[subject],
        place=CommuneFactory(code="01501", name="Đàm Thuỷ"),
        language=Language.TAY,
        other_languages=["vie"],
        licence="CC-BY-4.0",
    )
    other = ResourceFactory(subjects=[above])
    offer()
    listed = harvester("ListSets")
    names = dict(zip(listed.texts("setSpec"), listed.texts("setName"), strict=True))
    assert names["chude:nong-nghiep:chan-nuoi"] == "Chăn nuôi"
    assert names["xa:01501"] == "Xã Đàm Thuỷ"
    assert names["ngonngu:tyz"] == "Tiếng Tày"
    assert "openaccess" in names
    for spec in ("chude:nong-nghiep:chan-nuoi", "xa", "xa:01501", "ngonngu:tyz", "openaccess"):
        assert harvester.all("ListIdentifiers", metadataPrefix="oai_dc", set=spec) == [made.pk]
    for spec in ("chude", "chude:nong-nghiep", "ngonngu:vie"):
        assert harvester.all("ListRecords", metadataPrefix="oai_dc", set=spec) == [made.pk, other.pk]


def test_clause_8_every_set_of_a_header_and_each_above_it_is_listed(harvester):
    ResourceFactory(subjects=[SubjectFactory(parent=SubjectFactory())])
    offer()
    listed = harvester("ListSets").texts("setSpec")
    for spec in harvester("ListRecords", metadataPrefix="oai_dc").texts("setSpec"):
        assert requests.SPEC.fullmatch(spec)
        assert spec in listed
        assert spec.rpartition(":")[0] in ("", *listed)


def test_clause_8_a_set_pages_by_itself(harvester, small_pages):
    inside, outside = SubjectFactory(slug="trong"), SubjectFactory(slug="ngoai")
    made = [ResourceFactory(subjects=[inside if number % 2 else outside]) for number in range(14)]
    offer()
    found = harvester.all("ListRecords", metadataPrefix="oai_dc", set="chude:trong")
    assert found == [each.pk for each in made[1::2]]


def test_clause_8_what_leaves_a_set_is_not_in_its_list(harvester):
    inside, outside = SubjectFactory(slug="trong"), SubjectFactory(slug="ngoai")
    moved = ResourceFactory(subjects=[inside])
    offer()
    moved.subjects.set([outside])
    offer()
    assert harvester("ListRecords", metadataPrefix="oai_dc", set="chude:trong").error == "noRecordsMatch"
    assert harvester.all("ListRecords", metadataPrefix="oai_dc", set="chude:ngoai") == [moved.pk]


# 9: see test_tokens.py


def test_clause_9_no_page_has_more_than_100_records_and_answers_are_gzipped(client, harvester):
    assert oai.PAGE == 100
    ResourceFactory.create_batch(3)
    offer()
    response = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert b"<ListRecords>" in gzip.decompress(response.content)
    assert harvester("Identify").text("compression") == "gzip"


# 10


def test_clause_10_who_asks_too_much_is_told_how_long_to_wait(client, monkeypatch):
    monkeypatch.setattr(oai, "LIMIT", RateLimit("oai-test", 2, 60))
    answers = [client.get("/oai?verb=Identify") for _time in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 503]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 3600


def test_clause_10_characters_that_xml_forbids_are_left_out(harvester):
    ResourceFactory(title="Trồng ngô\x1b ]]> & <b>\x7f")
    offer()
    for prefix in requests.FORMATS:
        answer = harvester("ListRecords", metadataPrefix=prefix)
        text = etree.tostring(answer.root, encoding="unicode", method="text")
        assert re.search("Trồng ngô ?]]> & <b>", text)


# 11


def test_clause_11_identify_tells_scheme_rights_and_contact(harvester, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://khuyenhoc.example"
    settings.OAI_ADMIN_EMAIL = "thuvien@khuyenhoc.example"
    SiteDetails.objects.create(site=Site.objects.get(is_default_site=True), data_licence="CC0-1.0")
    made = ResourceFactory()
    offer()
    answer = harvester("Identify")
    scheme, sample, rights = (
        next(answer.root.iter(DESCRIPTION % pair))
        for pair in (
            ("oai-identifier", "repositoryIdentifier"),
            ("oai-identifier", "sampleIdentifier"),
            ("rights/", "rightsReference"),
        )
    )
    assert scheme.text == "khuyenhoc.example"
    assert sample.text.startswith("oai:khuyenhoc.example:")
    assert rights.get("ref") == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert answer.text("adminEmail") == "thuvien@khuyenhoc.example"
    (identifier,) = harvester("ListIdentifiers", metadataPrefix="oai_dc").texts("identifier")
    assert identifier == f"oai:khuyenhoc.example:{made.pk}"
    assert answer.text("granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert SECONDS.fullmatch(answer.text("earliestDatestamp"))


def test_clause_11_friends_only_when_there_are_any(harvester):
    friend = DESCRIPTION % ("friends/", "baseURL")
    assert not list(harvester("Identify").root.iter(friend))
    Source.objects.create(name="Kho mẫu", protocol="oai", url="https://kho.example/oai/request")
    Source.objects.create(name="Kho khác", protocol="sru", url="https://khac.example/sru")
    found = [each.text for each in harvester("Identify").root.iter(friend)]
    assert found == ["https://kho.example/oai/request"]


def test_clause_11_a_repository_of_our_own_network_is_not_told(harvester, settings):
    settings.HARVEST_ALLOWED_HOSTS = ["10.0.0.5:8080"]
    Source.objects.create(name="Kho trong nhà", protocol="oai", url="http://10.0.0.5:8080/oai")
    assert not list(harvester("Identify").root.iter(DESCRIPTION % ("friends/", "baseURL")))


def test_clause_11_no_rights_are_told_when_none_were_chosen(harvester):
    assert not list(harvester("Identify").root.iter(DESCRIPTION % ("rights/", "rightsManifest")))


@pytest.mark.parametrize(
    "wrong", ["a@thu-vien.example", "thu+vien@thu-vien.example", "thuvien@localhost", ""]
)
def test_clause_11_an_address_that_the_validator_refuses_is_never_told(harvester, settings, wrong):
    settings.OAI_ADMIN_EMAIL = settings.DEFAULT_FROM_EMAIL = wrong
    assert identity.E_MAIL.fullmatch(harvester("Identify").text("adminEmail"))


def test_clause_11_the_check_of_the_settings_refuses_such_an_address(settings):
    settings.OAI_ADMIN_EMAIL = "a@thu-vien.example"
    assert "library.E002" in [each.id for each in run_checks()]
    for good in ("", "thuvien@thu-vien.example"):
        settings.OAI_ADMIN_EMAIL = good
        assert "library.E002" not in [each.id for each in run_checks()]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://KhuyenHoc.example:8443/", "khuyenhoc.example"),
        ("http://localhost:8000", "localhost.localdomain"),
        ("http://127.0.0.1:8000", "localhost.localdomain"),
    ],
)
def test_clause_11_identifiers_belong_to_a_domain(address, domain):
    assert requests.repository_identifier(address) == domain


def test_nothing_is_offered_yet_and_identify_still_answers(harvester):
    earliest = harvester("Identify").text("earliestDatestamp")
    assert earliest.startswith(f"{timezone.now():%Y}")
