"""What sources of OAI-PMH do wrong in the wild: each defect is borne, and nothing is lost without a word."""

import itertools
import re

import pytest

from django.utils.translation import override

from library.interop.page import SourceProblem

from .oai_server import NAMESPACES, Record, Reply, Repository, dc, envelope, error, record, records


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def spoiling(change, *, verb="ListRecords", times=None):
    """change(body) for the answers of a verb, the first `times` of them."""
    left = itertools.count()

    def spoil(arguments, reply):
        if arguments.get("verb") != verb or (times is not None and next(left) >= times):
            return reply
        changed = change(reply.body)
        return changed if isinstance(changed, Reply) else Reply(changed)

    return spoil


def one_page(*held: Record, change=lambda body: body) -> Repository:
    return Repository(held, page=100, spoil=spoiling(change))


# The body


def test_truncated_body_is_asked_for_again(harvest, rests):
    source = Repository(records(10), spoil=spoiling(lambda body: body[: len(body) // 2], times=2))
    got = harvest(source)
    assert (len(got.found), got.failed) == (10, [])
    assert len(rests) == 2


def test_truncated_body_that_stays_gives_its_whole_records_and_tells_the_rest(reading):
    def cut(body):
        return body[: body.index("oai:kho.example:6") + 40]

    got = []
    with reading(one_page(*(record(number) for number in range(10)), change=cut)) as reader:
        pages = (got.extend(page.records) for page in reader.pages())
        with pytest.raises(SourceProblem, match="cannot be read any further"):
            list(pages)
    assert [each.identifier for each in got if not each.problem] == [f"oai:kho.example:{n}" for n in range(6)]
    (broken,) = (each for each in got if each.problem)
    assert broken.identifier == "oai:kho.example:6"
    assert b"oai:kho.example:6" in broken.raw


def test_truncated_page_in_the_middle_loses_nothing(harvest):
    """It stays so for its token; from the highest datestamp on the source gives other pages."""

    def spoil(arguments, reply):
        if arguments.get("resumptionToken", "").endswith("|20"):
            return Reply(reply.body[: reply.body.rindex("<record>") + 30])
        return reply

    got = harvest(Repository(records(60), spoil=spoil))
    assert sorted(set(got.identifiers)) == sorted(each.identifier for each in records(60))
    assert "begun again" in got.notes


def test_body_shorter_than_its_length_says_is_asked_for_again(harvest):
    source = Repository(records(10), spoil=spoiling(lambda body: Reply(body, cut=len(body) // 2), times=1))
    assert len(harvest(source).found) == 10


def test_bare_ampersand(harvest):
    source = one_page(record(1, title="R&D Co"), change=lambda body: body.replace("&amp;", "&"))
    got = harvest(source)
    assert got.titles == ["R&D Co"]
    assert "bare “&”" in got.notes


def test_html_entities(harvest):
    source = one_page(
        record(1, title="caf@ ở Sa Pa"), change=lambda body: body.replace("caf@", "caf&eacute;&nbsp;ngon")
    )
    got = harvest(source)
    assert got.titles == ["café ngon ở Sa Pa"]
    assert "HTML" in got.notes


def test_html_login_page(harvest):
    page = "<!DOCTYPE html>\n<html><head><title>Đăng nhập</title></head><body><form></form></body></html>"
    with pytest.raises(SourceProblem, match="not OAI-PMH"):
        harvest(lambda _path: Reply(page, headers={"Content-Type": "text/html"}))


def test_xml_of_another_kind(harvest):
    with pytest.raises(SourceProblem, match="<rss>"):
        harvest(lambda _path: Reply("<rss version='2.0'><channel/></rss>"))


def test_namespace_missing(harvest):
    def bare(body):
        return re.sub(r'(\sxmlns(:\w+)?="[^"]*")|oai_dc:|dc:', "", body)

    got = harvest(one_page(record(1), record(2), change=bare))
    assert got.titles == ["Trồng ngô 1", "Trồng ngô 2"]
    assert "namespace" in got.notes


def test_prefixes_that_are_never_declared(harvest):
    def undeclared(body):
        return re.sub(r'\sxmlns:\w+="[^"]*"', "", body).replace(
            "<oai_dc:dc", '<oai_dc:dc xsi:schemaLocation="x y"'
        )

    got = harvest(one_page(record(1), record(2), change=undeclared))
    assert got.titles == ["Trồng ngô 1", "Trồng ngô 2"]
    assert "prefixes" in got.notes


@pytest.mark.parametrize("name", ["x²:y", "é:y", "xml1:y", "xmlns1:y"])
def test_a_strange_name_costs_its_own_record_at_most(harvest, name):
    got = harvest(
        one_page(record(1), record(2), change=lambda body: body.replace("ngô 1", f"ngô <{name}='1'> 1"))
    )
    assert len(got.found) == 2
    assert got.titles[-1] == "Trồng ngô 2"


def test_bare_less_than(harvest):
    got = harvest(one_page(record(1, title="Khi p < 0.05"), change=lambda body: body.replace("&lt;", "<")))
    assert got.titles == ["Khi p < 0.05"]


def test_a_letter_that_was_cut_in_half_spoils_no_other(harvest):
    def cut(body):
        return body.encode().replace("ngô 1".encode(), "ngô 1".encode()[:3])

    assert harvest(one_page(record(1), record(2), change=cut)).titles[1] == "Trồng ngô 2"


def test_prefixed_elements(harvest):
    def prefixed(body):
        body = re.sub(
            r"<(/?)(OAI-PMH|responseDate|request|ListRecords|record|header|identifier|datestamp|metadata)\b",
            r"<\1o:\2",
            body,
        )
        return body.replace("xmlns=", "xmlns:o=")  # fmt: skip

    assert harvest(one_page(record(1), change=prefixed)).titles == ["Trồng ngô 1"]


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "us-ascii", "TCVN-5712"])
def test_wrong_declared_charset_bytes_that_are_utf8_win(harvest, charset):
    def wrong(body):
        return body.replace('encoding="UTF-8"', f'encoding="{charset}"')

    assert harvest(one_page(record(1, title="Việt Nam"), change=wrong)).titles == ["Việt Nam"]


def test_wrong_charset_in_the_header(harvest):
    def wrong(body):
        body = body.replace('<?xml version="1.0" encoding="UTF-8"?>', "")
        return Reply(body, headers={"Content-Type": "text/xml; charset=iso-8859-1"})

    assert harvest(one_page(record(1, title="Việt Nam"), change=wrong)).titles == ["Việt Nam"]


def test_a_declared_charset_that_is_true(harvest):
    def declared(body):
        return body.replace("UTF-8", "ISO-8859-1").encode("latin-1")

    assert harvest(one_page(record(1, title="Café"), change=declared)).titles == ["Café"]


def test_another_charset_than_utf8_says(harvest):
    got = harvest(one_page(record(1, title="Café"), change=lambda body: body.encode("latin-1")))
    assert got.titles == ["Café"]
    assert "letters" in got.notes


def test_trailing_php_notices(harvest):
    got = harvest(
        one_page(record(1), change=lambda body: f"{body}\n<br />\n<b>Notice</b>: Undefined index in x.php")
    )
    assert got.titles == ["Trồng ngô 1"]
    assert "behind the XML" in got.notes


def test_php_notices_before_the_document(harvest):
    got = harvest(one_page(record(1), change=lambda body: f"<br />\n<b>Warning</b>: x & y in z.php\n{body}"))
    assert got.titles == ["Trồng ngô 1"]
    assert "before the XML" in got.notes


def test_leading_blank_lines(harvest):
    assert harvest(one_page(record(1), change=lambda body: f"\n\n  {body}")).titles == ["Trồng ngô 1"]


def test_byte_order_mark(harvest):
    assert harvest(one_page(record(1), change=lambda body: f"\ufeff{body}")).titles == ["Trồng ngô 1"]
    assert harvest(one_page(record(1), change=lambda body: f"\n\ufeff\ufeff{body}")).titles == ["Trồng ngô 1"]


def test_utf_16(harvest):
    def wide(body):
        return body.replace("UTF-8", "UTF-16").encode("utf-16")

    assert harvest(one_page(record(1), change=wide)).titles == ["Trồng ngô 1"]


@pytest.mark.parametrize("sign", ["\x0b", "\x00", "&#11;", "&#x1F;", "&#xFFFF;", "&#99999999;"])
def test_control_characters(harvest, sign):
    got = harvest(one_page(record(1), change=lambda body: body.replace("Trồng", f"Tr{sign}ồng")))
    assert got.titles == ["Trồng ngô 1"]
    assert "control characters" in got.notes


def test_double_escaped_entities(harvest):
    got = harvest(one_page(record(1, title="Th&#432; viện"), record(2, title="Th&amp;#432; viện")))
    assert got.titles == ["Thư viện", "Thư viện"]


def test_html_in_descriptions(harvest):
    text = '<p>Ngô <b>lai</b></p><script>alert(1)</script><p onclick="x()">Đất &amp; nước</p>'
    got = harvest(one_page(record(1, description=text, title="<i>Zea mays</i> L.")))
    assert got.found[0].values["abstract"] == "Ngô lai\nĐất & nước"
    assert got.titles == ["Zea mays L."]


def test_a_record_that_is_not_well_formed_is_told_and_the_others_are_read(harvest):
    def broken(body):
        return body.replace("<dc:title>Trồng ngô 2</dc:title>", "<dc:title>Trồng <b>ngô 2</dc:title>")

    got = harvest(one_page(*(record(number) for number in range(5)), change=broken))
    assert len(got.found) == 5
    assert [each.identifier for each in got.failed] == ["oai:kho.example:2"]
    assert "Trồng".encode() in got.failed[0].raw
    assert "record by record" in got.notes


def test_external_entities_are_not_read(harvest):
    def hostile(body):
        declaration = '<!DOCTYPE OAI-PMH [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        return body.replace("?>", f"?>{declaration}").replace("Trồng", "&x;")

    with pytest.raises(SourceProblem, match="DTD"):
        harvest(one_page(record(1), change=hostile))


def test_billion_laughs(harvest):
    def hostile(body):
        bombs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
        return body.replace("?>", f'?><!DOCTYPE x [<!ENTITY a0 "ha">{bombs}]>').replace("Trồng", "&a9;")

    with pytest.raises(SourceProblem, match="DTD"):
        harvest(one_page(record(1), change=hostile))


def test_elements_nested_without_end(harvest):
    got = harvest(
        one_page(record(1), record(2), change=lambda body: body.replace("Trồng ngô 1", "<a>" * 50_000))
    )
    assert [bool(each.problem) for each in got.found] == [True, False]


# Records


def test_illegal_datestamps_are_kept(harvest):
    got = harvest(one_page(record(1, datestamp="20210311")))
    assert [each.datestamp for each in got.found] == ["20210311"]
    assert "20210311" in got.notes


def test_deleted_records(harvest):
    got = harvest(one_page(record(1), Record("oai:kho.example:2", deleted=True)))
    assert [each.deleted for each in got.found] == [False, True]


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (Record("oai:a", inside=dc(creator="Nguyễn Văn Mẫu")), "no title"),
        (Record("oai:a", inside=dc(title="  ")), "no title"),
        (Record("oai:a"), "empty"),
        (Record("", inside=dc(title="Ngô")), "no identifier"),
        (Record("oai:" + "a" * 600, inside=dc(title="Ngô")), "longer than"),
        (Record("oai:a", inside='<x xmlns="http://la.example/">Ngô</x>'), "cannot be read here"),
        (Record("oai:a", inside=f'<record xmlns="{NAMESPACES["marcxml"]}"><datafield tag="1"/></record>'), "field"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_told_with_its_text(harvest, held, problem):
    got = harvest(one_page(held, record(2)))
    assert len(got.found) == 2
    assert problem in got.failed[0].problem
    assert b"<header>" in got.failed[0].raw


# Lists and tokens


def test_same_token_for_ever(harvest):
    def stuck(body):
        return re.sub(r"(<resumptionToken[^>]*>)[^<]*<", r"\1mai<", body)

    source = Repository(records(30), spoil=spoiling(stuck))
    source.ListRecords = lambda _arguments, original=source.ListRecords: original({})
    with pytest.raises(SourceProblem, match="again and again"):
        harvest(source)
    assert len(source.lists) <= 3


def test_the_same_records_with_ever_new_tokens(harvest):
    numbers = itertools.count()

    def endless(body):
        return re.sub(r"(<resumptionToken[^>]*>)[^<]*<", rf"\g<1>mai-{next(numbers)}<", body)

    source = Repository(records(30), spoil=spoiling(endless))
    source.ListRecords = lambda _arguments, original=source.ListRecords: original({})
    with pytest.raises(SourceProblem, match="again and again"):
        harvest(source)
    assert len(source.lists) < 10


def test_a_token_that_stays_the_same_while_the_records_change(harvest):
    """Some servers keep the place for themselves."""
    source, turn = Repository(records(50)), itertools.count()
    original = source.ListRecords

    def by_memory(arguments):
        place = next(turn) * 10
        body = original({"resumptionToken": f"|||{place}"} if place else arguments)
        return re.sub(r"(<resumptionToken[^>]*>)[^<]+<", r"\1phien<", body)

    source.ListRecords = by_memory
    assert len(harvest(source).found) == 50


@pytest.mark.parametrize("in_order", [True, False])
def test_expired_token_mid_run(harvest, in_order):
    held = records(95) if in_order else records(95)[::-1]
    forgotten = iter([True])

    def forget(arguments, reply):
        if arguments.get("resumptionToken", "").endswith("|40") and next(forgotten, False):
            return Reply(error("badResumptionToken", "expired"))
        return reply

    source = Repository(held, spoil=forget)
    got = harvest(source)
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)  # each once
    again = [each for each in source.lists[1:] if "resumptionToken" not in each]
    assert len(again) == 1
    assert ("from" in again[0]) == in_order


def test_tokens_that_never_live_longer_than_two_pages(harvest):
    held = records(95)
    source = Repository(held, spoil=lambda arguments, reply: (
        Reply(error("badResumptionToken")) if arguments.get("resumptionToken", "").endswith("|20") else reply
    ))  # fmt: skip
    assert sorted(harvest(source).identifiers) == sorted(each.identifier for each in held)


def test_a_run_that_was_killed_goes_on_after_its_last_page(reading):
    source = Repository(records(95))
    with reading(source) as reader:
        pages = reader.pages()
        first = [next(pages) for _turn in range(4)]
    with reading(source) as reader:
        rest = list(reader.pages(first[-1].next))
    found = [each.identifier for page in [*first, *rest] for each in page.records]
    assert sorted(found) == sorted(each.identifier for each in records(95))


@pytest.mark.parametrize("said", [1000, 3, 0])
def test_wrong_complete_list_size(harvest, said):
    got = harvest(Repository(records(25), size=lambda _real: str(said)))
    assert len(got.found) == 25
    assert not got.failed


def test_complete_list_size_that_is_no_number(harvest):
    assert len(harvest(Repository(records(25), size=lambda _real: "nhiều")).found) == 25


def test_a_list_that_ends_early_is_read_on(harvest):
    """The source never lists more than thirty records, whatever is asked."""
    source, held = Repository(records(95)), records(95)
    original = source.ListRecords

    def capped(arguments):
        body = original(arguments)
        return re.sub(r"<resumptionToken([^>]*)>[^<]*\|30<", r"<resumptionToken\1><", body)

    source.ListRecords = capped
    got = harvest(source)
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)


def test_huge_set_that_the_source_refuses_is_read_month_by_month(harvest, rests):
    def refuse(arguments, reply):
        if (
            arguments.get("verb") == "ListRecords"
            and "resumptionToken" not in arguments
            and "until" not in arguments
        ):
            return reply if arguments.get("from", "") > "2026" else Reply("Out of memory", status=500)
        return reply

    held = records(95)
    got = harvest(Repository(held, spoil=refuse))
    assert sorted(got.identifiers) == sorted(each.identifier for each in held)
    assert "month by month" in got.notes


def test_empty_token_at_the_end_and_token_without_text(harvest):
    source = one_page(
        record(1), change=lambda body: body.replace("</ListRecords>", "<resumptionToken/></ListRecords>")
    )
    assert len(harvest(source).found) == 1


def test_no_records_match_is_the_end_and_no_error(harvest):
    got = harvest(Repository([]))
    assert got.found == []
    assert got.pages[-1].next is None


@pytest.mark.parametrize("code", ["badVerb", "noSetHierarchy", "cannotDisseminateFormat", "ở đâu"])
def test_errors_of_the_source_end_the_run_with_its_own_words(harvest, code):
    source = one_page(record(1), change=lambda _body: error(code, "Không được"))
    with pytest.raises(SourceProblem, match="Không được"):
        harvest(source)


# Dates


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


# Formats and sets


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


def test_an_address_copied_from_a_browser(harvest, reading):
    from library.interop.oai.service import base_address

    assert base_address("https://kho.example/oai?verb=Identify&a=1") == "https://kho.example/oai?a=1"


# The wizard


def test_a_probe_shows_who_the_source_is_and_five_records(reading):
    source = Repository(records(30), sets=[("a", "Nông nghiệp")])
    source.name = "Th&amp;#432; viện &amp;amp; kho"
    with reading(source) as reader:
        probe = reader.probe()
    assert probe.name == "Thư viện & kho"
    assert len(probe.examples) == 5
    assert probe.sets == [("a", "Nông nghiệp")]
    assert (probe.prefix, probe.keeps_deletions) == ("oai_dc", "persistent")
    assert probe.contact == "thu.vien@kho.example"
    assert dict(probe.facts)["Number of records"] == "30"


@pytest.mark.parametrize("wrong", [Reply("x", status=404), Reply("<html><body>Trang chủ</body></html>")])
def test_a_probe_of_a_wrong_address_tells_the_right_one_on_the_same_host(reading, wrong):
    source = Repository(records(3))

    def answer(path):
        return source(path) if path.startswith("/server/oai/request") else wrong

    with reading(answer) as reader, pytest.raises(SourceProblem, match="/server/oai/request"):
        reader.probe()


def test_a_probe_of_an_empty_source(reading):
    with reading(Repository([])) as reader:
        assert reader.probe().examples == []


def test_whatever_is_sent_as_a_list_is_offered_or_told(harvest):
    """The envelope is right, what stands in it is not."""
    got = harvest(
        one_page(
            record(1), change=lambda _body: envelope("<ListRecords><record/><record>x</record></ListRecords>")
        )
    )
    assert len(got.failed) == 2


# Servers


def test_errors_that_come_with_a_status_of_http_are_read_all_the_same(harvest):
    def strict(arguments, reply):
        return Reply(reply.body, status=404 if "noRecordsMatch" in reply.body else 200)

    assert harvest(Repository([], spoil=strict)).found == []


def test_a_server_that_breaks_down_ends_the_run_and_the_next_one_goes_on(reading):
    broken = [False]

    def spoil(arguments, reply):
        return Reply("Bảo trì", status=503) if broken[0] else reply

    source = Repository(records(95), spoil=spoil)
    got = []
    with reading(source) as reader:
        for page in reader.pages():
            got.append(page)
            broken[0] = len(got) == 3
            if broken[0]:
                break
        with pytest.raises(SourceProblem, match="503"):
            list(reader.pages(got[-1].next))
    broken[0] = False
    with reading(source) as reader:
        got += reader.pages(got[-1].next)
    found = [each.identifier for page in got for each in page.records]
    assert sorted(found) == sorted(each.identifier for each in records(95))


def test_a_login_page_in_the_middle_ends_the_run_with_a_sentence(reading):
    def spoil(arguments, reply):
        return Reply("<html><body>Đăng nhập</body></html>") if "resumptionToken" in arguments else reply

    got = []
    with reading(Repository(records(95), spoil=spoil)) as reader:
        pages = (got.extend(page.records) for page in reader.pages())
        with pytest.raises(SourceProblem, match="sign in"):
            list(pages)
    assert len(got) == 10


def test_an_empty_answer_is_asked_for_again(harvest):
    assert len(harvest(Repository(records(10), spoil=spoiling(lambda _body: "", times=1))).found) == 10


def test_a_server_that_always_leaves_out_its_last_tag(harvest):
    source = Repository(records(25), spoil=spoiling(lambda body: body.replace("</OAI-PMH>", "")))
    got = harvest(source)
    assert (len(got.found), got.failed) == (25, [])


def test_a_reading_has_an_end_in_pages_and_in_time(harvest, monkeypatch):
    from library.interop.oai import watch

    monkeypatch.setattr(watch, "MOST_PAGES", 3)
    with pytest.raises(SourceProblem, match="too long"):
        harvest(Repository(records(95)))
    monkeypatch.undo()
    monkeypatch.setattr(watch, "LONGEST", -1.0)
    with pytest.raises(SourceProblem, match="too long"):
        harvest(Repository(records(95)))


def test_identifiers_of_localhost_and_strange_ones_are_kept_as_they_are(harvest):
    held = [record(1), record(2), record(3)]
    held[0].identifier, held[1].identifier, held[2].identifier = (
        "oai:localhost:123456789/1",
        "1",
        "oai:Đ ư/&?",
    )
    assert harvest(one_page(*held)).identifiers == ["oai:localhost:123456789/1", "1", "oai:Đ ư/&?"]


def test_a_huge_list_by_days(harvest):
    held = [
        record(number, datestamp=f"20{10 + number // 28}-01-{1 + number % 28:02}") for number in range(60)
    ]

    def refuse(arguments, reply):
        first = arguments.get("verb") == "ListRecords" and "resumptionToken" not in arguments
        return Reply(error("badArgument", "too much")) if first and "until" not in arguments else reply

    source = Repository(held, granularity="YYYY-MM-DD", spoil=lambda arguments, reply: (
        reply if arguments.get("from", "") > "2026-10" else refuse(arguments, reply)
    ))  # fmt: skip
    assert sorted(harvest(source).identifiers) == sorted(each.identifier for each in held)
    assert all("T" not in each.get("until", "") for each in source.lists)
