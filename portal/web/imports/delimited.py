"""CSV as spreadsheets write it in Viet Nam: several encodings, several separators."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .errors import ImportRefused, RowError

SEPARATORS = ",;\t"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SEARCHED = 20  # lines at the beginning, for the separator
NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, the first being 1. Raises ImportRefused for what is no text or no CSV."""
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = _("The quotation marks do not match or the cell is too long.")
            raise ImportRefused([RowError(number, "", reason)]) from error


def _decoded(content: bytes) -> str:
    """UTF-16 with its mark, UTF-8 with or without one, else the Vietnamese Windows code page 1258."""
    encodings = ("utf-16",) if content.startswith(UTF_16_MARKS) else ("utf-8-sig", "cp1258")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_IN_TEXT.search(text):
            return text
    raise ImportRefused.whole_file(
        _("The file is neither an XLSX workbook nor a CSV text. Save it again as .xlsx.")
    )


def _separator(text: str) -> str:
    """The separator that the first row uses most, outside quotation marks. A line with less than two is a title
    above the table, unless there are only such lines."""
    lines = [
        re.sub(r'"[^"]*"', "", line) for line in text.lstrip("\r\n\t ,;").split("\n", SEARCHED)[:SEARCHED]
    ]
    rows_of_cells = (line for line in lines if max(map(line.count, SEPARATORS)) > 1)
    return max(SEPARATORS, key=next(rows_of_cells, lines[0]).count)
