"""The template of a decision as DOCX: the same layout as `data/papers/decision.typ`, built once a process.

Officials edit the paper before it is signed, so it is made of paragraphs, tables and sections as they would make them.
The words between braces are filled in by docxtpl; `{%p` and `{%tr` stand for a whole paragraph and a whole row.
"""

from copy import copy
from functools import cache
from io import BytesIO

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TEXT_WIDTH = 16.0  # cm: A4 without margins of 3 and 2
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
HEADINGS = ("TT", "Họ và tên, tên gọi", "Nơi ở, địa chỉ", "Danh hiệu")
WIDTHS = (1.2, 5.8, 4.6, 4.4)  # cm
WIDTHS_WITH_RESULTS = (1.2, 4.8, 3.9, 3.6, 2.5)


@cache
def template() -> bytes:
    document = _empty()
    _page(document)
    _head(document)
    _body(document)
    _signature(document)
    _write(document, "{%p for annex in annexes %}")
    _section_ends(document)
    _annex(document)
    _write(document, "{%p endfor %}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _empty():
    """A new document without the picture of another that python-docx gives it."""
    document = Document()
    relations = document.part.package.rels
    for name in [name for name, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        del relations[name]
    return document


def _page(document) -> None:
    """A4; pages are numbered from the second, in the middle of the top margin; each section begins anew."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin, section.header_distance = Cm(3), Cm(1)
    section.different_first_page_header_footer = True
    first = OxmlElement("w:pgNumType")
    first.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(first)
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)
    run = Paragraph(number._p, number._parent).add_run("2")
    run.font.size = Pt(13)
    field.append(run._r)


def _head(document) -> None:
    """The name of the country is 8.8 cm long and must not be broken."""
    table = _borderless(document, 2, (6.6, 9.4))
    left, right = table.rows[0].cells
    superior = left.paragraphs[0]
    superior.add_run("{%p if superior %}")
    _write(left, "{{ superior }}", size=13, align=CENTRE)
    _write(left, "{%p endif %}")
    _write(left, "{{ issuer }}", size=13, bold=True, align=CENTRE)
    _rule(left, 6.6, 2.4)
    _into(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align=CENTRE)
    _write(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align=CENTRE)
    _rule(right, 9.4, 5.6)
    left, right = table.rows[1].cells
    _into(left.paragraphs[0], "{{ number }}", size=13, align=CENTRE)
    _into(right.paragraphs[0], "{{ place_and_day }}", size=13, italic=True, align=CENTRE)


def _body(document) -> None:
    _write(document, "QUYẾT ĐỊNH", bold=True, align=CENTRE, before=14)
    _write(document, "{{ about }}", bold=True, align=CENTRE)
    _rule(document, TEXT_WIDTH, 5.5)
    _write(document, "{{ authority }}", bold=True, align=CENTRE, before=10, after=6)
    _write(document, "{%p for ground in grounds %}")
    _write(document, "{{ ground }}", italic=True, align=JUSTIFY, after=6, indent=True)
    _write(document, "{%p endfor %}")
    _write(document, "QUYẾT ĐỊNH:", bold=True, align=CENTRE, before=4, after=6)
    _write(document, "{%p for article in articles %}")
    article = _write(document, "{{ article.label }}", bold=True, align=JUSTIFY, after=6, indent=True)
    article.add_run(" {{ article.first }}")
    _write(document, "{%p for paragraph in article.further %}")
    _write(document, "{{ paragraph }}", align=JUSTIFY, after=6, indent=True)
    _write(document, "{%p endfor %}")
    _write(document, "{%p endfor %}")


def _signature(document) -> None:
    left, right = _borderless(document, 1, (7.5, 8.5)).rows[0].cells
    _into(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    _write(left, "{%p for line in recipients %}")
    _write(left, "{{ line }}", size=11)
    _write(left, "{%p endfor %}")
    right.paragraphs[0].add_run("{%p for line in capacity %}")
    _write(right, "{{ line }}", bold=True, align=CENTRE)
    _write(right, "{%p endfor %}")
    _write(right, "", after=70)
    _write(right, "{{ signer }}", bold=True, align=CENTRE)


def _section_ends(document) -> None:
    """A new page, whose number is 1 again. The last section names the header too: a paper without annex has no other."""
    headers = [copy(each) for each in document.sections[-1]._sectPr.findall(qn("w:headerReference"))]
    last = document.add_section(WD_SECTION.NEW_PAGE)._sectPr
    for reference in headers:
        last.insert(0, reference)


def _annex(document) -> None:
    _write(document, "{{ annex.label }}", bold=True, align=CENTRE)
    _write(document, "{{ annex.title }}", bold=True, align=CENTRE)
    _write(document, "{{ belongs_to }}", italic=True, align=CENTRE, after=8)
    _write(document, "{%p if annex.has_results %}")
    _rows(document, (*HEADINGS, "Kết quả"), WIDTHS_WITH_RESULTS)
    _write(document, "{%p else %}")
    _rows(document, HEADINGS, WIDTHS)
    _write(document, "{%p endif %}")
    _write(document, "", size=2)  # no section ends with a table


def _rows(document, headings, widths) -> None:
    """The heading is repeated on each page and no row is torn apart."""
    table = document.add_table(rows=4, cols=len(headings), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(table, widths)
    heading, begin, each, end = table.rows
    for cell, text in zip(heading.cells, headings, strict=True):
        _into(cell.paragraphs[0], text, size=13, bold=True, align=CENTRE)
    begin.cells[0].paragraphs[0].add_run("{%tr for row in annex.rows %}")
    for column, cell in enumerate(each.cells):
        align = CENTRE if column == 0 else None
        _into(cell.paragraphs[0], f"{{{{ row[{column}] }}}}", size=13, align=align)
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for row, name in ((heading, "w:tblHeader"), (heading, "w:cantSplit"), (each, "w:cantSplit")):
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _borderless(document, rows: int, widths):
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    _set_widths(table, widths)
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tblPr.find(qn("w:tblLook")).addprevious(margins)
    return table


def _set_widths(table, widths) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _write(where, text: str, **look) -> Paragraph:
    """A new paragraph at the end of a document or a cell."""
    return _into(where.add_paragraph(), text, **look)


def _into(
    paragraph, text, *, size=14, bold=False, italic=False, align=None, before=0, after=0, indent=False
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.first_line_indent = Cm(1.27) if indent else None
    paragraph.alignment = align
    return paragraph


def _rule(where, width: float, length: float) -> None:
    """A drawn line of `length` in the middle of `width`, both in cm: the border of an empty paragraph."""
    paragraph = where.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Cm((width - length) / 2)
    layout.line_spacing, layout.space_before = Pt(4), Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    layout._element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
