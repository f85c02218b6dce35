"""What sources of OAI-PMH send in the place of good XML: each defect is borne, and nothing is lost without a word."""

import re

import pytest

from library.interop.page import SourceProblem

from .oai_server import Reply, Repository, one_page, record, records, spoiling

pytestmark = pytest.mark.usefixtures("in_english")


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
    with pytest.raises(SourceProblem, match="not OAI-PMH.* web page for people"):
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


def test_an_empty_answer_is_asked_for_again(harvest):
    assert len(harvest(Repository(records(10), spoil=spoiling(lambda _body: "", times=1))).found) == 10


def test_a_server_that_always_leaves_out_its_last_tag(harvest):
    source = Repository(records(25), spoil=spoiling(lambda body: body.replace("</OAI-PMH>", "")))
    got = harvest(source)
    assert (len(got.found), got.failed) == (25, [])


@pytest.mark.parametrize("number", [3, 9])
def test_a_record_that_is_never_closed_is_offered_and_failed(harvest, number):
    """In the middle of a page and at its end; the list goes on behind it."""
    whole = str(records(35)[number])

    def unclosed(body):
        return body.replace(whole, whole.removesuffix("</record>"))

    got = harvest(Repository(records(35), spoil=spoiling(unclosed)))
    assert len(got.found) == 35
    assert len(got.failed) <= 1
