"""What a source of OAI-PMH is asked for: since when, in which format, of which sets."""

import itertools

import pytest

from library.interop.oai.service import base_address
from library.interop.page import SourceProblem

from .oai_server import NAMESPACES, Record, Reply, Repository, error, record, records

pytestmark = pytest.mark.usefixtures("in_english")


def test_only_what_has_changed_by_the_clock_of_the_source(harvest):
    source = Repository(records(20))
    got = harvest(source, since="2020-01-15T00:00:00Z")
    assert source.lists[0]["from"] == "2020-01-14T23:59:59Z"
    assert all(page.response_date == "2026-11-26T01:00:00Z" for page in got.pages)


def test_day_granularity(harvest):
    source = Repository([record(1, datestamp="2020-01-15")], granularity="YYYY-MM-DD")
    harvest(source, since="2020-01-15T08:00:00Z")
    assert source.lists[0]["from"] == "2020-01-14"


def test_a_source_that_takes_only_days_whatever_it_says(harvest):
    def strict(arguments, reply):
        return Reply(error("badArgument")) if "T" in arguments.get("from", "") else reply

    source = Repository(records(20), spoil=strict)
    harvest(source, since="2020-01-05T00:00:00Z")
    assert [each["from"] for each in source.lists if "from" in each] == ["2020-01-04T23:59:59Z", "2020-01-04"]


def test_the_hour_of_the_first_answer_counts_not_that_of_the_last(harvest):
    hours = itertools.count()

    def later(arguments, reply):
        hour = next(hours)
        return Reply(reply.body.replace("T01:00:00Z</responseDate>", f"T02:{hour:02}:00Z</responseDate>"))

    got = harvest(Repository(records(30), spoil=later))
    assert {page.response_date for page in got.pages} == {"2026-11-26T02:00:00Z"}


MARC = (
    f'<marc:record xmlns:marc="{NAMESPACES["marcxml"]}"><marc:leader>00000nam a2200000 a 4500</marc:leader>'
    '<marc:datafield tag="245" ind1="1" ind2="0"><marc:subfield code="a">Trồng ngô</marc:subfield></marc:datafield>'
    '<marc:datafield tag="650" ind1=" " ind2="4"><marc:subfield code="a">Ngô</marc:subfield></marc:datafield>'
    "</marc:record>"
)


@pytest.mark.parametrize("name", ["marcxml", "marc", "oai_marc", "marc21", "xyz"])
def test_the_prefix_is_chosen_by_namespace(harvest, name):
    formats = [("oai_dc", NAMESPACES["oai_dc"]), (name, NAMESPACES["marcxml"])]
    source = Repository([Record("oai:a", inside=MARC)], formats=formats)
    got = harvest(source)
    assert source.lists[0]["metadataPrefix"] == name
    assert (got.found[0].format, got.found[0].subject_words) == ("marc21", ("Ngô",))


def test_oai_marc_that_is_another_format_is_not_taken_for_marc21(harvest):
    formats = [("oai_marc", "http://www.openarchives.org/OAI/1.1/oai_marc"), ("oai_dc", NAMESPACES["oai_dc"])]
    source = Repository(records(1), formats=formats)
    harvest(source)
    assert source.lists[0]["metadataPrefix"] == "oai_dc"


def test_a_wanted_prefix_is_found_under_the_name_that_the_source_gives_it(harvest):
    formats = [("oai_dc", NAMESPACES["oai_dc"]), ("marc_xml_1", NAMESPACES["marcxml"])]
    source = Repository([Record("oai:a", inside=MARC)], formats=formats)
    harvest(source, prefix="marc21")
    assert source.lists[0]["metadataPrefix"] == "marc_xml_1"


def test_a_format_that_is_listed_and_not_given_is_replaced_by_dublin_core(harvest):
    formats = [("oai_dc", NAMESPACES["oai_dc"]), ("marcxml", NAMESPACES["marcxml"])]

    def refuse(arguments, reply):
        marc = arguments.get("metadataPrefix") == "marcxml"
        return Reply(error("cannotDisseminateFormat")) if marc else reply

    assert len(harvest(Repository(records(3), formats=formats, spoil=refuse)).found) == 3


def test_only_formats_that_nobody_reads(harvest):
    with pytest.raises(SourceProblem, match="mets"):
        harvest(Repository(records(1), formats=[("mets", "http://www.loc.gov/METS/")]))


def test_sets_are_read_one_after_the_other(harvest):
    held = records(30)
    for number, each in enumerate(held):
        each.sets = ["a"] if number % 2 else ["b"]
    source = Repository(held, page=5, sets=[("a", "A"), ("b", "B"), ("c", "C")])
    got = harvest(source, sets=["a", "c", "b"])
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)
    assert [each["set"] for each in source.lists if "set" in each] == ["a", "c", "b"]


def test_an_address_copied_from_a_browser():
    assert base_address("https://kho.example/oai?verb=Identify&a=1") == "https://kho.example/oai?a=1"
