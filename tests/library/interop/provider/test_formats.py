"""What a description looks like in Dublin Core and in learning object metadata."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from library.interop import marc, to_dublin_core, to_lom, to_marc
from library.interop.holding import Holding
from tests.library.samples import sample

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC = f"{{{to_dublin_core.ELEMENTS}}}"
LOM = f"{{{to_lom.NAMESPACE}}}"
FIFTEEN = {
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type"),
    *("format", "identifier", "source", "language", "relation", "coverage", "rights"),
}
MARC_FIELDS = {  # of the list; 003, 082, 658 and 710 would say what nobody has told us
    *("001", "005", "008", "020", "024", "041", "100", "245", "264", "300", "336", "337", "338", "520"),
    *("521", "540", "546", "650", "653", "655", "700", "856"),
}
VALUES = {
    "title": "Kỹ thuật trồng ngô",
    "alternative_titles": "Trồng bắp\n",
    "publisher": "Nhà xuất bản mẫu",
    "year": 2019,
    "language": "vie",
    "other_languages": ["tyz"],
    "kind": "book",
    "level": "nguoi-lon",
    "audience": "both",
    "age_from": 18,
    "age_to": None,
    "page_count": 24,
    "duration_minutes": 30,
    "licence": "CC-BY-4.0",
    "rights_holder": "Hội mẫu",
    "abstract": "Dành cho người mới bắt đầu.",
    "source_url": "https://nguon.example/1",
    "visibility": "public",
    "creators": [["Người; Mẫu", "author"], ["Người Dịch", "translator"], ["Người Biên Tập", "editor"]],
    "subjects": ["trong-trot"],
    "tags": ["ngô"],
    "identifiers": [["isbn", "9780306406157"], ["doi", "10.1000/1"]],
    "links": ["https://vi-du.example/a.pdf"],
}
HOLDING = Holding(
    number=7,
    address="https://thu-vien.example/r/7",
    created=datetime(2026, 1, 1, tzinfo=UTC),
    changed=datetime(2026, 1, 2, tzinfo=UTC),
    subjects=["Trồng trọt"],
    kind="Sách",
    level="Người lớn",
    place="Xã Mẫu",
    files=[("application/pdf", 1234)],
    parts_of=["https://thu-vien.example/lo-trinh/ngo/"],
)


def dublin_core(**changes) -> etree._Element:
    return etree.fromstring(to_dublin_core.write_description(VALUES | changes, HOLDING))


def lom(**changes) -> etree._Element:
    return etree.fromstring(to_lom.write_description(VALUES | changes, HOLDING))


def texts(root, name: str) -> list[str]:
    return [each.text for each in root.iter(f"{DC}{name}")]


def at(root, path: str) -> list[str]:
    return [each.text for each in root.findall("/".join(f"{LOM}{part}" for part in path.split("/")))]


def test_dublin_core_has_only_the_fifteen_elements():
    root = dublin_core()
    assert root.tag == f"{{{to_dublin_core.NAMESPACE}}}dc"
    assert {etree.QName(each).localname for each in root} == FIFTEEN
    assert all(each.tag.startswith(DC) and not len(each) for each in root)


def test_dublin_core_identifiers_begin_with_the_page_of_the_reader():
    assert texts(dublin_core(), "identifier") == [
        "https://thu-vien.example/r/7",
        "urn:isbn:9780306406157",
        "https://doi.org/10.1000/1",
        "https://vi-du.example/a.pdf",
    ]


def test_dublin_core_rights_languages_dates_and_relations():
    root = dublin_core()
    assert texts(root, "rights") == ["https://creativecommons.org/licenses/by/4.0/", "Hội mẫu"]
    assert texts(root, "language") == ["vie", "tyz"]
    assert texts(root, "date") == ["2019"]
    assert texts(root, "relation") == ["https://thu-vien.example/lo-trinh/ngo/"]
    assert texts(root, "creator") == ["Người; Mẫu"]
    assert texts(root, "contributor") == ["Người Dịch", "Người Biên Tập"]
    assert texts(root, "type") == ["Text", "Sách"]


def test_dublin_core_says_in_which_language_words_are():
    root = dublin_core(language="tyz")
    by_text = {each.text: each.get(XML_LANG) for each in root}
    assert by_text["Kỹ thuật trồng ngô"] == "tyz"
    assert by_text["Trồng trọt"] == by_text["Sách"] == by_text["Xã Mẫu"] == "vi"
    assert by_text["Trồng bắp"] is None  # nobody said
    assert {each.text: each.get(XML_LANG) for each in dublin_core(language="und")}[VALUES["title"]] is None


def test_what_is_not_known_is_left_out():
    bare = VALUES | dict.fromkeys(("publisher", "abstract", "source_url", "rights_holder", "level"), "")
    bare |= {"year": None, "licence": "unknown", "creators": [], "tags": [], "identifiers": [], "links": []}
    bare |= {"age_from": None, "duration_minutes": None, "subjects": [], "alternative_titles": ""}
    holding = Holding(7, "https://a.example/r/7", HOLDING.created, HOLDING.changed, [], "Sách", "")
    root = etree.fromstring(to_dublin_core.write_description(bare, holding))
    names = {etree.QName(each).localname for each in root}
    assert names == {"title", "type", "identifier", "language"}
    learning = etree.fromstring(to_lom.write_description(bare, holding))
    categories = [etree.QName(each).localname for each in learning]
    assert categories == ["general", "metaMetadata", "technical", "educational"]


@pytest.mark.parametrize("write", [to_dublin_core.write_description, to_lom.write_description])
def test_characters_that_xml_forbids_are_left_out_and_marks_are_escaped(write):
    values = VALUES | {"title": "A\x00\x01\ufffe <b> & ]]>", "creators": [['"B" & \x1f<c>', "author"]]}
    root = etree.fromstring(write(values, HOLDING).encode())
    text = etree.tostring(root, encoding="unicode", method="text")
    assert "A <b> & ]]>" in text
    assert '"B" & <c>' in text


def test_lom_has_the_categories_of_the_standard_in_their_order():
    assert [etree.QName(each).localname for each in lom()] == [
        "general",
        "lifeCycle",
        "metaMetadata",
        "technical",
        "educational",
        "rights",
        "classification",
    ]


def test_lom_general_and_technical():
    root = lom()
    assert at(root, "general/identifier/catalog") == ["URI", "ISBN", "DOI"]
    assert at(root, "general/title/string") == ["Kỹ thuật trồng ngô", "Trồng bắp"]
    assert root.find(f"{LOM}general/{LOM}title/{LOM}string").get("language") == "vi"
    assert at(root, "general/language") == ["vi", "tyz"]
    assert at(root, "technical/format") == ["application/pdf"]
    assert at(root, "technical/size") == ["1234"]
    assert at(root, "technical/location") == ["https://thu-vien.example/r/7", "https://vi-du.example/a.pdf"]


def test_lom_life_cycle_names_people_as_cards():
    root = lom()
    assert at(root, "lifeCycle/contribute/role/value") == ["author", "unknown", "editor", "publisher"]
    assert at(root, "lifeCycle/contribute/entity")[0] == (
        "BEGIN:VCARD\nVERSION:3.0\nN:Người\\; Mẫu\nFN:Người\\; Mẫu\nEND:VCARD"
    )
    assert at(root, "lifeCycle/contribute/date/dateTime") == ["2019"]


def test_lom_education_rights_and_classification():
    root = lom()
    assert at(root, "educational/learningResourceType/value") == ["https://w3id.org/kim/hcrt/text"]
    assert at(root, "educational/intendedEndUserRole/value") == ["learner", "manager"]
    assert at(root, "educational/typicalAgeRange/string") == ["18-U"]
    assert at(root, "educational/typicalLearningTime/duration") == ["PT30M"]
    assert at(root, "rights/description/string") == [
        "https://creativecommons.org/licenses/by/4.0/",
        "Hội mẫu",
    ]
    assert at(root, "rights/copyrightAndOtherRestrictions/value") == ["yes"]
    assert at(root, "classification/taxonPath/taxon/id") == ["trong-trot"]
    assert at(root, "classification/taxonPath/taxon/entry/string") == ["Trồng trọt"]


def test_how_long_a_video_plays_is_technical():
    root = lom(kind="video")
    assert at(root, "technical/duration/duration") == ["PT30M"]
    assert at(root, "educational/typicalLearningTime/duration") == []


def shapes(root) -> set[tuple[str, str]]:
    """(parent, child) of all elements. The profile writes all in small letters, and its own name for a text."""
    spelt = {"string": "langstring", "datetime": "datetime", "entity": "centity", "learningresourcetype": "x"}

    def name(element):
        local = etree.QName(element).localname.lower()
        return spelt.get(local, local)

    return {(name(parent), name(child)) for parent in root.iter() for child in parent if parent.tag != "x"}


def test_lom_is_built_as_the_profile_in_use_builds_it():
    """The sample's profile is a narrower binding with a namespace of its own, so it cannot validate ours; but where both have an
    element, it stands below the same one."""
    theirs = shapes(etree.fromstring(sample("schemas/lom_full_example.xml")))
    parents_of = {}
    for parent, child in theirs:
        parents_of.setdefault(child, set()).add(parent)
    plain = {
        "langstring",
        "value",
        "source",
        "description",
        "identifier",
        "catalog",
        "language",
        "id",
        "entry",
    }
    ours = {(parent, child) for parent, child in shapes(lom()) if child in parents_of and child not in plain}
    assert len(ours) > 12
    misplaced = {(parent, child) for parent, child in ours if parent not in parents_of[child]}
    assert misplaced <= {("date", "datetime"), ("contribute", "date"), ("typicallearningtime", "duration")}


def test_marc_has_each_field_of_the_list_of_which_something_is_known():
    record = to_marc.write_description(VALUES, HOLDING)
    assert {each.tag for each in record.fields} >= MARC_FIELDS
    assert all(str(each) and (each.control_field or each.subfields) for each in record.fields)
    assert str(record.leader)[9] == "a"  # UTF-8
    assert [record[tag]["a"] for tag in ("020", "024", "041")] == ["9780306406157", "10.1000/1", "vie"]
    assert [record[tag]["a"] for tag in ("100", "700")] == ["Người; Mẫu", "Người Dịch"]
    assert (record["264"]["b"], record["264"]["c"]) == ("Nhà xuất bản mẫu", "2019")
    assert record["300"]["a"] == "24 tr."
    assert [each["a"] for each in record.get_fields("521")] == ["Người lớn", "018-"]
    assert [record[tag]["a"] for tag in ("650", "653", "655")] == ["Trồng trọt", "ngô", "Sách"]
    resource, page = record.get_fields("856")
    assert ("".join(resource.indicators), resource["u"]) == ("40", "https://vi-du.example/a.pdf")
    assert ("".join(page.indicators), page["u"]) == ("42", HOLDING.address)


def test_marc_stands_alone_with_its_schema():
    root = etree.fromstring(marc.record_alone(to_marc.write_description(VALUES, HOLDING)))
    assert root.tag == f"{{{marc.NAMESPACE}}}record"
    location = root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    assert location == f"{marc.NAMESPACE} {marc.SCHEMA}"
    (reading,) = marc.read_xml(etree.tostring(root))
    assert len(reading.record["008"].data) == 40
    assert reading.record["540"]["u"] == "https://creativecommons.org/licenses/by/4.0/"
