"""QR codes: what is drawn is what a camera reads, on any page and on paper."""

import re

import pypdfium2
import pytest
import segno
import typst
from lxml import etree

from portal.web.qr import qr_svg

ADDRESS = "https://khuyenhoc.example.vn/thu-vien/chung-nhan/abcdefghij"
SVG = "{http://www.w3.org/2000/svg}"
MARGIN = 4  # modules of white around it, which ISO/IEC 18004 asks for


def drawn(svg):
    """The dark modules of the drawing, as {(column, row)}."""
    path = etree.fromstring(svg).findall(f"{SVG}path")[-1].get("d")
    column, row, dark = 0, 0.0, set()
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        step = [float(number) for number in numbers.split()]
        if command == "h":
            dark |= {(column + right, int(row)) for right in range(int(step[0]))}
            column += int(step[0])
        else:
            column, row = (
                (int(step[0]), step[1]) if command == "M" else (column + int(step[0]), row + step[1])
            )
    return dark


@pytest.mark.parametrize("text", [ADDRESS, "7/2026", "Nguyễn Thị Đào"])
def test_the_modules_drawn_are_those_of_the_text_within_a_white_margin(text):
    code = segno.make(text, error="m", micro=False)
    expected = {
        (column + MARGIN, row + MARGIN)
        for row, line in enumerate(code.matrix)
        for column, dark in enumerate(line)
        if dark
    }
    assert drawn(qr_svg(text)) == expected
    side = len(code.matrix) + 2 * MARGIN
    root = etree.fromstring(qr_svg(text))
    assert root.get("viewBox") == f"0 0 {side} {side}"
    assert root.find(f"{SVG}path").get("fill") == "#fff"


def test_it_has_no_size_of_its_own_and_nothing_that_the_content_policy_forbids():
    svg = qr_svg(ADDRESS)
    root = etree.fromstring(svg)
    assert (root.get("class"), root.get("width"), root.get("height")) == ("qr", None, None)
    assert not re.search(r"style|script|<\?xml|href", svg)


def test_its_title_is_text_and_never_markup():
    root = etree.fromstring(qr_svg(ADDRESS, title='<script>"Đỗ" & bạn'))
    assert [child.text for child in root.iter(f"{SVG}title")] == ['<script>"Đỗ" & bạn']


def test_the_same_address_always_gives_the_same_drawing():
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS) != qr_svg(ADDRESS + "k")


@pytest.mark.parametrize("text", ["", "x" * 2332])
def test_what_no_code_can_hold_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        qr_svg(text)


def test_typst_sets_it_on_paper():
    page = b'#set page(width: 40mm, height: 40mm, margin: 0mm)\n#image(bytes(sys.inputs.qr), format: "svg", width: 40mm)'
    pdf = pypdfium2.PdfDocument(typst.compile(page, sys_inputs={"qr": qr_svg(ADDRESS)}))
    side = len(segno.make(ADDRESS, error="m", micro=False).matrix) + 2 * MARGIN
    shown = pdf[0].render(scale=10).to_pil().convert("L")
    points = shown.width / side
    dark = {
        (column, row)
        for row in range(side)
        for column in range(side)
        if shown.getpixel((int((column + 0.5) * points), int((row + 0.5) * points))) < 128
    }
    assert dark == drawn(qr_svg(ADDRESS))
