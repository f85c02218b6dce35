"""A decision as DOCX, for the officials to edit before it is signed."""

import datetime
import zipfile
from io import BytesIO

from docxtpl import DocxTemplate

from .decision import DecisionPaper, written
from .decision_template import template

OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows
UNDATED = datetime.datetime(1980, 1, 1)
LONGEST_PROPERTY = 255  # characters, as python-docx takes


def decision_docx(paper: DecisionPaper) -> bytes:
    document = DocxTemplate(BytesIO(template()))
    lines = written(paper)
    document.render(lines, autoescape=True)
    about = document.docx.core_properties
    about.title, about.author = lines["about"][:LONGEST_PROPERTY], lines["issuer"][:LONGEST_PROPERTY]
    about.comments = about.last_modified_by = ""
    about.created = about.modified = UNDATED
    file = BytesIO()
    document.save(file)
    return _timeless(file.getvalue())


def _timeless(content: bytes) -> bytes:
    """The same archive without the moment at which each of its files was packed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as archive:
        for name in packed.namelist():
            part = zipfile.ZipInfo(name, OLDEST)
            archive.writestr(part, packed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
