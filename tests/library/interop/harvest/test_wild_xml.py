"""Bytes of the wild become a tree, or a sentence; what was repaired is told, and nothing is ever fetched or unfolded."""

import pytest

from django.utils.translation import override

from library.interop.wild_xml import (
    NotXml,
    WebPage,
    ends_as_it_should,
    read_text,
    read_xml,
    refuse,
    unescaped,
)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def text(content, **rest):
    return "".join(read_xml(content, **rest).root.itertext())


def test_what_is_good_is_left_alone():
    tree = read_xml(
        "<?xml version='1.0'?><!-- xin --><a><b>Ngô &amp; <![CDATA[R&D &eacute;]]></b></a>".encode()
    )
    assert (tree.root[0].text, tree.notes) == ("Ngô & R&D &eacute;", ())


@pytest.mark.parametrize(
    ("content", "meant", "told"),
    [
        (b"<a>R&D</a>", "R&D", "bare"),
        (b"<a>x&y;z</a>", "x&y;z", "bare"),
        (b"<a>&</a>", "&", "bare"),
        (b'<a b="1&2">x</a>', "x", "bare"),
        (b"<a>caf&eacute;&nbsp;&hellip;</a>", "café\xa0…", "HTML"),
        (b"<a>p < 0.05, x <= y</a>", "p < 0.05, x <= y", "bare"),
        (b"<a><dc:b xsi:c='1'>x</dc:b></a>", "x", "dc, xsi"),
        (
            "<a>Việt Nam đất nước</a>".encode().replace("ệ".encode(), "ệ".encode()[:2]),
            "Vi\ufffdt Nam đất nước",
            "Some",
        ),
        (b"<a>&LT;b&GT;</a>", "<b>", "HTML"),
        (b"<a>R&D <![CDATA[R&D &eacute;]]></a>", "R&D R&D &eacute;", "bare"),
        (b"\xef\xbb\xbf\r\n \xef\xbb\xbf<a>x</a>", "x", ""),
        (b"\n\n<?xml version='1.0'?><a>x</a>", "x", ""),
        (b"Warning: x in y.php\n<?xml version='1.0'?><a>x</a>", "x", "before"),
        (b"<a>x</a>\n<b>Notice</b>: y", "x", "behind"),
        (b"<a>x</a></a>", None, ""),
        (b"<a>x\x00\x0b\x1fy</a>", "xy", "control"),
        (b"<a>x&#0;&#x1b;&#xD800;y</a>", "xy", "control"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><a>Việt</a>".encode(), "Việt", "UTF-8"),
        ("<?xml version='1.0' encoding='không-có'?><a>Việt</a>".encode(), "Việt", ""),
        ("<?xml version='1.0' encoding='windows-1258'?><a>\xe0</a>".encode("windows-1258"), "à", ""),
        ("<a>é</a>".encode("latin-1"), "é", "letters"),
        ("<a>Ngô</a>".encode("utf-16"), "Ngô", ""),
        ("<a>Ngô</a>".encode("utf-16-be").join([b"\xfe\xff", b""]), "Ngô", ""),
    ],
)
def test_repairs_change_no_word_and_are_told(content, meant, told):
    if meant is None:
        with pytest.raises(NotXml):
            read_xml(content)
        return
    tree = read_xml(content)
    assert "".join(tree.root.itertext()) == meant
    assert told in " ".join(tree.notes)
    assert bool(told) == bool(tree.notes)


def test_the_charset_of_the_header_counts_where_the_document_names_none():
    assert text("<a>\xe0</a>".encode("windows-1258"), charset="windows-1258") == "à"
    assert text("<a>Việt</a>".encode(), charset="iso-8859-1") == "Việt"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"xin chao",
        b'{"a": 1}',
        b"%PDF-1.7 <a>",
        b"<a><b></a></b>",
        b"<a>x",
        b"<a b=1>x</a>",
        b"PK\x03\x04\x00\x00",
        b"<",
        b"<?xml",
        b"<!-- x",
    ],
)
def test_what_is_no_xml_is_told_in_a_sentence(content):
    with pytest.raises(NotXml) as told:
        read_xml(content)
    assert str(told.value)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html></html>",
        b"\xef\xbb\xbf \n<!doctype HTML PUBLIC '-//W3C//DTD XHTML 1.0//EN'>\n<html>",
        b"<html lang='vi'><body>x</body></html>",
        b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'><html/>",
        "<!DOCTYPE html><html/>".encode("utf-16"),
    ],
)
def test_web_pages_are_known(content):
    with pytest.raises(WebPage):
        read_xml(content)


