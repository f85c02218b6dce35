"""What a file says of itself: title, makers, language, pages, rights. Jobs for portal.web.sandbox; no Django here.

Each returns a dict of what was found, in words as they stand there; who reads it judges what it is worth:

    {"title": "...", "heading": "...", "creators": ["..."], "publisher": "...", "language": "vi", "year": "2019",
     "pages": 12, "rights": ["https://creativecommons.org/licenses/by/4.0/", "..."], "numbers": ["978..."],
     "text": "the first words, by which its language is guessed"}
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pypdfium2

from portal.text import nfc
from portal.web.sandbox import Refused

SAMPLE = 3_000  # characters of text
HEADING = (4, 200)  # characters
LARGER = 1.15  # times the usual letters: then a line is a heading
XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.S)
DC = "{http://purl.org/dc/elements/1.1/}"
CC = "{http://creativecommons.org/ns#}"
XMP_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
MAX_MEMBER = 5 * 1024 * 1024  # bytes
DAMAGED = (
    zipfile.BadZipFile,
    lxml.etree.LxmlError,
    KeyError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
)
META = {  # name or property of a <meta>, in small letters -> what it tells
    "citation_title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "og:title": "title",
    "citation_author": "creators",
    "dc.creator": "creators",
    "dcterms.creator": "creators",
    "author": "creators",
    "citation_publisher": "publisher",
    "dc.publisher": "publisher",
    "dcterms.publisher": "publisher",
    "og:site_name": "publisher",
    "citation_language": "language",
    "dc.language": "language",
    "dcterms.language": "language",
    "citation_publication_date": "year",
    "citation_date": "year",
    "dc.date": "year",
    "dcterms.issued": "year",
    "citation_isbn": "numbers",
    "citation_doi": "numbers",
    "dc.identifier": "numbers",
    "dcterms.identifier": "numbers",
    "dc.rights": "rights",
    "dcterms.rights": "rights",
    "dcterms.license": "rights",
    "dc.rights.license": "rights",
    "copyright": "rights",
}
SEVERAL = ("creators", "numbers", "rights")


def of_pdf(path: str) -> dict[str, Any]:
    """Raises Refused: damaged."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused("damaged") from error
    with closing(document):
        said = document.get_metadata_dict()
        heading, text = _first_page(document)
        pages = len(document)
    found = {
        "title": said.get("Title", ""),
        "heading": heading,
        "creators": [said.get("Author", "")],
        "pages": pages,
        "text": text,
        "rights": [],
    }
    _add_xmp(Path(path).read_bytes(), found)
    return _clean(found)


