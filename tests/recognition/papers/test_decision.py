import datetime
import hashlib
import io
import re
import zipfile

import docx
import pypdfium2
import pytest

from recognition.domain.papers import Annex, AnnexRow, decision_docx, decision_pdf
from recognition.domain.papers.decision import written
from tests.factories.papers import DecisionPaperFactory, annex_rows

HOSTILE = '#panic("x") $1$ *b* @a {{ 7 * 7 }} {% raw %} <w:p> & "q" \\u{41} \x00\x07\ufffe'
HOSTILE_AS_READ = '#panic("x") $1$ *b* @a {{ 7 * 7 }} {% raw %} <w:p> & "q" \\u{41}'


def pdf_pages(content):
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def docx_text(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def both_texts(paper):
    return " ".join("\n".join(pdf_pages(decision_pdf(paper))).split()), docx_text(decision_docx(paper))


def test_every_part_stands_in_both_papers_as_offices_write_it():
    for text in both_texts(DecisionPaperFactory(superior="Ủy ban nhân dân tỉnh mẫu")):
        for part in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN TỈNH MẪU",
            "ỦY BAN NHÂN DÂN XÃ MẪU",
            "Số: 05/QĐ-UBND",
            "Mẫu, ngày 05 tháng 02 năm 2026",
            "Về việc công nhận danh hiệu mẫu",
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU",
            "Căn cứ văn bản mẫu thứ nhất;",
            "Theo đề nghị của hội đồng mẫu.",
            "Điều 1. Công nhận danh hiệu mẫu.",
            "Điều 2. Quyết định này là mẫu./.",
            "- Như Điều 2;",
            "- Lưu: VT.",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Người Ký Mẫu",
            "Phụ lục",
            "DANH SÁCH MẪU",
            "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Mẫu)",
            "Gia đình mẫu 3",
            "Xóm Mẫu 3",
        ):
            assert part in text


@pytest.mark.parametrize(
    ("number", "day", "says"),
    [
        ("5", datetime.date(2026, 2, 5), ("Số: 05/QĐ-UBND", "ngày 05 tháng 02 năm 2026")),
        ("12", datetime.date(2026, 3, 10), ("Số: 12/QĐ-UBND", "ngày 10 tháng 3 năm 2026")),
        ("07", datetime.date(2026, 12, 9), ("Số: 07/QĐ-UBND", "ngày 09 tháng 12 năm 2026")),
    ],
)
def test_numbers_days_and_the_first_two_months_have_two_digits(number, day, says):
    lines = written(DecisionPaperFactory(number=number, issued_on=day))
    assert lines["number"] == says[0]
    assert lines["place_and_day"] == f"Mẫu, {says[1]}"


def test_a_draft_leaves_room_for_number_and_day():
    lines = written(DecisionPaperFactory(number="", issued_on=None))
    assert re.fullmatch("Số: \xa0+/QĐ-UBND", lines["number"])
    assert re.fullmatch("Mẫu, ngày\xa0+tháng\xa0+năm\xa0+", lines["place_and_day"])
    for text in both_texts(DecisionPaperFactory(number="", issued_on=None)):
        assert "2026" not in text


def test_whatever_is_typed_stands_in_the_paper_and_does_nothing():
    paper = DecisionPaperFactory(
        about=HOSTILE,
        grounds=(HOSTILE,),
        signer=HOSTILE,
        annexes=(Annex("Danh sách", (AnnexRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE),)),),
    )
    for text in both_texts(paper):
        assert HOSTILE_AS_READ.replace(" ", "") in re.sub(r"\s", "", text)


@pytest.mark.parametrize("make", [decision_docx, decision_pdf])
@pytest.mark.parametrize("day", [datetime.date(2026, 2, 5), None])
def test_the_same_decision_always_has_the_same_hash(make, day, monkeypatch):
    paper = DecisionPaperFactory(issued_on=day)
    first = hashlib.sha256(make(paper)).hexdigest()
    monkeypatch.setattr(zipfile.time, "localtime", lambda *_: (2031, 5, 4, 3, 2, 1, 0, 0, 0))
    assert hashlib.sha256(make(paper)).hexdigest() == first
    assert hashlib.sha256(make(DecisionPaperFactory(issued_on=day, number="6"))).hexdigest() != first


def test_annexes_have_roman_numbers_from_two_on_and_pages_of_their_own():
    annexes = (Annex("Danh sách thứ nhất", annex_rows(80)), Annex("Danh sách thứ hai", annex_rows(2)))
    pages = pdf_pages(decision_pdf(DecisionPaperFactory(annexes=annexes)))
    firsts = [page.split("\n")[0] for page in pages]
    assert firsts[1] == "Phụ lục I"
    assert firsts[2:4] == ["2", "3"]
    assert firsts[-1] == "Phụ lục II"
    sections = docx.Document(io.BytesIO(decision_docx(DecisionPaperFactory(annexes=annexes)))).sections
    assert len(sections) == 3
    for section in sections:
        assert section.different_first_page_header_footer
        assert 'w:pgNumType w:start="1"' in section._sectPr.xml


def test_the_heading_of_a_long_list_stands_on_every_page():
    annexes = (Annex("Danh sách", annex_rows(120)),)
    pages = pdf_pages(decision_pdf(DecisionPaperFactory(annexes=annexes)))
    assert len(pages) > 3
    assert all("Danh hiệu" in page for page in pages[1:])
    assert "Gia đình mẫu 120" in pages[-1]
    table = docx.Document(io.BytesIO(decision_docx(DecisionPaperFactory(annexes=annexes)))).tables[-1]
    assert len(table.rows) == 121
    assert "<w:tblHeader/>" in table.rows[0]._tr.xml


def test_results_have_a_column_only_where_there_are_some():
    without, with_some = (
        AnnexRow("A", "Xóm 1", "Đơn vị học tập"),
        AnnexRow("B", "Xóm 1", "Đơn vị học tập", "Mức 2"),
    )
    for text in both_texts(DecisionPaperFactory(annexes=(Annex("Danh sách", (without,)),))):
        assert "Kết quả" not in text
    for text in both_texts(DecisionPaperFactory(annexes=(Annex("Danh sách", (without, with_some)),))):
        assert "Kết quả" in text
        assert "Mức 2" in text


def test_a_decision_without_annex_is_one_page_with_a_number_from_the_second_on():
    paper = DecisionPaperFactory(annexes=())
    assert len(pdf_pages(decision_pdf(paper))) == 1
    document = docx.Document(io.BytesIO(decision_docx(paper)))
    assert len(document.sections) == 1
    assert "PAGE" in document.sections[0].header.paragraphs[0]._p.xml


def test_the_docx_is_laid_out_as_the_decree_asks():
    document = docx.Document(io.BytesIO(decision_docx(DecisionPaperFactory())))
    section = document.sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.left_margin,
        section.right_margin,
        section.top_margin,
    )
    assert [round(size.mm) for size in sizes] == [210, 297, 30, 20, 20]
    assert document.styles["Normal"].font.name == "Times New Roman"
    ground = next(each for each in document.paragraphs if each.text.startswith("Căn cứ"))
    assert ground.runs[0].italic
    assert round(ground.paragraph_format.first_line_indent.cm, 2) == 1.27
    assert ground.paragraph_format.space_after.pt == 6


def test_the_pdf_is_made_to_be_kept_and_read_aloud():
    content = decision_pdf(DecisionPaperFactory())
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_the_docx_brings_no_picture_of_another_document():
    assert not [
        name
        for name in zipfile.ZipFile(io.BytesIO(decision_docx(DecisionPaperFactory()))).namelist()
        if "thumb" in name
    ]
