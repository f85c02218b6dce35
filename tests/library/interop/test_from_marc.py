"""What a record of MARC says, as values of a description."""

import pymarc
import pytest

from library.interop.from_marc import key_of, read_description

from .marc_records import SUBJECTS, described, made


def test_punctuation_of_isbd_goes_and_text_is_nfc():
    found = described(
        "245 10 $aTro\u0302\u0300ng ngo\u0302 :$bsổ tay /$cNguyễn Văn Mẫu.",
        "260    $aHà Nội :$bNông nghiệp,$cc2009.",
    )
    assert found["title"] == "Trồng ngô: sổ tay"
    assert (found["publisher"], found["year"]) == ("Nông nghiệp", 2009)


def test_parts_of_a_title_and_other_titles():
    found = described("245 00 $aKỹ thuật mạ.$nTập 2,$pMạ niken", "246 3  $aMạ điện", "240 10 $aPlating.")
    assert found["title"] == "Kỹ thuật mạ. Tập 2, Mạ niken"
    assert found["alternative_titles"] == "Mạ điện\nPlating"


def test_a_title_too_long_for_the_catalogue_keeps_its_whole_as_another_title():
    found = described(f"245 00 $aNgô :$b{'dài ' * 100}")
    assert found["title"] == "Ngô"
    assert found["alternative_titles"].startswith("Ngô: dài dài")


@pytest.mark.parametrize(
    ("fields", "creators"),
    [
        (["100 1  $aSantos, Mílton,$d1926-"], [["Mílton Santos", "author"]]),
        (["100 0  $aNguyễn Văn Mẫu"], [["Nguyễn Văn Mẫu", "author"]]),
        (["110 2  $aBộ Y tế.$bCục Y tế dự phòng."], [["Bộ Y tế. Cục Y tế dự phòng", "author"]]),
        (
            ["700 0  $aLê Mẫu$4trl", "100 0  $aTrần Mẫu"],
            [["Trần Mẫu", "author"], ["Lê Mẫu", "translator"]],
        ),
        (["700 0  $aLê Mẫu,$edịch."], [["Lê Mẫu", "translator"]]),
        (["700 1  $aCordell, Dennis,$eeditor."], [["Dennis Cordell", "editor"]]),
        (["700 0  $aLê Mẫu$4http://id.loc.gov/vocabulary/relators/ill"], [["Lê Mẫu", "illustrator"]]),
        (["700 0  $aLê Mẫu$4ths"], [["Lê Mẫu", "contributor"]]),
        (["100 0  $aLê Mẫu", "700 12 $aMozart$tDon Giovanni"], [["Lê Mẫu", "author"]]),
        (
            ["100    $aIyer, Mammel, Schach; Nguyễn Văn Mẫu dịch."],
            [
                ["Iyer", "author"],
                ["Mammel", "author"],
                ["Schach", "author"],
                ["Nguyễn Văn Mẫu", "translator"],
            ],
        ),
    ],
)
def test_people_and_what_they_did(fields, creators):
    assert described("245 00 $aNgô", *fields)["creators"] == creators


@pytest.mark.parametrize(
    ("statement", "fixed", "year"),
    [
        ("c1990.", "", 1990),
        ("[1998]", "", 1998),
        ("198.", "", None),
        ("[between 1880 and 1893]", "", None),
        ("1365 [1986]", "040101s1986    xx ", 1986),
        ("", "040101s2001    xx ", 2001),
        ("", "040101s9999    xx ", None),
    ],
)
def test_years(statement, fixed, year):
    fields = [f"264  1 $c{statement}"] if statement else []
    assert described("245 00 $aNgô", *fields, fixed=fixed).get("year") == year


@pytest.mark.parametrize(
    ("field", "code", "title", "languages"),
    [
        ("", "vie", "Ngo", ["vie"]),
        ("", "fre", "Maïs", ["fra"]),
        ("", "und", "Trồng ngô", ["vie"]),
        ("", "und", "Sensors", ["und"]),
        ("", "urd", "Fikr", ["und"]),
        ("041 0  $aengvie", "eng", "Maize", ["eng", "vie"]),
        ("041 0  $aeng$avie", "eng", "Maize", ["eng", "vie"]),
        ("041  7 $atyz$2iso639-3", "tai", "Sli", ["tyz"]),
        ("041  7 $aium$avie$2iso639-3", "mis", "Sách", ["ium", "vie"]),
    ],
)
def test_languages(field, code, title, languages):
    fixed = f"{'181222s2019    xx':35}{code} d"
    found = described(f"245 00 $a{title}", *filter(None, [field]), fixed=fixed)
    assert [found["language"], *found.get("other_languages", [])] == languages


@pytest.mark.parametrize(
    ("leader", "fields", "kind"),
    [
        ("00000nam a2200000 a 4500", [], "book"),
        ("00000nab a2200000 a 4500", [], "article"),
        ("00000nai a2200000 a 4500", [], "website"),
        ("00000ngm a2200000 a 4500", [], "video"),
        ("00000nim a2200000 a 4500", [], "audio"),
        ("00000nem a2200000 a 4500", [], "picture"),
        ("00000nam a2200000 a 4500", ["655  4 $aTờ rơi."], "leaflet"),
    ],
)
def test_kinds_by_leader_and_genre(leader, fields, kind):
    assert described("245 00 $aNgô", *fields, leader=leader)["kind"] == kind


def test_a_film_told_by_field_007():
    record = made("245 00 $aNgô")
    record.add_field(pymarc.Field(tag="007", data="vf |||||"))
    assert (
        read_description(record, subject=SUBJECTS.get, kind=SUBJECTS.get, level=SUBJECTS.get)["kind"]
        == "video"
    )


def test_numbers_that_are_none_are_left_out():
    found = described(
        "245 00 $aNgô",
        "020    $a40001",
        "020    $a0253325528 (alk. paper)",
        "022    $a0317-8471",
        "024 7  $a10.1000/ABC$2doi",
    )
    assert found["identifiers"] == [
        ["isbn", "9780253325525"],
        ["issn", "03178471"],
        ["doi", "10.1000/abc"],
    ]


def test_headings_of_ours_are_subjects_and_others_tags():
    found = described(
        "245 00 $aNgô", "650  4 $aTRỒNG TRỌT.", "650  0 $aMaize$zVietnam.", "653    $amaize$aĐất dốc"
    )
    assert found["tags"] == ["TRỒNG TRỌT", "Maize", "Vietnam", "Đất dốc"]
    found = described("245 00 $aNgô", "650  4 $aTrồng trọt")
    assert (found["subjects"], found.get("tags")) == (["trong-trot"], None)


def test_links_are_web_addresses_of_the_resource_itself():
    found = described(
        "245 00 $aNgô",
        "856 40 $uhttps://vi-du.example/ngo.pdf",
        "856 42 $uhttps://vi-du.example/muc-luc",
        "856    $uhcmus.edu.vn",
        "856 40 $ujavascript:alert(1)",
    )
    assert found["links"] == ["https://vi-du.example/ngo.pdf"]


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (made("035    $a(OCoLC)1", number=" 2196384 "), "2196384"),
        (made("035    $a(OCoLC)1"), "035:(OCoLC)1"),
        (made("020    $a40001"), "020:40001"),
        (made("245 00 $aNgô"), ""),
    ],
)
def test_what_names_a_record(record, key):
    assert key_of(record) == key


@pytest.mark.parametrize("said", ["010-006", "abc", "500-600", "7-9"])
def test_ages_that_make_no_sense_are_left_out(said):
    found = described("245 00 $aNgô", f"521 1  $a{said}")
    assert "age_from" not in found
