"""From Dublin Core, LOM and MODS to what the library says of a resource."""

import pytest
from lxml import etree

from library.domain.model_rules import mistakes_in
from library.interop.payloads import describe
from tests.library.samples import sample

from .oai_server import NAMESPACES, dc


def described(xml: str | bytes):
    _format, found = describe(etree.fromstring(xml))
    assert not mistakes_in(dict(found.values))
    return found


def values(**elements):
    return described(dc(**{"title": "Trồng ngô"} | elements)).values


def test_a_usual_record_of_dspace():
    found = described(
        dc(
            title=["Nghiên cứu trồng ngô", "Study of maize"],
            creator=["Nguyễn, Văn Mẫu", "Trần Thị Mẫu"],
            contributor="Lê, Mẫu",
            subject=["Ngô; Đất dốc", "NGÔ"],
            description=["Tóm tắt.", "Made available in DSpace on 2020-01-01", "Tóm tắt."],
            publisher="Đại học Mẫu",
            date=["2021-05-02T08:00:00Z", "2021-05-02T08:00:00Z", "2019"],
            type="Thesis",
            format=["application/pdf", "120 tr."],
            language="vi",
            identifier=["http://kho.example.vn/handle/123456789/12", "123456789/12"],
            rights="http://creativecommons.org/licenses/by-nc/4.0/",
        )
    )
    assert found.values == {
        "title": "Nghiên cứu trồng ngô",
        "alternative_titles": "Study of maize",
        "creators": [["Nguyễn Văn Mẫu", "author"], ["Trần Thị Mẫu", "author"], ["Lê Mẫu", "contributor"]],
        "abstract": "Tóm tắt.",
        "publisher": "Đại học Mẫu",
        "year": 2019,
        "kind": "book",
        "page_count": 120,
        "language": "vie",
        "links": ["http://kho.example.vn/handle/123456789/12"],
        "licence": "CC-BY-NC-4.0",
    }
    assert found.subject_words == ("Ngô", "Đất dốc")


@pytest.mark.parametrize(
    ("said", "language", "others"),
    [
        (["vi"], "vie", None),
        (["vie"], "vie", None),
        (["vi_VN"], "vie", None),
        (["Tiếng Việt"], "vie", None),
        (["en_US"], "eng", None),
        (["English"], "eng", None),
        (["fre"], "fra", None),
        (["ger"], "deu", None),
        (["chi"], "zho", None),
        (["tyz"], "tyz", None),
        (["ium"], "ium", None),
        (["eng", "vie"], "eng", ["vie"]),
        (["mul"], None, None),
        ([], None, None),
    ],
)
def test_languages_of_iso_639_1_2_and_3_and_their_names(said, language, others):
    found = values(title="Maize", language=said)
    assert (found.get("language"), found.get("other_languages")) == (language, others)


@pytest.mark.parametrize("code", ["yao", "dao", "ita", "xyz"])
def test_languages_that_the_library_has_no_name_for_are_never_taken_for_dao(code):
    assert values(title="Maize", language=code)["language"] == "und"


def test_vietnamese_letters_tell_where_nothing_is_said():
    assert values(title="Trồng ngô")["language"] == "vie"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["Text"], None),
        (["info:eu-repo/semantics/article", "Text"], "article"),
        (["http://purl.org/dc/dcmitype/Sound"], "audio"),
        (["MovingImage"], "video"),
        (["StillImage"], "picture"),
        (["InteractiveResource", "Khóa học"], "course"),
        (["Luận văn"], "book"),
        (["Bài giảng"], "course"),
        (["Dataset"], "dataset"),
        (["photographs"], "picture"),
    ],
)
def test_kinds(types, kind):
    assert values(type=types).get("kind") == kind


