"""OAI-PMH 2.0: periods, datestamps, deletions and sets (clauses 5 to 8 of the conformance list of the research note)."""

import datetime

import pytest

from library.enums import Language
from library.interop.oai import requests
from library.models import OfferedRecord, Resource
from tests.factories.library import ResourceFactory, SubjectFactory
from tests.factories.places import CommuneFactory

from .answers import SECONDS, offer

pytestmark = pytest.mark.django_db


def stamped(resource, moment: str) -> None:
    OfferedRecord.objects.filter(pk=resource.pk).update(datestamp=datetime.datetime.fromisoformat(moment))


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


def test_clause_8_a_header_names_each_set_and_those_above_it_and_all_are_listed(harvester):
    ResourceFactory(subjects=[SubjectFactory(parent=SubjectFactory())])
    offer()
    listed = harvester("ListSets").texts("setSpec")
    named = harvester("ListRecords", metadataPrefix="oai_dc").texts("setSpec")
    assert max(spec.count(":") for spec in named) == 2
    for spec in named:
        assert requests.SPEC.fullmatch(spec)
        assert spec in listed
        assert spec.rpartition(":")[0] in ("", *named)


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
