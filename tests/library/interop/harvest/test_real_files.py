"""The real answers of `samples/oai`: what live servers send."""

import pytest

from django.utils.translation import override

from library.interop.oai import answers
from library.interop.oai.found import found
from library.interop.page import SourceProblem
from tests.library.samples import sample

from .oai_server import NAMESPACES, Reply, Repository, error


def read(name):
    answer = answers.read(sample(f"oai/{name}"))
    return answer, [found(each) for each in answer.records]


@pytest.mark.parametrize(
    ("name", "offered", "failed"),
    [
        ("dspace_rotterdam_listrecords.xml", 16, 0),
        ("sciencehistory_listrecords.xml", 10, 0),
        ("sciencehistory_no_namespace.xml", 10, 0),
        ("harvard_librarycloud_mods_listrecords.xml", 10, 0),
        ("sickle_listrecords_deleted_and_token.xml", 2, 0),
        ("inspire_marcxml_listrecords.xml", 2, 2),  # of conferences: no title in them
        ("arxiv_listrecords_cs.xml", 46, 46),  # a format of their own
        ("doaj_listrecords.xml", 100, 100),  # likewise
    ],
)
def test_every_record_that_is_offered_is_read_or_told(name, offered, failed):
    answer, got = read(name)
    assert sample(f"oai/{name}").count(b"<header") == len(got) == offered
    assert sum(bool(each.problem) for each in got) == failed
    assert all(each.identifier and each.raw for each in got)
    assert all(each.values["title"] for each in got if not each.problem and not each.deleted)
    assert answer.response_date.endswith("Z")


def test_dspace_of_rotterdam():
    _answer, (first, *_others) = read("dspace_rotterdam_listrecords.xml")
    assert first.identifier == "hdl:1765/308"
    assert first.values["title"] == "Kijken in het brein: Over de mogelijkheden van neuromarketing"
    assert first.values["creators"] == [["A. Smidts", "contributor"]]
    assert first.values["identifiers"] == [["isbn", "9789058920362"], ["handle", "1765/308"]]
    assert first.values["year"] == 2003
    assert "neuromarketing" in first.subject_words


def test_science_history_with_and_without_the_namespace_says_the_same():
    answer, named = read("sciencehistory_listrecords.xml")
    bare_answer, bare = read("sciencehistory_no_namespace.xml")
    assert [each.values for each in named] == [each.values for each in bare]
    assert (answer.notes, len(bare_answer.notes)) == ([], 1)
    assert named[1].values["licence"] == "https://rightsstatements.org/vocab/NKC/1.0/"
    assert named[1].values["kind"] == "picture"
    assert answer.token.total == 6387


def test_harvard_with_its_illegal_datestamps():
    answer, (first, *_others) = read("harvard_librarycloud_mods_listrecords.xml")
    assert (first.identifier, first.datestamp) == ("arn00007c00001", "20210311")
    assert first.values["title"] == "Plate 1. Clematis cylindrica"
    assert first.values["links"][0] == "https://nrs.harvard.edu/urn-3:FMUS.ARN:37524535"  # no preview
    assert "appointment" in first.rights_note
    assert answer.token.text == "AoEuYXJuMDAwMDdjMDAwMTE=:botanicals:10:mods"


def test_deleted_headers_and_tokens():
    answer, (gone, there) = read("sickle_listrecords_deleted_and_token.xml")
    assert (gone.deleted, there.deleted) == (True, False)
    assert (answer.token.text, answer.token.total) == ("ListRecords2.xml", 8)
    assert "\n" not in there.values["abstract"]


def test_doaj_speaks_of_millions():
    answer, _found = read("doaj_listrecords.xml")
    assert answer.token.total == 2_460_909


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sickle_badResumptionToken.xml", "badResumptionToken"),
        ("sickle_noRecordsMatch.xml", "noRecordsMatch"),
    ],
)
def test_errors(name, code):
    answer, got = read(name)
    assert [each for each, _text in answer.errors] == [code]
    assert got == []


def test_the_sets_of_a_live_server_in_the_wizard(reading):
    def real(arguments, reply):
        return (
            Reply(sample("oai/dpla_listsets_oai-sets.xml")) if arguments.get("verb") == "ListSets" else reply
        )

    with reading(Repository([], spoil=real)) as reader:
        sets = dict(reader.probe().sets)
    assert sets["scarlet"].startswith("Studies in Scarlet: Marriage and Sexuality in the U.S. & U.K.")


def test_a_server_that_answers_identify_with_something_else(reading):
    def real(arguments, reply):
        return (
            Reply(sample("oai/dspace_rotterdam_identify.xml"))
            if arguments.get("verb") == "Identify"
            else reply
        )

    with override("en"), reading(Repository([], spoil=real)) as reader:
        assert "Identify" in " ".join(reader.probe().notes)


def test_harvard_read_through_to_its_expired_token(reading):
    """Its datestamps are none, so the list would have to begin anew; the server forgets again, and says so."""

    def real(arguments, reply):
        if arguments.get("verb") != "ListRecords":
            return reply
        if "resumptionToken" in arguments:
            return Reply(error("badResumptionToken", "expired"))
        return Reply(sample("oai/harvard_librarycloud_mods_listrecords.xml"))

    got = []
    with reading(Repository([], formats=[("mods", NAMESPACES["mods"])], spoil=real)) as reader:
        pages = (got.extend(page.records) for page in reader.pages())
        with override("en"), pytest.raises(SourceProblem, match="expired"):
            list(pages)
    assert len({each.identifier for each in got}) == len(got) == 10
