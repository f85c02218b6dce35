"""What goes out as Dublin Core or LOM comes in again, as far as the format can say it."""

import datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from library.enums import Kind, Language
from library.interop import to_dublin_core, to_lom
from library.interop.holding import Holding
from library.interop.payloads import describe
from portal.text import nfc
from tests.library.interop.descriptions import EMPTY

MOMENT = datetime.datetime(2026, 11, 24, 8, 30, 5, tzinfo=datetime.UTC)
ADDRESS = "https://vi-du.example/r/12"
WRITERS = [to_dublin_core, to_lom]
GIVEN = EMPTY | {
    "title": "Trồng ngô & đậu",
    "alternative_titles": "Maize",
    "publisher": "NXB Nông nghiệp",
    "year": 2019,
    "language": "tyz",
    "other_languages": ["vie"],
    "kind": "video",
    "licence": "CC-BY-4.0",
    "abstract": "Ngô trên đất dốc.",
    "creators": [["Nguyễn Văn Mẫu", "author"], ["Lê Thị Mẫu", "contributor"]],
    "subjects": ["trong-trot"],
    "tags": ["đất dốc"],
    "identifiers": [["isbn", "9780306406157"], ["doi", "10.1000/abc"]],
    "links": ["https://vi-du.example/ngo.mp4"],
}
KEPT = ("title", "alternative_titles", "publisher", "year", "language", "other_languages", "kind", "licence")
KEPT += ("abstract", "creators", "identifiers")
line = partial(
    st.text, st.characters(blacklist_categories=("C", "Z"), blacklist_characters="<>&;"), min_size=1
)


def again(writer, **changed):
    values = GIVEN | changed
    kind = str(Kind(values["kind"]).label)
    subjects = ["Trồng trọt"] if values["subjects"] else []
    holding = Holding(12, ADDRESS, MOMENT, MOMENT, subjects, kind, "")
    _format, found = describe(etree.fromstring(writer.write_description(values, holding)))
    return found


@pytest.mark.parametrize("writer", WRITERS)
def test_nothing_that_the_format_can_say_is_lost(writer):
    found = again(writer)
    assert {name: found.values.get(name) for name in KEPT} == {name: GIVEN[name] for name in KEPT}
    assert {ADDRESS, "https://vi-du.example/ngo.mp4"} <= set(found.values["links"])
    assert set(found.subject_words) == {"Trồng trọt", "đất dốc"}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("language", [each.value for each in Language if each != Language.UNDETERMINED])
def test_every_language_of_the_library_comes_back(writer, language):
    assert again(writer, language=language, other_languages=[]).values["language"] == language


@pytest.mark.parametrize("kind", [each.value for each in Kind])
def test_every_kind_comes_back_from_dublin_core(kind):
    assert again(to_dublin_core, kind=kind).values["kind"] == kind


def test_what_lom_says_besides():
    found = again(to_lom, level="dai-hoc", audience="both", age_from=6, age_to=10, duration_minutes=45).values
    assert (found["level"], found["audience"]) == ("dai-hoc", "both")
    assert (found["age_from"], found["age_to"], found["duration_minutes"]) == (6, 10, 45)


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=80, deadline=None)
@given(title=line(max_size=300), abstract=line(max_size=500))
def test_any_words_come_back(writer, title, abstract):
    title, abstract = nfc(title), nfc(abstract)
    if title and abstract:
        found = again(writer, title=title, abstract=abstract, alternative_titles="").values
        assert (found["title"], found["abstract"]) == (title, abstract)
