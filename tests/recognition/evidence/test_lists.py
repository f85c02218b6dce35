"""Names of a list found among those who take part, with or without accents; who is not certain is left to a person."""

import pytest

from django.core.files.base import ContentFile

from portal.web.imports import ImportRefused
from portal.web.spreadsheet import listing_xlsx
from recognition.domain.evidence.lists import Line, match, read
from tests.factories.places import VillageFactory
from tests.factories.recognition import AssessmentFactory, RoundFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Two villages with a namesake in each, and two whose names differ by accents only."""
    round = RoundFactory()
    upper, lower = (VillageFactory(name=name, parent=round.place) for name in ("Nà Mẫu", "Bản Mẫu"))
    names = [
        (upper, "Nông Văn Mẫu"),
        (lower, "Nông Văn Mẫu"),
        (upper, "Hoàng Thị Lan"),
        (upper, "Hoàng Thị Làn"),
    ]
    names += [(lower, "Triệu Thị Hòa")]
    return [
        AssessmentFactory(round=round, place=place, subject=SubjectFactory(name=name, place=place))
        for place, name in names
    ]


def test_accents_do_not_matter(rows):
    matches = match([Line(2, "TRIEU THI HOA"), Line(3, "Triệu  Thị Hoà")], rows)
    assert [row for _line, row in matches.found] == [rows[4], rows[4]]


@pytest.mark.parametrize("village", ["Nà Mẫu", "Xóm Nà Mẫu", "na mau", "Xóm Nà Mẫu, xã Mẫu"])
def test_the_village_tells_namesakes_apart(rows, village):
    matches = match([Line(2, "Nông Văn Mẫu", village)], rows)
    assert [row for _line, row in matches.found] == [rows[0]]


def test_exact_accents_tell_two_names_apart(rows):
    matches = match([Line(2, "Hoàng Thị Làn"), Line(3, "Hoang Thi Lan")], rows)
    assert [row for _line, row in matches.found] == [rows[3]]
    assert matches.ambiguous == [(Line(3, "Hoang Thi Lan"), [rows[2], rows[3]])]


def test_a_name_in_another_village_than_the_list_says_is_for_a_person_to_decide(rows):
    matches = match([Line(2, "Triệu Thị Hòa", "Nà Mẫu"), Line(3, "Ai Đó")], rows)
    assert matches.found == []
    assert matches.ambiguous == [(Line(2, "Triệu Thị Hòa", "Nà Mẫu"), [rows[4]])]
    assert matches.unknown == [Line(3, "Ai Đó")]


def test_a_list_of_a_school_is_read_below_its_title():
    sheet = listing_xlsx(
        "Danh sách học sinh", ["STT", "Họ và tên", "Chủ hộ", "Thôn"], [[1, "Cháu Mẫu", "Nông Văn Mẫu", 1]]
    )
    assert [(line.name, line.village) for line in read(ContentFile(sheet, "ds.xlsx"))] == [
        ("Nông Văn Mẫu", "1")
    ]


def test_a_csv_list_is_read_too():
    assert read(ContentFile("Họ và tên;Xóm\nNông Văn Mẫu;Nà Mẫu\n".encode(), "ds.csv")) == [
        Line(2, "Nông Văn Mẫu", "Nà Mẫu")
    ]


def test_a_list_without_names_is_refused_with_a_sentence():
    with pytest.raises(ImportRefused, match="Họ và tên"):
        read(ContentFile(b"STT,Lop\n1,2\n", "ds.csv"))
