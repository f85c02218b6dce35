"""Catalogues by SRU 1.1, 1.2 and 2.0, read over loopback."""

import json

import pytest

from library.interop.page import SourceProblem, SourceSettings
from library.interop.sru.harvest import SruReader
from tests.library.samples import sample

from .oai_server import Reply
from .sites import DATE, LOGIN, Site, harvested, online, reader_of
from .sru_server import NEW, OLD, Server, dc, explain, marc, told

pytestmark = pytest.mark.usefixtures("in_english")


def site_of(server) -> Site:
    return Site({"/sru": server})


def numbers(*wanted: int) -> list[str]:
    return [str(number) for number in wanted]


def test_a_real_answer_is_read_to_its_last_record():
    content = sample("marc/sru_dnb_response.xml").replace(b"nextRecordPosition", b"lastRecordPosition")
    content = content.replace(b"<numberOfRecords>1910<", b"<numberOfRecords>1<")
    site = Site({"/sru": lambda path: content if "query=" in path else Reply("", 404)})
    come = harvested(SruReader, site, "/sru")
    assert come.identifiers == ["(DE-101)1304143236"]
    [found] = come.found
    assert found.format == "marc21"
    assert (found.values["language"], found.values["year"]) == ("deu", 2021)
    assert b"controlfield" in found.raw
    assert "does not explain itself" in come.notes


def test_pages_follow_the_position_that_the_server_states():
    server = Server(map(marc, range(1, 26)))
    come = harvested(SruReader, site_of(server), "/sru")
    assert come.identifiers == numbers(*range(1, 26))
    assert [each["startRecord"] for each in server.searches] == ["1", "11", "21"]
    assert {(each["recordSchema"], each["query"]) for each in server.searches} == {
        ("marcxml", "cql.allRecords=1")
    }
    assert come.pages[0].total == 25
    assert come.pages[-1].next is None


def test_a_position_that_leaves_some_out_is_believed():
    """The server knows which of its records have gone."""
    server = Server(
        map(marc, range(1, 26)),
        spoil=lambda _arguments, answer: answer.replace("<nextRecordPosition>11<", "<nextRecordPosition>15<"),
    )
    come = harvested(SruReader, site_of(server), "/sru")
    assert come.identifiers == numbers(*range(1, 11), *range(15, 26))
    assert [each["startRecord"] for each in server.searches] == ["1", "15", "25"]


def test_a_server_without_positions_is_counted_through():
    server = Server(map(marc, range(1, 26)), positions=False)
    assert harvested(SruReader, site_of(server), "/sru").identifiers == numbers(*range(1, 26))


def test_a_position_that_leads_back_is_not_followed():
    server = Server(
        map(marc, range(1, 26)),
        spoil=lambda _arguments, answer: answer.replace(
            "</records>", "</records><nextRecordPosition>1</nextRecordPosition>", 1
        ),
    )
    assert harvested(SruReader, site_of(server), "/sru").identifiers == numbers(*range(1, 26))


def test_a_server_that_gives_the_same_page_for_ever_is_given_up():
    server = Server(map(marc, range(1, 11)))

    def endless(arguments, answer):
        start = int(arguments.get("startRecord", 1))
        page = server.answer(server.payloads, start).replace("Records>10<", "Records>1000000<")
        return page.replace("</records>", f"</records><nextRecordPosition>{start + 10}</nextRecordPosition>")

    server.spoil = endless
    with online(site_of(server)) as site, pytest.raises(SourceProblem, match="again and again"):
        list(reader_of(SruReader, site, "/sru").pages())
    assert len(server.searches) == 2


def test_a_server_that_never_agrees_on_a_version_is_not_asked_for_ever():
    def disagrees(arguments, _answer):
        other = "1.2" if arguments["version"] == "1.1" else "1.1"
        return told(5, "Unsupported version", other)

    server = Server([], spoil=disagrees)
    with online(site_of(server)) as site, pytest.raises(SourceProblem, match="refuses"):
        list(reader_of(SruReader, site, "/sru").pages())
    assert len(server.searches) == 2


