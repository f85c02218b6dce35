import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from portal.web.imports import ImportRefused, RowError, read_table
from portal.web.imports.workbook import MAX_UNPACKED_BYTES

DECOMPOSED_YEAR = "Na\u0306m"  # "Năm" as two code points


@pytest.fixture
def write(tmp_path):
    def _write(content: bytes | str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


@pytest.fixture
def sheet(tmp_path):
    def _sheet(cells: dict[tuple[int, int], object]) -> Path:
        path = tmp_path / "table.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
            page = book.add_worksheet()
            for (row, column), value in cells.items():
                page.write(row, column, value)
        return path

    return _sheet


def refusal(path, **options) -> list[RowError]:
    with pytest.raises(ImportRefused) as refused:
        list(read_table(path, **options))
    return refused.value.errors


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_gives_the_same_rows(write, encoding, separator):
    text = f"Tên{separator}Năm\r\nGia đình học tập{separator}2024\r\n"
    rows = list(read_table(write(text.encode(encoding)), required=["Tên", "Năm"]))
    assert rows == [(2, {"Tên": "Gia đình học tập", "Năm": "2024"})]


def test_windows_1258_is_read_and_composed(write):
    # In code page 1258 a tone stands after its vowel: "học" is h o (dot below) c
    content = "Tên\nho\u0323c t\u00e2\u0323p\n".encode("cp1258")
    assert list(read_table(write(content))) == [(2, {"Tên": "học tập"})]


def test_decomposed_headings_match_composed_ones(write):
    assert list(read_table(write(f" {DECOMPOSED_YEAR} \n2024\n"), required=["Năm"])) == [(2, {"Năm": "2024"})]


def test_row_numbers_are_those_of_the_sheet_when_blank_rows_are_left_out(write):
    assert list(read_table(write("\n,\nTên,Năm\n\nA,2024\n"))) == [(5, {"Tên": "A", "Năm": "2024"})]


def test_line_break_inside_quotes_is_one_row(write):
    assert list(read_table(write('Tên,Năm\n"A\nB",1\nC,2\n')))[1] == (3, {"Tên": "C", "Năm": "2"})


def test_separator_inside_a_quoted_heading_does_not_count(write):
    assert list(read_table(write('"Tên, họ, đệm";Năm\nA;1\n'))) == [(2, {"Tên, họ, đệm": "A", "Năm": "1"})]


def test_short_rows_are_filled_with_none(write):
    assert list(read_table(write("Tên,Năm\nA\n"))) == [(2, {"Tên": "A", "Năm": None})]


def test_workbook_keeps_numbers_dates_and_row_numbers(sheet):
    path = sheet(
        {(2, 1): "Tên", (2, 2): "Năm", (2, 3): "Ngày", (4, 1): "A", (4, 2): 2024, (4, 3): date(2026, 2, 5)}
    )
    assert list(read_table(path)) == [(5, {"Tên": "A", "Năm": 2024.0, "Ngày": date(2026, 2, 5)})]


def test_workbook_is_known_by_content_not_by_name(sheet):
    path = sheet({(0, 0): "Tên", (1, 0): "A"})
    assert list(read_table(path.rename(path.with_suffix(".csv")))) == [(2, {"Tên": "A"})]


def test_missing_and_doubled_headings_are_all_named_at_once(write):
    with pytest.raises(ImportRefused) as refused:  # before the first row is asked for
        read_table(write("Tên,Tên\nA,B\n"), required=["Tên", "Năm", "Xã"])
    assert [(error.row, error.column) for error in refused.value.errors] == [
        (1, "Tên"),
        (1, "Năm"),
        (1, "Xã"),
    ]


def test_cell_without_heading_is_refused_with_its_row(write):
    assert [(error.row, error.column) for error in refusal(write("Tên,Năm\nA,1\nB,2,3\n"))] == [(3, "")]


def test_open_quotation_mark_is_refused_with_its_row(write):
    assert refusal(write('Tên,Năm\nA,1\n"B,2\n'))[0].row == 3


def test_too_many_rows_are_refused_where_they_begin(write):
    assert refusal(write("Tên\nA\nB\nC\n"), max_rows=2)[0].row == 4


def test_too_large_a_file_is_refused_unread(write):
    assert refusal(write("Tên\n" + "A\n" * 100), max_bytes=50)[0].row == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\r\n\r\n",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64,
        b"PK\x03\x04 not a workbook",
        b'{"a": "\x00"}',
        "Tên\n\ud800".encode("utf-8", "surrogatepass") + b"\x00",
    ],
    ids=["empty", "blank", "picture", "old xls", "broken zip", "nul in json", "broken text"],
)
def test_what_is_no_table_is_refused_with_one_sentence(write, content):
    assert len(refusal(write(content))) == 1


def test_file_that_is_not_there_is_refused(tmp_path):
    assert "nothing.csv" in str(refusal(tmp_path / "nothing.csv")[0])


def test_truncated_workbook_is_refused(sheet, write):
    content = sheet({(0, 0): "Tên", (1, 0): "A"}).read_bytes()
    assert len(refusal(write(content[: len(content) // 2]))) == 1


def rewritten(path: Path, sheet_xml: bytes, name: str = "worksheets/sheet1.xml") -> Path:
    """The workbook with another first sheet, called `name` in its archive."""
    usual, target = "worksheets/sheet1.xml", path.with_name("bomb.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename == f"xl/{usual}":
                new.writestr(f"xl/{name}", sheet_xml)
            elif member.filename == "xl/_rels/workbook.xml.rels":
                new.writestr(member.filename, old.read(member).replace(usual.encode(), name.encode()))
            else:
                new.writestr(member.filename, old.read(member))
    return target


def test_zip_bomb_is_refused_before_it_is_unpacked(sheet):
    bomb = rewritten(sheet({(0, 0): "Tên"}), b" " * (MAX_UNPACKED_BYTES + 1))
    assert bomb.stat().st_size < 1024 * 1024
    assert len(refusal(bomb)) == 1


@pytest.mark.parametrize(
    "name", ["worksheets/sheet1.xml", "Worksheets/sheet1.xml", "chartsheets/a.xml", "a.bin"]
)
def test_sheet_that_claims_its_last_corner_is_refused_whatever_its_file_is_called(sheet, name):
    corner = (
        b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert "1048576" in str(refusal(rewritten(sheet({(0, 0): "Tên"}), corner, name))[0])


def test_errors_read_as_vietnamese_sentences():
    refused = ImportRefused([RowError(5, "Năm", "sai"), RowError(6, "", "trống"), RowError(0, "", "hỏng")])
    assert str(refused).splitlines() == ["Dòng 5, cột «Năm»: sai", "Dòng 6: trống", "hỏng"]
