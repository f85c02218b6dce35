"""EPUB: chapters in the order of the spine, pictures drawn anew, the table of contents (EPUB 3.3 and 2.0.1).

A job for portal.web.sandbox; no Django here. Archives have been looked at when they were taken in
(portal.cms.uploads.archives); the sandbox stands in for what such a look cannot know.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import lxml.etree
import lxml.html
from PIL import Image, UnidentifiedImageError

from portal.text import nfc
from portal.web.sandbox import Refused

from .markup import ID_PREFIX, bound, cut, parsed_chapter
from .pages import write

MAX_CHAPTERS, MAX_PICTURES, MAX_HEADINGS = 1_000, 500, 400
MAX_MEMBER = 30 * 1024 * 1024  # bytes
MAX_PIXELS = 40_000_000
PICTURE = (1000, 1400)  # pixels, at most
PICTURE_QUALITY = 65
COVER = "cover.webp"
PACKAGE = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
HREF = "{http://www.w3.org/1999/xlink}href"
CHAPTERS = ("application/xhtml+xml", "text/html")
DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError)
NO_PICTURE = (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError)

Element = lxml.etree._Element


@dataclass
class Package:
    """What the package document says: `items` by id -> (path in the archive, media type, properties)."""

    items: dict[str, tuple[str, str, str]]
    spine: list[str]
    cover: str

    def of_type(self, *media_types: str) -> set[str]:
        return {path for path, media_type, _properties in self.items.values() if media_type in media_types}


@dataclass
class Pictures:
    """The pictures that chapters show, each drawn anew once: path in the archive -> (number, width, height)."""

    archive: zipfile.ZipFile
    folder: Path
    drawn: dict[str, tuple[int, int, int] | None] = field(default_factory=dict)

    def of(self, path: str) -> tuple[int, int, int] | None:
        if path not in self.drawn:
            number = len(self.drawn) + 1
            self.drawn[path] = (
                self._draw(path, picture_name(number), number) if number <= MAX_PICTURES else None
            )
        return self.drawn[path]

    def cover(self, path: str) -> None:
        if path:
            self._draw(path, COVER, 0)

    def _draw(self, path: str, name: str, number: int) -> tuple[int, int, int] | None:
        try:
            with Image.open(BytesIO(_read(self.archive, path))) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    return None
                shown = picture.convert(
                    "RGBA" if "A" in picture.mode or "transparency" in picture.info else "RGB"
                )
        except (Refused, *DAMAGED, *NO_PICTURE):
            return None  # a book is not thrown away for a picture: its description stands in its place
        shown.thumbnail(PICTURE)
        out = BytesIO()
        shown.save(out, "WEBP", quality=PICTURE_QUALITY)
        write(self.folder / name, out.getvalue())
        return number, shown.width, shown.height


def picture_name(number: int) -> str:
    return f"anh-{number}.webp"


def outline(path: str, folder: str) -> None:
    """Leave the book in `folder`. Raises Refused: damaged, endless."""
    try:
        with zipfile.ZipFile(path) as archive:
            _outline(archive, Path(folder))
    except DAMAGED as error:
        raise Refused("damaged") from error


def _outline(archive: zipfile.ZipFile, folder: Path) -> None:
    package = _package(archive)
    if not package.spine:
        raise Refused("damaged")
    if len(package.spine) > MAX_CHAPTERS:
        raise Refused("endless")
    chapters = list(_chapters(archive, package.spine))
    if not chapters:
        raise Refused("damaged")
    first, pages = {}, []
    for path, parts in chapters:
        first[path] = len(pages) + 1
        pages += parts
    anchors = _anchors(chapters, first)
    pictures = Pictures(archive, folder)
    for path, parts in chapters:
        for elements in parts:
            for element in elements:
                _link(element, path, first, anchors, pictures)
    pictures.cover(package.cover)
    bound(folder, pages, _contents(archive, package, first, anchors))


def _chapters(archive: zipfile.ZipFile, spine: list[str]) -> Iterator[tuple[str, list[list]]]:
    """(path, the elements of each of its pages); a chapter that is missing does not take the others with it."""
    for path in spine:
        try:
            content = _read(archive, path)
        except DAMAGED:
            continue
        yield path, cut(parsed_chapter(content))


def _read(archive: zipfile.ZipFile, path: str) -> bytes:
    with archive.open(path) as member:
        content = member.read(MAX_MEMBER + 1)
    if len(content) > MAX_MEMBER:
        raise Refused("overrun")
    return content


def _xml(archive: zipfile.ZipFile, path: str) -> Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = lxml.etree.fromstring(_read(archive, path), parser)
    except lxml.etree.LxmlError as error:
        raise Refused("damaged") from error
    if root is None:
        raise Refused("damaged")
    return root


def _package(archive: zipfile.ZipFile) -> Package:
    container = _xml(archive, "META-INF/container.xml")
    rootfile = container.find(f".//{CONTAINER}rootfile")
    if rootfile is None:
        raise Refused("damaged")
    path = rootfile.get("full-path", "")
    root = _xml(archive, path)
    items = {
        each.get("id", ""): (
            _within(path, each.get("href", "")),
            each.get("media-type", ""),
            each.get("properties", ""),
        )
        for each in root.iter(f"{PACKAGE}item")
    }
    shown = (each for each in root.iter(f"{PACKAGE}itemref") if each.get("linear") != "no")
    spine = [
        items[each.get("idref")][0] for each in shown if items.get(each.get("idref"), ("", ""))[1] in CHAPTERS
    ]
    named = next(
        (each.get("content") for each in root.iter(f"{PACKAGE}meta") if each.get("name") == "cover"), None
    )
    covers = [path for path, _type, properties in items.values() if "cover-image" in properties.split()]
    cover = covers[0] if covers else items.get(named, ("",))[0]
    return Package(items, list(dict.fromkeys(spine)), cover)


def _within(base: str, href: str) -> str:
    """The path in the archive to which `href` leads from the document `base`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(urldefrag(href).url))).lstrip(
        "/"
    )


