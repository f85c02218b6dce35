"""Files as people send them, and as nobody should: PDF, EPUB, archives, recordings; made here, byte by byte."""

import io
import struct
import tempfile
import wave
import zipfile
from pathlib import Path

import typst
from PIL import Image

TEXT = (
    "Khuyến học là việc của mọi nhà. Bà con ở xóm học chữ vào buổi tối, cán bộ xã đến từng nhà để vận động. "
    "Mỗi người đọc một cuốn sách, mỗi nhà có một góc học tập. "
)


# Margins, size and spacing of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I)
OFFICIAL_PAGE = """#set page(margin: (left: 30mm, right: 20mm, y: 20mm))
#set text(size: 14pt)
#set par(justify: true, leading: 0.9em)
"""


def text_pdf(pages: int = 1, body: str = TEXT * 14, setup: str = "") -> bytes:
    """A typeset A4 document: `body` on each page under a running head, with its number at the foot."""
    head = '#set page(paper: "a4", header: [Hội Khuyến học Mẫu], numbering: "1")\n#set text(lang: "vi", size: 11pt)\n'
    parts = [f"= Chương {number}\n\n{body}" for number in range(1, pages + 1)]
    with tempfile.NamedTemporaryFile("w", suffix=".typ", encoding="utf-8") as source:
        source.write(head + setup + "\n#pagebreak()\n".join(parts))
        source.flush()
        return typst.compile(source.name)


def pdf(catalog: str = "", *objects: bytes, pages: str = "/Kids [3 0 R] /Count 1") -> bytes:
    """A small PDF of one page; `catalog` is added to its catalogue, `objects` follow from number 4 on."""
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages {pages} >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        *objects,
    ]
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>".encode() + b"\nstream\n" + data + b"\nendstream"


def archive(members: dict[str, bytes], **options) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


CONTAINER = b"""<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def epub(chapters: dict[str, str], images: dict[str, bytes] | None = None, **members: bytes) -> bytes:
    """`chapters`: {"Chương một": "<p>...</p>"}, each a file of its own, with a table of contents in EPUB 3."""
    items, spine, contents, files = "", "", "", {}
    for number, (title, body) in enumerate(chapters.items(), start=1):
        items += f'<item id="c{number}" href="text/c{number}.xhtml" media-type="application/xhtml+xml"/>'
        spine += f'<itemref idref="c{number}"/>'
        contents += f'<li><a href="text/c{number}.xhtml">{title}</a></li>'
        files[f"OEBPS/text/c{number}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
        ).encode()
    for name, content in (images or {}).items():
        items += f'<item id="{name}" href="images/{name}" media-type="image/png"/>'
        files[f"OEBPS/images/{name}"] = content
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sách mẫu</dc:title><dc:language>vi</dc:language>'
        f'</metadata><manifest>{items}<item id="nav" href="nav.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine></package>'
    )
    navigation = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        f'<nav epub:type="toc"><ol>{contents}</ol></nav></body></html>'
    )
    return archive(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package.encode(),
            "OEBPS/nav.xhtml": navigation.encode(),
            **files,
            **members,
        }
    )


def recording(seconds: float = 1.0) -> bytes:
    """Silence as a WAV file of 8 kHz, 8 bit, mono."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    return out.getvalue()


def film(seconds: int = 2, size: tuple[int, int] = (320, 240)) -> bytes:
    """A WebM of one picture a second that browsers play: each frame is the VP8 key frame inside a WebP."""
    picture = io.BytesIO()
    Image.new("RGB", size, "#28388c").save(picture, "WEBP", quality=50)
    frame = picture.getvalue()[20:]  # after RIFF, its length, WEBP, "VP8 " and its length
    head = _ebml("1A45DFA3", _ebml("4282", b"webm"), _ebml("4287", b"\x02"), _ebml("4285", b"\x02"))
    shape = _ebml("E0", _ebml("B0", size[0].to_bytes(2, "big")), _ebml("BA", size[1].to_bytes(2, "big")))
    track = [_ebml("D7", b"\x01"), _ebml("73C5", b"\x01"), _ebml("83", b"\x01"), _ebml("86", b"V_VP8"), shape]
    length = struct.pack(">d", seconds * 1000.0)
    info = _ebml("1549A966", _ebml("2AD7B1", (1_000_000).to_bytes(3, "big")), _ebml("4489", length))
    blocks = [
        _ebml("A3", b"\x81" + (number * 1000).to_bytes(2, "big") + b"\x80" + frame)
        for number in range(seconds)
    ]
    cluster = _ebml("1F43B675", _ebml("E7", b"\x00"), *blocks)
    return head + _ebml("18538067", info, _ebml("1654AE6B", _ebml("AE", *track)), cluster)


def _ebml(element: str, *parts: bytes) -> bytes:
    """An element of Matroska: its number, the length in eight bytes, the content (RFC 8794)."""
    content = b"".join(parts)
    return bytes.fromhex(element) + (len(content) | 1 << 56).to_bytes(8, "big") + content


def written(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)