def test_numbers_that_are_none_and_addresses_that_are_none_are_left_out():
    found = values(
        identifier=[
            "978-0-306-40615-8",
            "ISBN 978-0-306-40615-7",
            "doi:10.1000/ABC",
            "javascript:alert(1)",
            "ftp://kho.example/x",
            "https://kho.example/" + "x" * 1000,
            "C:\\sach\\ngo.pdf",
            "12",
        ]
    )
    assert found["identifiers"] == [["isbn", "9780306406157"], ["doi", "10.1000/abc"]]
    assert found["links"] == ["https://doi.org/10.1000/abc"]


def test_the_issn_of_an_article_is_that_of_its_journal():
    assert "identifiers" not in values(identifier="urn:issn:2049-3630", type="article")
    assert values(identifier="urn:issn:2049-3630")["identifiers"] == [["issn", "20493630"]]


def test_handles_under_the_prefix_of_every_new_dspace_tell_nothing():
    found = values(identifier="http://hdl.handle.net/123456789/12")
    assert "identifiers" not in found
    assert found["links"] == ["http://hdl.handle.net/123456789/12"]


@pytest.mark.parametrize(
    ("name", "natural"),
    [
        ("Santos, Mílton, 1926-2001", "Mílton Santos"),
        ("Nguyễn, Văn Mẫu", "Nguyễn Văn Mẫu"),
        ("Nguyen, Van Mau", "Nguyen Van Mau"),
        ("Bộ Y tế, Cục Y tế dự phòng", "Bộ Y tế, Cục Y tế dự phòng"),
        ("Norda Essential Oil and Chemical Company", "Norda Essential Oil and Chemical Company"),
        ("Doe, J., Jr.", "Doe, J., Jr."),
    ],
)
def test_names_in_their_natural_order(name, natural):
    assert values(creator=name)["creators"] == [[natural, "author"]]


def test_what_is_too_long_is_shortened_and_kept():
    found = values(title="dài " * 200, creator="Tên " * 100, publisher="Nhà " * 100)
    assert len(found["title"]) <= 300
    assert found["alternative_titles"].startswith("dài dài")
    assert len(found["creators"][0][0]) <= 200
    assert len(found["publisher"]) <= 200


def test_years_that_are_none():
    assert "year" not in values(date=["0000", "khoảng", "2200-01-01"])


def test_a_title_in_vietnamese_comes_first():
    xml = dc(title=["Maize", "Ngô"]).replace("<dc:title>Ngô", '<dc:title xml:lang="vi">Ngô')
    assert described(xml).values["title"] == "Ngô"


def test_what_is_said_of_rights_and_is_no_licence_is_kept():
    found = described(dc(title="Ngô", rights=["info:eu-repo/semantics/openAccess", "© Đại học Mẫu"]))
    assert "licence" not in found.values
    assert found.rights_note == "info:eu-repo/semantics/openAccess · © Đại học Mẫu"


def test_qualified_dublin_core():
    xml = (
        '<q:qualifieddc xmlns:q="http://dspace.org/qualifieddc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Ngô</dc:title><dcterms:abstract>Tóm tắt</dcterms:abstract>'
        "<dcterms:issued>2020</dcterms:issued><dcterms:license>CC BY 4.0</dcterms:license></q:qualifieddc>"
    )
    found = described(xml).values
    assert (found["abstract"], found["year"], found["licence"]) == ("Tóm tắt", 2020, "CC-BY-4.0")


def test_the_full_lom_record_of_a_national_profile():
    found = described(sample("schemas/lom_full_example.xml"))
    assert found.values == {
        "title": "Introduction to Difference Equations",
        "creators": [["Thomas Dacher", "author"]],
        "language": "deu",
        "other_languages": ["eng"],
        "kind": "video",
        "duration_minutes": 32,
        "licence": "CC0-1.0",
        "abstract": "Vorbereitung auf einen Kurs zur Zeitreihenanalyse",
        "identifiers": [["doi", "10.1137/s0036144500378302"], ["handle", "10900.3/oer_zzxwvfjv"]],
        "links": [
            "https://www.oerbw.de/edu-sharing/components/render/c0a478bd-b5f0-4d67-89c5-4a49dfefddcf/1.7"
        ],
    }
    assert found.subject_words[:2] == ("Differenzengleichung", "Difference Equation")
    assert "Wirtschaftsmathematik" in found.subject_words


