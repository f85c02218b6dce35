"""The sheet of the books: what stands in it, empty with its choices, and filled in."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from portal.places.models import Place
from portal.web.spreadsheet import NO_FORMULAS
from recognition.enums import SubjectKind
from recognition.models import Subject

from .membership import written

# Headings are Vietnamese by nature, as the commune keeps its lists.
NUMBER, KIND, NAME, VILLAGE, DISTINCTION, BELONGS = "Số sổ", "Loại", "Tên", "Xóm", "Phân biệt", "Thuộc"
COLUMNS = (NUMBER, KIND, NAME, VILLAGE, DISTINCTION, BELONGS)
REQUIRED = (KIND, NAME, VILLAGE)
WIDTHS = (10, 14, 40, 28, 28, 40)
KINDS = {
    "Gia đình": SubjectKind.FAMILY,
    "Dòng họ": SubjectKind.CLAN,
    "Cộng đồng": SubjectKind.COMMUNITY,
    "Đơn vị": SubjectKind.UNIT,
    "Công dân": SubjectKind.CITIZEN,
}
WORDS = {kind: word for word, kind in KINDS.items()}
LAST_ROW = 5000  # down to which the choices are offered


def workbook(villages: Sequence[Place], subjects: Iterable[Subject] = (), *, date) -> bytes:
    """An XLSX file with a row a subject; kind and village are chosen from lists. Without subjects, to be filled in."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, NO_FORMULAS)
    sheet, choices = book.add_worksheet("Sổ đối tượng"), book.add_worksheet("Danh mục")
    sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
    labels = {place.pk: place.label_on(date) for place in villages}
    for row, subject in enumerate(subjects, 1):
        village = labels.get(subject.place_id, "")
        cells = [WORDS[subject.kind], subject.name, village, subject.distinction, written(subject.member_of)]
        sheet.write_row(row, 0, [subject.pk, *cells])
    choices.write_column(0, 0, list(KINDS))
    choices.write_column(0, 1, list(labels.values()))
    _offer(sheet, KIND, f"='Danh mục'!$A$1:$A${len(KINDS)}")
    if labels:
        _offer(sheet, VILLAGE, f"='Danh mục'!$B$1:$B${len(labels)}")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    choices.hide()
    book.close()
    return file.getvalue()


def _offer(sheet, heading: str, source: str) -> None:
    column = COLUMNS.index(heading)
    sheet.data_validation(1, column, LAST_ROW, column, {"validate": "list", "source": source})