@pytest.mark.parametrize("packing", ["xml", "string"])
def test_records_packed_as_xml_or_as_text_are_the_same(packing):
    come = harvested(SruReader, site_of(Server([marc(1), dc(2)], packing=packing)), "/sru")
    assert come.titles == ["Trồng ngô 1", "Trồng ngô 2"]
    assert come.identifiers == ["1", "urn:2"]
    assert [each.format for each in come.found] == ["marc21", "oai_dc"]
    assert tuple(come.found[1].subject_words) == ("Ngô",)


def test_version_2_is_asked_in_its_own_way():
    explained = explain(version="2.0")
    server = Server([marc(1)], explained=explained, namespace=NEW)
    assert harvested(SruReader, site_of(server), "/sru").identifiers == ["1"]
    assert server.searches[0]["version"] == "2.0"
    assert not {"operation", "recordPacking"} & set(server.searches[0])


def test_a_server_without_namespace_is_read():
    assert harvested(SruReader, site_of(Server([marc(1)], namespace="")), "/sru").identifiers == ["1"]


def test_a_version_that_is_refused_is_changed_for_the_one_that_is_told():
    def spoil(arguments, answer):
        if arguments["version"] == "1.2":
            return answer
        return f'<searchRetrieveResponse xmlns="{OLD}">{told(5, "Unsupported version", "1.2")}</searchRetrieveResponse>'

    server = Server([marc(1)], spoil=spoil)
    assert harvested(SruReader, site_of(server), "/sru").identifiers == ["1"]


@pytest.mark.parametrize(
    ("diagnostic", "sentence"),
    [
        (told(10, "Query syntax error", "dc.title ="), r"Query syntax error: dc\.title ="),
        (told(66, "Unknown schema"), "Unknown schema"),
        (told(16, "Unsupported index", "cql.allRecords"), "give a question"),
    ],
)
def test_a_question_that_is_refused_ends_the_run_with_what_the_server_says(diagnostic, sentence):
    server = Server(
        [marc(1)],
        spoil=lambda *_: f'<searchRetrieveResponse xmlns="{OLD}">{diagnostic}</searchRetrieveResponse>',
    )
    site = site_of(server)
    with online(site), pytest.raises(SourceProblem, match=sentence):
        list(reader_of(SruReader, site, "/sru").pages())


def test_a_warning_beside_records_is_told():
    server = Server(
        [marc(1)],
        spoil=lambda _arguments, answer: answer.replace(
            "</searchRetr", told(8, "Unsupported parameter", "x") + "</searchRetr"
        ),
    )
    come = harvested(SruReader, site_of(server), "/sru")
    assert come.identifiers == ["1"]
    assert "Unsupported parameter" in come.notes


def test_a_record_that_the_server_cannot_give_or_we_cannot_read_is_offered_and_failed():
    surrogate = told(67, "Record not available").removeprefix("<diagnostics>").removesuffix("</diagnostics>")
    strange = '<x xmlns="urn:strange"/>'
    untitled = marc(3).replace("245", "246")
    come = harvested(SruReader, site_of(Server([marc(1), surrogate, strange, untitled, "", marc(6)])), "/sru")
    assert len(come.found) == 6
    assert come.identifiers == ["1", "6"]
    assert "Record not available" in come.failed[0].problem
    assert all(each.raw for each in come.failed)


def test_one_broken_record_is_asked_for_by_itself_and_is_the_only_one_that_fails():
    payloads = [marc(number) for number in range(1, 8)]
    payloads[3] = payloads[3].replace("</record>", "</rekord>")
    server = Server(payloads, explained=explain(most=3))
    come = harvested(SruReader, site_of(server), "/sru")
    assert come.identifiers == numbers(1, 2, 3, 5, 6, 7)
    [failed] = come.failed
    assert b"rekord" in failed.raw
    assert "by itself" in come.notes
    assert server.searches[-1]["maximumRecords"] == "3"


def test_a_server_that_states_more_than_it_gives_ends_the_run_with_a_reason():
    server = Server(
        map(marc, range(1, 6)),
        spoil=lambda _arguments, answer: answer.replace("<numberOfRecords>5<", "<numberOfRecords>9<"),
    )
    site = site_of(server)
    with online(site), pytest.raises(SourceProblem, match="states 9 records, but gives none from number 6"):
        list(reader_of(SruReader, site, "/sru").pages())