def test_lom_of_ieee():
    found = described(
        f"""<lom xmlns="{NAMESPACES["oai_lom"]}"><general>
        <title><string language="en">Maize</string><string language="vi">Trồng ngô</string></title>
        <identifier><catalog>ISBN</catalog><entry>9780306406157</entry></identifier><language>vi</language>
        <description><string>Ngô trên đất dốc.</string></description></general>
        <lifeCycle><contribute><role><source>LOMv1.0</source><value>author</value></role>
        <entity>BEGIN:VCARD\nVERSION:3.0\nN:Mẫu;Nguyễn Văn\nFN:Nguyễn Văn Mẫu\nEND:VCARD</entity></contribute>
        <contribute><role><value>publisher</value></role><entity>BEGIN:VCARD\nORG:NXB Nông nghiệp\nEND:VCARD</entity>
        <date><dateTime>2019-01-01</dateTime></date></contribute></lifeCycle>
        <technical><format>video/mp4</format><location>https://vi-du.example/ngo</location><duration><duration>PT1H5M</duration>
        </duration></technical>
        <educational><learningResourceType><value>lecture</value></learningResourceType>
        <intendedEndUserRole><value>learner</value></intendedEndUserRole><context><value>higher education</value></context>
        <typicalAgeRange><string>18-U</string></typicalAgeRange></educational></lom>"""
    ).values
    assert found == {
        "title": "Trồng ngô",
        "alternative_titles": "Maize",
        "creators": [["Nguyễn Văn Mẫu", "author"]],
        "publisher": "NXB Nông nghiệp",
        "year": 2019,
        "language": "vie",
        "kind": "course",
        "level": "dai-hoc",
        "audience": "citizen",
        "age_from": 18,
        "duration_minutes": 65,
        "abstract": "Ngô trên đất dốc.",
        "identifiers": [["isbn", "9780306406157"]],
        "links": ["https://vi-du.example/ngo"],
    }


def test_mods():
    found = described(
        f"""<mods xmlns="{NAMESPACES["mods"]}"><titleInfo type="alternative"><title>Maize</title></titleInfo>
        <titleInfo><nonSort>The</nonSort><title>Ngô</title><subTitle>sổ tay</subTitle><partNumber>Tập 2</partNumber></titleInfo>
        <name type="personal"><namePart type="family">Nguyễn</namePart><namePart type="given">Văn Mẫu</namePart>
        <role><roleTerm type="code">trl</roleTerm></role></name>
        <name type="corporate"><namePart>Sở Mẫu, Phòng Mẫu</namePart></name>
        <typeOfResource>sound recording</typeOfResource><originInfo><publisher>NXB</publisher><dateIssued>2018</dateIssued></originInfo>
        <language><languageTerm type="text">Vietnamese</languageTerm><languageTerm type="code">vie</languageTerm></language>
        <subject><topic>Ngô</topic><geographic>Cao Bằng</geographic></subject>
        <identifier type="isbn">9780306406157</identifier>
        <location><url access="preview">https://a.example/nho.jpg</url><url>https://a.example/ngo</url></location>
        <relatedItem><titleInfo><title>Bộ sách</title></titleInfo><identifier type="isbn">9783161484100</identifier></relatedItem>
        </mods>"""
    )
    assert found.values == {
        "title": "The Ngô: sổ tay. Tập 2",
        "alternative_titles": "Maize",
        "creators": [["Nguyễn Văn Mẫu", "translator"], ["Sở Mẫu, Phòng Mẫu", "author"]],
        "publisher": "NXB",
        "year": 2018,
        "language": "vie",
        "kind": "audio",
        "identifiers": [["isbn", "9780306406157"]],
        "links": ["https://a.example/ngo"],
    }
    assert found.subject_words == ("Ngô", "Cao Bằng")
