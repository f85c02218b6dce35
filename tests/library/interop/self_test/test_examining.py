"""The portal asks itself as another library would: what is in order passes, what is wrong is told."""

import json

import pytest

from library.interop.fetching import Fetched
from library.interop.page import SourceProblem
from library.interop.self_test import oai, programs, sru
from library.interop.self_test.examining import examine
from library.interop.self_test.visiting import Check, Failed, Visitor, checked

from ..own_site import BASE, OwnSite

pytestmark = pytest.mark.django_db


def found(part, inspections) -> dict[str, Check]:
    return {check.name: check for check in checked(part, inspections)}


def test_the_site_as_it_is_passes_every_check(offered):
    checks = list(examine(Visitor(BASE, OwnSite())))
    assert [f"{each.part} {each.name}: {each.sentence}" for each in checks if not each.passed] == []
    assert {each.part for each in checks} >= {"OAI-PMH", "SRU", "OPDS", "API"}
    assert [each.name for each in checks if each.name.startswith("DCAT")] == [
        "DCAT (JSON-LD)",
        "DCAT (RDF/XML)",
    ]


def test_an_empty_library_passes_too(indexed):
    indexed()
    checks = list(examine(Visitor(BASE, OwnSite())))
    assert [f"{each.part} {each.name}: {each.sentence}" for each in checks if not each.passed] == []


def test_all_verbs_and_formats_are_asked_for(offered):
    through = OwnSite()
    list(examine(Visitor(BASE, through)))
    asked = " ".join(through.asked)
    for verb in (
        "Identify",
        "ListMetadataFormats",
        "ListSets",
        "ListIdentifiers",
        "ListRecords",
        "GetRecord",
    ):
        assert f"verb={verb}" in asked
    for prefix in oai.FORMATS:
        assert f"metadataPrefix={prefix}" in asked
    assert all(each.startswith(f"{BASE}/") for each in through.asked)


@pytest.mark.parametrize(
    ("place", "change", "name"),
    [
        ("verb=Identify", lambda content: b"<html></html>", "Identify"),
        ("verb=Identify", lambda content: content[:-20], "Identify"),
        (
            "verb=Identify",
            lambda content: content.replace(b"<protocolVersion>2.0", b"<protocolVersion>1.1"),
            "Identify",
        ),
        ("verb=Identify", lambda content: content.replace(b"<baseURL>http:", b"<baseURL>https:"), "Identify"),
        (
            "verb=ListMetadataFormats",
            lambda content: content.replace(b"oai_dc<", b"dc<"),
            "ListMetadataFormats",
        ),
        ("verb=ListSets", lambda content: content.replace(b"chude:", "chủ đề:".encode()), "ListSets"),
        (
            "verb=ListIdentifiers",
            lambda content: content.replace(b"Z</datestamp>", b"</datestamp>"),
            "ListIdentifiers",
        ),
        ("verb=GetRecord", lambda content: content.replace(b"metadata>", b"about>"), "GetRecord"),
    ],
)
def test_what_is_wrong_with_the_provider_is_told_and_the_rest_is_still_checked(offered, place, change, name):
    checks = found(oai.PART, oai.inspections(Visitor(BASE, OwnSite(**{place: change}))))
    assert not checks[name].passed
    assert checks[name].sentence
    assert sum(each.passed for each in checks.values()) >= 4


def test_a_record_that_comes_twice_is_told(offered):
    def twice(content):
        if b"<record>" not in content:
            return content
        start, end = content.index(b"<record>"), content.index(b"</record>") + len(b"</record>")
        return content[:end] + content[start:end] + content[end:]

    checks = found(
        oai.PART, oai.inspections(Visitor(BASE, OwnSite(**{"ListRecords&metadataPrefix=oai_dc": twice})))
    )
    assert not checks["ListRecords oai_dc"].passed


def test_a_search_that_finds_another_number_is_told(offered):
    wrong = OwnSite(
        **{"rec.id": lambda content: content.replace(b"<numberOfRecords>1<", b"<numberOfRecords>2<")}
    )
    assert not found(sru.PART, sru.inspections(Visitor(BASE, wrong)))["searchRetrieve"].passed


def test_interfaces_that_count_differently_are_told(offered):
    fewer = OwnSite(
        **{"allRecords": lambda content: content.replace(b"<numberOfRecords>3<", b"<numberOfRecords>2<")}
    )
    *_others, together = examine(Visitor(BASE, fewer))
    assert not together.passed
    assert "OAI-PMH: 3" in together.sentence


def test_a_catalogue_that_is_not_json_is_told(offered):
    broken = OwnSite(
        **{"/opds/v2": lambda content: b"{", "/api/v1/resources/": lambda content: json.dumps([]).encode()}
    )
    assert not found("OPDS", programs.of_opds(Visitor(BASE, broken)))["OPDS 2.0"].passed
    assert not all(each.passed for each in found("API", programs.of_api(Visitor(BASE, broken))).values())


def test_an_answer_from_another_address_is_none_of_ours():
    class Elsewhere(OwnSite):
        def get(self, url, **options):
            return Fetched("https://vi-du.example/oai", 200, b"<OAI-PMH/>", {})

    with pytest.raises(Failed, match=r"vi-du\.example"):
        Visitor(BASE, Elsewhere()).get("/oai")


def test_a_site_that_does_not_answer_fails_every_check_with_a_sentence():
    class Silent(OwnSite):
        def get(self, url, **options):
            raise SourceProblem("Máy chủ không trả lời.")

    checks = list(examine(Visitor(BASE, Silent())))
    assert checks
    assert not any(each.passed for each in checks if each.part in ("OAI-PMH", "SRU", "OPDS", "API"))