def test_only_what_changed_since_is_asked_for_where_the_server_can_tell():
    indexes = '<index><map><name set="dcterms">modified</name></map></index>'
    able = Server([marc(1)], explained=explain(indexes=indexes))
    harvested(SruReader, site_of(able), "/sru", since="2026-11-01T00:00:00Z", query="dc.subject=ngo")
    assert able.searches[0]["query"] == '(dc.subject=ngo) and dcterms.modified >= "2026-10-31"'
    unable = Server([marc(1)])
    harvested(SruReader, site_of(unable), "/sru", since="2026-11-01T00:00:00Z", query="dc.subject=ngo")
    assert unable.searches[0]["query"] == "dc.subject=ngo"


def test_a_run_goes_on_behind_any_page_without_asking_for_an_explanation():
    server = Server(map(marc, range(1, 26)))
    site = site_of(server)
    with online(site):
        first = next(iter(reader_of(SruReader, site, "/sru").pages()))
        server.asked.clear()
        rest = list(reader_of(SruReader, site, "/sru").pages(json.loads(json.dumps(first.next))))
    assert [each.identifier for page in rest for each in page.records] == numbers(*range(11, 26))
    assert server.asked == server.searches


def test_nothing_found_is_an_end_and_no_problem():
    come = harvested(SruReader, site_of(Server([])), "/sru")
    assert come.found == []
    assert come.pages[-1].next is None


@pytest.mark.parametrize(
    "content", [LOGIN, "", "<rss/>", marc(1)[:-20], '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>']
)
def test_what_is_no_server_of_sru_is_refused_with_a_sentence(content):
    site = Site({"/sru": content})
    with online(site):
        with pytest.raises(SourceProblem, match=r"\."):
            list(reader_of(SruReader, site, "/sru").pages())
        with pytest.raises(SourceProblem, match=r"\."):
            reader_of(SruReader, site, "/sru").probe()


def test_an_address_that_was_copied_whole_brings_its_question():
    server = Server(
        [marc(1)], explained=explain(indexes='<index><map><name set="dcterms">modified</name></map></index>')
    )
    copied = "/sru?version=1.1&operation=searchRetrieve&query=dc.title%3Dng%C3%B4%20sortBy%20dc.date&maximumRecords=3&recordSchema=dc"
    harvested(SruReader, site_of(server), copied)
    [asked] = server.searches
    assert (asked["query"], asked["recordSchema"], asked["maximumRecords"]) == (
        "dc.title=ngô sortBy dc.date",
        "dc",
        "10",
    )
    assert server.asked[0] == {"operation": "explain", "version": "1.1"}
    harvested(SruReader, site_of(server), copied, since="2026-11-26T00:00:00Z")
    assert server.searches[-1]["query"] == '(dc.title=ngô) and dcterms.modified >= "2026-11-25"'


@pytest.mark.parametrize(("port", "reason"), [(210, "private network"), (211, "unusual port")])
def test_the_port_of_libraries_may_be_asked_though_never_inside_our_network(settings, port, reason):
    settings.HARVEST_ALLOWED_HOSTS = []
    with pytest.raises(SourceProblem, match=reason):
        SruReader(SourceSettings(f"http://127.0.0.1:{port}/LCDB?")).probe()


def test_the_address_keeps_the_parameters_of_its_own():
    server = Server([marc(1)])
    harvested(SruReader, site_of(server), "/sru?database=sach")
    assert {each["database"] for each in server.asked} == {"sach"}


def test_a_probe_tells_what_the_server_explains():
    site = Site({"/sru": lambda path: Reply(Server(map(marc, range(1, 9)))(path), headers=DATE)})
    with online(site):
        probe = reader_of(SruReader, site, "/sru").probe()
    assert (probe.name, probe.contact, probe.prefix) == ("Thư viện mẫu", "thu.vien@kho.example", "marcxml")
    assert len(probe.examples) == 5
    assert probe.formats[0] == ("dc", "info:srw/schema/1/dc-v1.1")
