"""From a description to MARC, and back again."""

import pytest

from library.enums import Kind, Language

from .marc_records import round_trip, written


def test_a_full_description_survives_the_round_trip():
    values = {
        "title": "Trồng ngô: sổ tay",
        "alternative_titles": "Maize\nBắp",
        "publisher": "Nhà xuất bản mẫu",
        "year": 2019,
        "language": "tyz",
        "other_languages": ["vie"],
        "kind": "guide",
        "level": "nguoi-lon",
        "page_count": 120,
        "duration_minutes": 95,
        "licence": "CC-BY-NC-SA-4.0",
        "abstract": "Đoạn một.\nĐoạn hai.",
        "creators": [["Người Mẫu Một", "author"], ["Người Mẫu Hai", "translator"]],
        "subjects": ["trong-trot"],
        "tags": ["ngô", "đất dốc"],
        "identifiers": [["isbn", "9780306406157"], ["doi", "10.1000/abc"]],
        "links": ["https://vi-du.example/ngo.pdf"],
        "audience": "officer",
    }
    assert round_trip(**values) == values


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_survives_the_round_trip(kind):
    assert round_trip(kind=kind)["kind"] == kind


@pytest.mark.parametrize("language", Language.values)
def test_every_language_survives_the_round_trip(language):
    assert round_trip(language=language, title="Sach")["language"] == language


@pytest.mark.parametrize(
    ("code", "licence"),
    [("CC0-1.0", "CC0-1.0"), ("CC-BY-3.0-VN", "CC-BY-3.0-VN"), ("MIT", "MIT"), ("unknown", None)],
)
def test_licences_survive_the_round_trip(code, licence):
    assert round_trip(licence=code).get("licence") == licence


@pytest.mark.parametrize("ages", [(6, 10), (18, None), (None, 5)])
def test_ages_rights_holder_and_audience_survive_the_round_trip(ages):
    first, last = ages
    values = {"age_from": first, "age_to": last, "rights_holder": "Nhà xuất bản mẫu", "audience": "both"}
    record = written(**values)
    assert "".join(record.get_fields("521")[0].indicators) == "1 "
    found = round_trip(**values)
    assert {name: found.get(name) for name in values} == values


def test_a_long_abstract_is_cut_between_words():
    abstract = " ".join(["trồng"] * 4000)
    assert "".join(round_trip(abstract=abstract)["abstract"].split()) == abstract.replace(" ", "")


@pytest.mark.parametrize(
    ("values", "indicators"),
    [
        ({"title": "Trồng ngô", "creators": [["Mẫu", "author"]]}, "10"),
        ({"title": "Trồng ngô"}, "00"),
        ({"title": "The maize", "language": "eng"}, "04"),
        ({"title": "An introduction", "language": "eng"}, "03"),
        ({"title": "An toàn điện", "language": "vie"}, "00"),
        ({"title": "L'école", "language": "fra"}, "02"),
    ],
)
def test_the_indicators_of_the_title(values, indicators):
    assert "".join(written(**values)["245"].indicators) == indicators


@pytest.mark.parametrize(
    ("language", "coded"), [("vie", "vie"), ("tyz", "tai"), ("mww", "hmn"), ("ium", "mis"), ("fra", "fre")]
)
def test_field_008_is_forty_characters_and_041_says_the_language_exactly(language, coded):
    record = written(language=language, year=2019)
    fixed = record["008"].data
    assert len(fixed) == 40
    assert fixed[:6] == "261124"
    assert fixed[6:15] == "s2019    "[:9]
    assert fixed[35:38] == coded
    assert "".join(record["041"].indicators) == " 7"
    assert record["041"].get_subfields("a", "2") == [language, "iso639-3"]


def test_a_year_that_is_not_known_is_coded_as_such():
    assert written()["008"].data[6:15] == "nuuuuuuuu"


def test_the_leader_says_what_it_is():
    assert str(written(kind="video").leader)[5:10] == "ngm a"
    assert str(written(kind="article").leader)[5:10] == "nab a"


def test_the_page_of_the_resource_is_a_related_address():
    links = [(each.indicator2, each["u"]) for each in written().get_fields("856")]
    assert links == [("2", "https://vi-du.example/r/12")]
