"""`import_resources` with what others send: ledgers under any headings, MARC21, MARCXML."""

import csv
import io

import pytest
import xlsxwriter

from django.core.management import CommandError, call_command

from library.interop import marc
from library.models import Resource, SourceRecord
from portal.web.imports import workbook
from tests.factories.library import SubjectFactory
from tests.library.interop.marc_records import made
from tests.library.samples import sample

pytestmark = pytest.mark.django_db

LEDGER = ["STT", "Tác giả", "Nhan đề", "NXB", "Năm XB", "Số trang", "Từ khóa", "Chủ đề"]
ROW = [
    "1",
    "Người Mẫu Một,\nNgười Mẫu Hai",
    "Trồng ngô",
    "NXB Mẫu",
    "c2009",
    "192 tr.",
    "ngô, đất dốc",
    "Cây lương thực",
]


def run(path, *arguments):
    """(exit status, last line, everything that went to stderr)"""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_resources", str(path), *arguments, stdout=out, stderr=err)
        status = 0
    except CommandError as error:
        status = error.returncode
    return status, out.getvalue().strip().splitlines()[-1], err.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name="tep"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def ledger(tmp_path):
    """ledger([row, ...], blank=3, title="…") -> path of a workbook with empty rows and a title above the table."""

    def write(rows, headings=LEDGER, blank=0, title=""):
        path = tmp_path / "so.xlsx"
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet()
        edge = book.add_format({"border": 1})
        for row in range(blank):
            page.write_blank(row, 0, None, edge)
        if title:
            page.write(blank, 0, title)
        for number, cells in enumerate([headings, *rows], start=blank + bool(title)):
            page.write_row(number, 0, cells)
        book.close()
        return path

    return write


def test_a_ledger_under_vietnamese_headings_in_any_order(ledger):
    assert run(ledger([ROW]))[:2] == (0, "created 1, updated 0, unchanged 0, failed 0")
    resource = Resource.objects.get()
    assert (resource.title, resource.publisher, resource.year, resource.page_count) == (
        "Trồng ngô",
        "NXB Mẫu",
        2009,
        192,
    )
    assert [each.name for each in resource.contributions.all()] == ["Người Mẫu Một", "Người Mẫu Hai"]
    assert set(resource.tags.names()) == {"ngô", "đất dốc", "Cây lương thực"}
    assert (resource.kind, resource.language, resource.level) == ("book", "vie", "")


def test_the_headings_are_found_below_blank_rows_and_a_title(ledger):
    path = ledger([ROW], blank=4000, title="DANH MỤC SÁCH, NĂM 2018")
    assert run(path)[:2] == (0, "created 1, updated 0, unchanged 0, failed 0")
    status, _last, errors = run(ledger([["1", "", ""]], blank=4000, title="DANH MỤC SÁCH"))
    assert status == 1
    assert "4003" in errors
    assert "Nhan đề" in errors


def test_a_semicolon_table_below_a_title_line(file):
    path = file("Danh mục, năm 2018\n\nTên sách;Tác giả;Năm\nTrồng ngô;Người Mẫu;2009\n".encode())
    assert run(path)[0] == 0
    assert Resource.objects.get().year == 2009


def test_the_same_ledger_twice_changes_nothing_also_without_numbers_of_its_own(ledger):
    run(ledger([ROW]))
    assert run(ledger([ROW]))[1] == "created 0, updated 0, unchanged 1, failed 0"
    typed_otherwise = [*ROW[:2], "TRỒNG NGÔ", *ROW[3:]]
    assert run(ledger([typed_otherwise]))[1] == "created 0, updated 1, unchanged 0, failed 0"
    assert Resource.objects.get().title == "TRỒNG NGÔ"


def test_a_number_of_the_ledger_finds_the_row_again(ledger):
    headings = ["Số cá biệt", "Tên sách", "Tác giả"]
    run(ledger([[8878, "Trồng ngô", "Người Mẫu"]], headings), "--source", "Sổ mẫu")
    changed = ledger([[8878, "Trồng ngô lai", "Người Mẫu"]], headings)
    assert run(changed, "--source", "Sổ mẫu")[1] == "created 0, updated 1, unchanged 0, failed 0"
    assert SourceRecord.objects.get().key == "8878"


def test_two_rows_with_the_same_description_are_named(ledger):
    status, last, errors = run(ledger([ROW, ROW]))
    assert (status, last) == (1, "created 0, updated 0, unchanged 0, failed 1")
    assert "3" in errors
    assert not Resource.objects.exists()


def test_volumes_of_a_set_are_told_apart(ledger):
    headings = ["Nhan đề", "Tập", "Năm XB"]
    run(ledger([["Kỹ thuật mạ", 1, 1997], ["Kỹ thuật mạ", "Quyển II", 1997]], headings))
    assert set(Resource.objects.values_list("title", flat=True)) == {
        "Kỹ thuật mạ. Tập 1",
        "Kỹ thuật mạ. Quyển II",
    }


@pytest.mark.parametrize(
    ("heading", "text", "field", "value"),
    [
        ("Loại tài liệu", "Tờ rơi", "kind", "leaflet"),
        ("Loại", "BẢN ĐỒ", "kind", "picture"),
        ("Trình độ", "Trung học cơ sở", "level", "thcs"),
        ("Cấp học", "Cấp 3", "level", "thpt"),
        ("Ngôn ngữ", "Tiếng Tày", "language", "tyz"),
        ("Ngôn ngữ", "Anh", "language", "eng"),
        ("Đối tượng", "Cán bộ", "audience", "officer"),
        ("Giấy phép", "CC BY 4.0", "licence", "CC-BY-4.0"),
        ("Năm in", "198.", "year", None),
    ],
)
def test_words_stand_for_codes(ledger, heading, text, field, value):
    assert run(ledger([["Trồng ngô", text]], ["Nhan đề", heading]))[0] == 0
    assert getattr(Resource.objects.get(), field) == value