DOCTYPES = [
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd">',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/"> %x;]>',
    "<!-- x --><?y?>\n<!doctype a>",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("doctype", DOCTYPES)
def test_any_document_type_is_refused_and_nothing_is_fetched(doctype, encoding, monkeypatch):
    import socket

    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("It was fetched."))
    for document in (f"{doctype}<a>&x;</a>", f"<?xml version='1.0'?>{doctype}<a>&x; R&D</a>"):
        with pytest.raises(NotXml) as told:
            read_xml(document.encode(encoding))
        assert "root:" not in str(told.value)
        with pytest.raises(NotXml):
            refuse(document.encode(encoding))  # before anything is parsed


def test_the_parser_by_itself_refuses_a_document_type_too():
    with pytest.raises(NotXml):
        read_text('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')


def test_a_document_type_behind_junk_is_refused_too():
    with pytest.raises(NotXml):
        read_xml(b"Notice: x\n<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")


def test_a_doctype_in_the_text_is_only_text():
    assert text(b"<a><![CDATA[<!DOCTYPE html><html>]]></a>") == "<!DOCTYPE html><html>"


def test_depth_and_length_have_an_end():
    with pytest.raises(NotXml):
        read_xml(b"<a>" * 100_000 + b"</a>" * 100_000)
    with pytest.raises(NotXml):
        read_xml(b"<a>" + b"x" * 11_000_000 + b"</a>")


def test_a_prolog_that_never_ends_is_looked_at_once():
    """No pattern goes back and forth in what a server sends."""
    with pytest.raises(NotXml):
        read_xml(b"<?x ?>" * 200_000)
    with pytest.raises(NotXml):
        read_xml(b"<!-- x -->" * 200_000)
    with pytest.raises(NotXml):
        read_xml(b"<![CDATA[" * 100_000)


@pytest.mark.parametrize("number", ["9" * 5000, "x" + "F" * 5000, "0", "x0", "0" * 5000])
def test_a_number_that_no_letter_has_is_left_out(number):
    assert text(f"<a>R&D &#{number};xong</a>".encode()) == "R&D xong"


def test_the_number_of_a_letter_may_begin_with_noughts():
    assert text(b"<a>R&D &#000432; &#x001B0;</a>") == "R&D ư ư"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Th&#432; viện", "Thư viện"),
        ("Th&amp;#432; viện", "Thư viện"),
        ("&amp;amp;amp;", "&amp;"),  # twice, not more
        ("R&D", "R&D"),
        ("a &copy b", "a &copy b"),
        ("&khong;", "&khong;"),
    ],
)
def test_references_escaped_too_often_are_undone_twice_at_most(text, plain):
    assert unescaped(text) == plain


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (b"<OAI-PMH></OAI-PMH>", True),
        (b"<OAI-PMH><a>", False),
        (b"<o:OAI-PMH></o:OAI-PMH >", True),
        (b"<br>x<OAI-PMH>", False),
        (b"<rss><channel>", False),
        (b"<rss/>", True),
        (b"", False),
        (b"<html><body>", True),
        ("<a>".encode("utf-16"), True),
    ],
)
def test_half_an_answer_is_known_by_its_end(content, whole):
    assert ends_as_it_should(content) == whole
