import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from portal.web.spreadsheet import listing_xlsx


def sheet_of(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.sheet_names[0], book.get_sheet_by_index(0).to_python()


def test_a_list_has_its_title_its_headings_and_a_line_for_each_row():
    rows = [["Gia đình mẫu", 2025, Decimal("87.5"), datetime.date(2026, 2, 5), None]]
    name, cells = sheet_of(listing_xlsx("Danh sách mẫu", ["Tên", "Năm", "Điểm", "Ngày", "Ghi chú"], rows))
    assert name == "Danh sách mẫu"
    assert cells[0][0] == "Danh sách mẫu"
    assert cells[2] == ["Tên", "Năm", "Điểm", "Ngày", "Ghi chú"]
    assert cells[3] == ["Gia đình mẫu", 2025, 87.5, datetime.date(2026, 2, 5), ""]


@pytest.mark.parametrize(
    "typed", ['=HYPERLINK("http://a")', "+1+1", "-2", "@SUM(A1)", "\t=1", "http://a.example"]
)
def test_what_is_typed_stays_text(typed):
    content = listing_xlsx("Danh sách", [typed], [[typed]])
    assert sheet_of(content)[1][-1] == [typed]
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_a_cell_that_looks_like_a_formula_is_marked_as_text_for_who_opens_it():
    styles = zipfile.ZipFile(io.BytesIO(listing_xlsx("A", ["B"], [["=1"]]))).read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in styles


@pytest.mark.parametrize("title", ["a" * 300, "Xã [Mẫu]: 1/2?", "''", "/"])
def test_any_title_names_a_sheet(title):
    name, cells = sheet_of(listing_xlsx(title, ["Tên"], [["A"]]))
    assert 0 < len(name) <= 31
    assert cells[0][0] == title


def test_a_text_longer_than_a_cell_is_cut_and_an_empty_list_has_its_headings():
    assert sheet_of(listing_xlsx("A", ["Tên"], [["x" * 40_000]]))[1][3][0] == "x" * 32_767
    assert sheet_of(listing_xlsx("A", ["Tên"], []))[1][2] == ["Tên"]