def test_a_subject_by_its_name_and_an_unknown_one_as_a_tag(ledger):
    subject = SubjectFactory(slug="trong-trot", name="Trồng trọt")
    run(ledger([["Trồng ngô", "trồng trọt; Cây lương thực"]], ["Nhan đề", "Chủ đề"]))
    resource = Resource.objects.get()
    assert list(resource.subjects.all()) == [subject]
    assert list(resource.tags.names()) == ["Cây lương thực"]


def test_a_wrong_isbn_is_named_under_the_heading_of_the_sheet(ledger):
    status, _last, errors = run(ledger([["Trồng ngô", "978-604-0-00000-1"]], ["Nhan đề", "Số ISBN"]))
    assert status == 1
    assert "Số ISBN" in errors


def test_a_sheet_without_any_title_is_refused(ledger):
    status, last, _errors = run(ledger([["Người Mẫu", "2009"]], ["Tác giả", "Năm"]))
    assert (status, last) == (1, "created 0, updated 0, unchanged 0, failed 1")


def test_an_endless_grid_of_blank_cells_is_refused(file, ledger, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_CELLS", 60_000)
    rows = workbook.MAX_CELLS // 60 + 2
    path = ledger([["x"] * 60], [f"Nhan đề {number}" for number in range(60)], blank=rows)
    status, _last, errors = run(path)
    assert status == 1
    assert str(rows)[:3] in errors


def test_the_real_ledger_of_a_library_loads(file):
    path = file(sample("tabular/vn_hcmut_library_mini.xlsx"))
    assert run(path, "--source", "Sổ mẫu")[:2] == (0, "created 3, updated 0, unchanged 0, failed 0")
    resource = Resource.objects.get(records__key="8878")
    assert resource.title.startswith("Humanitarian Logistics")
    assert [each.name for each in resource.contributions.all()] == [
        "Robert de Souza",
        "Jonas Stumpf",
        "Juhri Iwan Agriawan",
    ]
    assert (resource.year, resource.language, resource.level) == (2012, "und", "")
    assert run(path, "--source", "Sổ mẫu")[1] == "created 0, updated 0, unchanged 3, failed 0"


def test_marc_loads_the_good_records_and_lists_the_bad_ones(file):
    good = marc.write([made("245 00 $aTrồng ngô", number="mau-1"), made("245 00 $aNuôi ong", number="mau-2")])
    bad = marc.write([made("245 00 $aDệt vải", number="mau-3")]).replace("ệ".encode(), b"\xe1\xbb\x28")
    untitled = marc.write([made("260    $aHà Nội", number="mau-4")])
    status, last, errors = run(file(good + bad + untitled))
    assert (status, last) == (1, "created 2, updated 0, unchanged 0, failed 2")
    assert "mau-3" in errors
    assert "mau-4" in errors
    assert run(file(good))[:2] == (0, "created 0, updated 0, unchanged 2, failed 0")


def test_marc_is_told_by_its_content_and_the_same_in_xml(file):
    records = [made("245 00 $aTrồng ngô", "020    $a0306406152", number="mau-1")]
    assert run(file(marc.write(records), "bang.csv"))[0] == 0
    assert run(file(marc.write_xml(records), "bang.xlsx"))[1] == "created 0, updated 0, unchanged 1, failed 0"
    assert [each.value for each in Resource.objects.get().identifiers.all()] == ["9780306406157"]


def test_a_record_that_stands_twice_is_listed(file):
    one = marc.write([made("245 00 $aTrồng ngô", number="mau-1")])
    assert run(file(one + one))[:2] == (1, "created 1, updated 0, unchanged 0, failed 1")


def test_a_dry_run_of_marc_writes_nothing(file):
    path = file(marc.write([made("245 00 $aTrồng ngô", number="mau-1")]))
    assert run(path, "--dry-run")[1] == "created 1, updated 0, unchanged 0, failed 0"
    assert not Resource.objects.exists()


def test_a_file_of_nothing_known_is_refused(file):
    status, last, _errors = run(file(bytes(range(28)) * 40))
    assert (status, last) == (1, "created 0, updated 0, unchanged 0, failed 1")


def test_the_real_catalogue_of_a_vietnamese_library_loads(file):
    path = file(sample("marc/vn_hcmut_library_part4_0001-0500.mrc"))
    assert run(path, "--source", "Thư viện mẫu")[:2] == (0, "created 500, updated 0, unchanged 0, failed 0")
    assert run(path, "--source", "Thư viện mẫu")[1] == "created 0, updated 0, unchanged 500, failed 0"
    resource = Resource.objects.get(records__key="020:40001")
    assert resource.title == "Hàn bằng năng lượng nổ"
    assert (resource.language, resource.year) == ("vie", 2003)
    assert not resource.identifiers.exists()


def test_a_table_with_commas_is_still_read_by_the_strict_rules_when_it_is_ours(file):
    columns = ["key", "title", "kind", "subject", "level", "url", "creators"]
    SubjectFactory(slug="trong-trot")
    text = io.StringIO()
    csv.writer(text).writerows(
        [
            columns,
            ["1", "Ngô", "book", "trong-trot", "nguoi-lon", "https://vi-du.example", "Lê Mẫu, Trần Mẫu"],
        ]
    )
    run(file(text.getvalue().encode()))
    assert [each.name for each in Resource.objects.get().contributions.all()] == ["Lê Mẫu, Trần Mẫu"]
