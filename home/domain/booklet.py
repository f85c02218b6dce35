"""The help pages bound as a booklet: the first thing in the library that is read here, so that a new portal has one.

PDF (typeset from `data/booklet.typ`) and EPUB from the same texts. Create-only, as all of the seed.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from io import BytesIO

import lxml.html

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from library.domain.ingest import Incoming, ingest
from library.domain.renditions import take_in
from library.enums import Audience, Kind, Language, Level
from library.models import Resource
from portal.web.typesetting import typeset

from .seed import DATA, page_rows

KEY = "so-tay-ban-doc"
CHAPTERS = ("tim-hoc-lieu", "doc-va-giu-hoc-lieu", "dang-ky-gia-dinh-hoc-tap", "tro-nang", "quyen-rieng-tu")
TITLE = "Sổ tay bạn đọc"
SUBTITLE = "Tìm, đọc và giữ lại học liệu trên cổng"
DESCRIPTION = {
    "title": f"{TITLE}: tìm, đọc và giữ lại học liệu",
    "publisher": settings.WAGTAIL_SITE_NAME,
    "language": Language.VIETNAMESE,
    "kind": Kind.GUIDE,
    "level": Level.ADULT,
    "audience": Audience.BOTH,
    "licence": "CC-BY-4.0",
    "abstract": (
        "Hướng dẫn từng bước của cổng, lấy việc tìm “kỹ thuật trồng ngô” làm ví dụ: tìm không cần gõ dấu, đọc từng trang "
        "trên điện thoại khi sóng yếu, nghe đọc, giữ lại để đọc tiếp."
    ),
    "subjects": ["ky-nang-so"],
    "tags": ["hướng dẫn", "đọc sách"],
}
PACKAGE_ID = "urn:cong-khuyen-hoc:so-tay-ban-doc"


@dataclass(frozen=True, slots=True)
class Part:
    """`kind`: heading, question, text, ul or ol; a list has `items`, all others `text`."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    summary: str
    blocks: tuple[Part, ...]


@transaction.atomic
def load() -> bool:
    """Whether it has been made now: a librarian who took it away keeps it away."""
    if ingest([Incoming(KEY, DESCRIPTION)], only_new=True).created == 0:
        return False
    resource = Resource.objects.get(records__key=KEY, records__source="")
    chapters = read_chapters()
    take_in(resource, ContentFile(as_epub(chapters), f"{KEY}.epub"), label="Chữ tự vừa màn hình")
    take_in(resource, ContentFile(as_pdf(chapters), f"{KEY}.pdf"), label="Trang như bản in")
    return True


def read_chapters() -> list[Chapter]:
    """From the texts that the help pages start with."""
    rows = {row["slug"]: row for row in page_rows()}
    return [
        Chapter(row["title"], row["summary"], tuple(_parts(row["blocks"])))
        for row in (rows[slug] for slug in CHAPTERS)
    ]


def _parts(blocks: Sequence[dict]) -> Iterator[Part]:
    for block in blocks:
        value = block["value"]
        match block["type"]:
            case "heading":
                yield Part("heading", value["text"])
            case "text":
                yield from _of_html(value)
            case "notice":
                yield from _of_html(value["text"])
            case "accordion":
                for each in value["parts"]:
                    yield Part("question", each["title"])
                    yield from _of_html(each["text"])


def _of_html(html: str) -> Iterator[Part]:
    for element in lxml.html.fragments_fromstring(html):
        if element.tag in ("ul", "ol"):
            yield Part(element.tag, items=tuple(item.text_content() for item in element))
        else:
            yield Part("text", element.text_content())


def as_pdf(chapters: Sequence[Chapter]) -> bytes:
    book = {"title": TITLE, "subtitle": SUBTITLE, "publisher": settings.WAGTAIL_SITE_NAME}
    book["chapters"] = [asdict(chapter) for chapter in chapters]
    return typeset(DATA / "booklet.typ", book)


def as_epub(chapters: Sequence[Chapter]) -> bytes:
    """EPUB 3.3: one file a chapter, and the table of contents."""
    names = [f"{number}.xhtml" for number in range(1, len(chapters) + 1)]
    files = {
        name: _xhtml(each.title, _chapter_html(each)) for name, each in zip(names, chapters, strict=True)
    }
    entries = "".join(
        f'<li><a href="{name}">{escape(each.title)}</a></li>'
        for name, each in zip(names, chapters, strict=True)
    )
    files["nav.xhtml"] = _xhtml("Mục lục", f'<nav epub:type="toc"><h1>Mục lục</h1><ol>{entries}</ol></nav>')
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", "application/epub+zip", zipfile.ZIP_STORED
        )  # first and not packed, EPUB 3.3, 4.3
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", _package(names))
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def _package(names: Sequence[str]) -> str:
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(names)))
    return (
        '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id" xml:lang="vi"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{PACKAGE_ID}</dc:identifier><dc:title>{escape(DESCRIPTION["title"])}</dc:title>'
        f"<dc:language>vi</dc:language><dc:publisher>{escape(settings.WAGTAIL_SITE_NAME)}</dc:publisher></metadata>"
        f'<manifest>{items}<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"</manifest><spine>{spine}</spine></package>"
    )


def _xhtml(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="vi" lang="vi">'
        f"<head><title>{escape(title)}</title></head><body>{body}</body></html>"
    )


def _chapter_html(chapter: Chapter) -> str:
    parts = "".join(_part_html(each) for each in chapter.blocks)
    return f"<h1>{escape(chapter.title)}</h1><p><em>{escape(chapter.summary)}</em></p>{parts}"


def _part_html(part: Part) -> str:
    if part.items:
        items = "".join(f"<li>{escape(item)}</li>" for item in part.items)
        return f"<{part.kind}>{items}</{part.kind}>"
    tag = {"heading": "h2", "question": "h3"}.get(part.kind, "p")
    return f"<{tag}>{escape(part.text)}</{tag}>"