def _first_page(document: pypdfium2.PdfDocument) -> tuple[str, str]:
    """The lines in the largest letters, where they stand out, and the text."""
    try:
        text_page = document[0].get_textpage()
        count = min(text_page.count_chars(), SAMPLE)
        text = text_page.get_text_range(0, count)
        sizes = [_height(text_page, number) for number in range(count)]
    except pypdfium2.PdfiumError:
        return "", ""
    # A page has places that are no character of its own (line breaks); only where the two agree can they be compared.
    if len(text) != len(sizes):
        return "", text
    real = sorted(size for size, letter in zip(sizes, text, strict=True) if size and letter.isalpha())
    if not real:
        return "", text
    usual, largest = real[len(real) // 2], real[-1]
    if largest < LARGER * usual:
        return "", text
    parts = "".join(
        letter if size >= 0.95 * largest or letter.isspace() else "\0"
        for size, letter in zip(sizes, text, strict=True)
    ).split("\0")
    lines = (" ".join(part.split()) for part in parts)
    return next((line for line in lines if HEADING[0] <= len(line) <= HEADING[1]), ""), text


def _height(text_page, number: int) -> float:
    _left, bottom, _right, top = text_page.get_charbox(number, loose=True)
    return top - bottom


def _add_xmp(content: bytes, found: dict[str, Any]) -> None:
    """XMP (ISO 16684-1) lies open in most files, so that programs which know nothing of PDF can read it."""
    packet = XMP.search(content)
    root = _xml(packet[0]) if packet else None
    if root is None:
        return
    for tag in (f"{DC}rights", f"{XMP_RIGHTS}WebStatement", f"{XMP_RIGHTS}UsageTerms"):
        found["rights"] += [text for each in root.iter(tag) for text in each.itertext()]
    found["rights"] += [each.get(f"{RDF}resource", "") for each in root.iter(f"{CC}license")]
    for each in root.iter(f"{RDF}Description"):
        found["rights"].append(each.get(f"{XMP_RIGHTS}WebStatement", ""))
    language = next(
        (text for each in root.iter(f"{DC}language") for text in each.itertext() if text.strip()), ""
    )
    found["language"] = language


def of_epub(path: str) -> dict[str, Any]:
    """Raises Refused: damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            container = _xml(_member(archive, "META-INF/container.xml"))
            rootfile = container.find(f".//{CONTAINER}rootfile") if container is not None else None
            package = _xml(_member(archive, rootfile.get("full-path", ""))) if rootfile is not None else None
    except DAMAGED as error:
        raise Refused("damaged") from error
    if package is None:
        raise Refused("damaged")

    def texts(name: str) -> list[str]:
        return ["".join(each.itertext()) for each in package.iter(f"{DC}{name}")]

    licences = [
        each.get("href", "") for each in package.iter(f"{OPF}link") if "license" in each.get("rel", "")
    ]
    found = {
        "title": next(iter(texts("title")), ""),
        "creators": texts("creator"),
        "publisher": next(iter(texts("publisher")), ""),
        "language": next(iter(texts("language")), ""),
        "year": next(iter(texts("date")), "")[:4],
        "numbers": [text.removeprefix("urn:isbn:") for text in texts("identifier")],
        "rights": [*licences, *texts("rights")],
        "text": " ".join([*texts("title"), *texts("description")]),
    }
    return _clean(found)


def _member(archive: zipfile.ZipFile, path: str) -> bytes:
    with archive.open(path) as member:
        return member.read(MAX_MEMBER)


def of_html(path: str) -> dict[str, Any]:
    content = Path(path).read_bytes()
    parser = lxml.html.HTMLParser(encoding=_encoding(content), no_network=True)
    try:
        root = lxml.html.document_fromstring(content, parser=parser)
    except lxml.etree.LxmlError:
        return {}
    found: dict[str, Any] = {name: [] for name in SEVERAL}
    for meta in root.iter("meta"):
        name = META.get((meta.get("name") or meta.get("property") or "").strip().lower())
        value = meta.get("content") or ""
        if name in SEVERAL:
            found[name].append(value)
        elif name and value.strip():
            found.setdefault(name, value)
    found["rights"] += _licence_links(root)
    title, heading = root.find(".//title"), root.find(".//h1")
    if not found.get("title"):
        found["title"] = "".join(title.itertext()) if title is not None else ""
    found["heading"] = "".join(heading.itertext()) if heading is not None else ""
    found["language"] = found.get("language") or root.get("lang") or ""
    found["year"] = found.get("year", "")[:4]
    found["text"] = " ".join(_words(root))[:SAMPLE]
    return _clean(found)


def _encoding(content: bytes) -> str | None:
    """Bytes that are valid UTF-8 win over what the page declares."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(content) - 4 else None  # cut off in the midst of a letter
    return "utf-8"


def _licence_links(root) -> Iterator[str]:
    for each in root.iter("a", "link", "area"):
        if "license" in (each.get("rel") or "").lower().split():
            yield each.get("href") or ""


def _words(root) -> Iterator[str]:
    for unread in list(root.iter("script", "style", "noscript", "template")):
        unread.drop_tree()
    for text in root.itertext():
        if text.strip():
            yield " ".join(text.split())


def _xml(content: bytes):
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return lxml.etree.fromstring(content, parser)
    except lxml.etree.LxmlError:
        return None


def _clean(found: dict[str, Any]) -> dict[str, Any]:
    """One line each, NFC, nothing empty."""
    clean = {name: _several(value) if isinstance(value, list) else value for name, value in found.items()}
    clean |= {name: _line(value) for name, value in clean.items() if isinstance(value, str)}
    return {name: value for name, value in clean.items() if value}


def _several(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_line, values))))[:20]


def _line(text: str) -> str:
    return " ".join(nfc(text.replace("\0", " ")).split())[:SAMPLE]