def _anchors(chapters, first: dict[str, int]) -> dict[tuple[str, str], int]:
    """(path, id) -> the page on which that id stands."""
    return {
        (path, each.get("id")): first[path] + offset
        for path, parts in chapters
        for offset, elements in enumerate(parts)
        for element in elements
        for each in element.iter()
        if isinstance(each.tag, str) and each.get("id")
    }


def _link(element, path: str, first, anchors, pictures: Pictures) -> None:
    """Lead links within the book to its pages here, and pictures to those that were drawn anew."""
    for image in list(element.iter("image")):  # the picture of an SVG, as covers have it
        image.tag = "img"
        image.set("src", image.get(HREF) or image.get("xlink:href") or image.get("href") or "")
        drawing = next(image.iterancestors("svg"), None)
        if drawing is not None and drawing.getparent() is not None:
            drawing.getparent().replace(drawing, image)
    for image in element.iter("img"):
        found = pictures.of(_within(path, image.get("src", "")))
        image.set("alt", image.get("alt", ""))
        image.attrib.pop("src", None)
        if found:
            number, width, height = found
            for name, value in (
                ("src", picture_name(number)),
                ("width", width),
                ("height", height),
                ("loading", "lazy"),
            ):
                image.set(name, str(value))
    for anchor in element.iter("a"):
        href = anchor.get("href", "")
        if href and not urlsplit(href).scheme:
            page, fragment = _place(path, href, first, anchors)
            anchor.attrib.pop("href")
            if page:
                anchor.set("href", f"?trang={page}" + (f"#{ID_PREFIX}{fragment}" if fragment else ""))


def _place(path: str, href: str, first, anchors) -> tuple[int | None, str]:
    fragment = urldefrag(href).fragment
    target = path if href.startswith("#") else _within(path, href)
    return anchors.get((target, fragment), first.get(target)), fragment


def _contents(archive: zipfile.ZipFile, package: Package, first, anchors) -> list[list]:
    navigation = next(
        (path for path, _type, properties in package.items.values() if "nav" in properties.split()), None
    )
    if navigation:
        entries = _entries_of_navigation(_xml(archive, navigation))
    else:
        navigation = next(iter(package.of_type("application/x-dtbncx+xml")), None)
        entries = _entries_of_ncx(_xml(archive, navigation)) if navigation else []
    placed = ((depth, title, _place(navigation, href, first, anchors)[0]) for depth, title, href in entries)
    return [[depth, title[:200], page] for depth, title, page in placed if page and title][:MAX_HEADINGS]


def _entries_of_navigation(root: Element) -> list[tuple[int, str, str]]:
    table = next((each for each in root.iter(f"{XHTML}nav") if each.get(TYPE) == "toc"), None)
    anchors = table.iter(f"{XHTML}a") if table is not None else ()
    return [(_depth(each, f"{XHTML}ol"), _title(each), each.get("href", "")) for each in anchors]


def _entries_of_ncx(root: Element) -> list[tuple[int, str, str]]:
    entries = []
    for point in root.iter(f"{NCX}navPoint"):
        label, content = point.find(f"{NCX}navLabel"), point.find(f"{NCX}content")
        if label is not None and content is not None:
            entries.append((_depth(point, f"{NCX}navPoint"), _title(label), content.get("src", "")))
    return entries


def _depth(element: Element, container: str) -> int:
    depth = sum(1 for _each in element.iterancestors(container))
    return max(depth - (container == f"{XHTML}ol"), 0)


def _title(element: Element) -> str:
    return " ".join(nfc("".join(element.itertext())).split())
