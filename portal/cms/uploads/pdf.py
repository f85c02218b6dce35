"""PDF files that do more than show pages. Runs in a process of its own (portal.web.sandbox), without Django."""

import io
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from portal.web.sandbox import Refused

WITHOUT_SECURITY = 3  # FPDF_REMOVE_SECURITY
REFUSED = {b"JavaScript": "javascript", b"JS": "javascript", b"Launch": "launch", b"XFA": "form"}
TOKEN = re.compile(
    rb"\((?:\\.|[^\\)])*\)"  # a string; the writer escapes the brackets within
    rb"|(?P<stream>\bstream\r?\n)"
    rb"|/(?P<name>[^\s()<>\[\]{}/%]+)",
    re.S,
)
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTION = re.compile(rb"/S\s*/(JavaScript|Launch)\b|/(JS)\s*[(<]")


def inspect(path: str) -> int:
    """Return the number of pages. Raises Refused: damaged, password, javascript, launch, form."""
    content = Path(path).read_bytes()
    if found := ACTION.search(_plain_names(content)):  # what another reader may find in a file with two faces
        raise Refused(REFUSED[found[1] or found[2]])
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        raise Refused("password" if locked else "damaged") from error
    if len(document) == 0:
        raise Refused("damaged")
    # Written anew by the engine that will draw it, every object lies open: none is packed, none is encrypted.
    opened = io.BytesIO()
    document.save(opened, flags=WITHOUT_SECURITY)
    _refuse_actions(opened.getvalue())
    return len(document)


def _refuse_actions(content: bytes) -> None:
    place = 0
    while token := TOKEN.search(content, place):
        place = token.end()
        if token["stream"]:
            place = content.find(b"endstream", place)
            if place < 0:
                return
        elif token["name"] and (code := REFUSED.get(_plain_names(token["name"]))):
            raise Refused(code)


def _plain_names(content: bytes) -> bytes:
    """Names may be written with #xx for any of their letters (ISO 32000-1, 7.3.5)."""
    return HEX.sub(lambda found: bytes([int(found[1], 16)]), content)
