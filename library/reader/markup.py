"""Web pages and chapters: cleaned of all that is not text, and cut into pages that a slow line can carry.

The cleaning is nh3's; before it, lxml reads the markup without entities, networks or documents of others. A job for
portal.web.sandbox; no Django here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.etree
import lxml.html
import nh3

from portal.text import nfc
from portal.web.sandbox import Refused

from .pages import Index, html_name, leave, write

PAGE_BYTES = 40_000  # of HTML: about a third of that once it is compressed
MAX_BYTES = 20 * 1024 * 1024
DEEPEST = 200  # elements in each other
ID_PREFIX = "doc-"  # so that no name of a book is one of our page

HEADINGS = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}  # the title of the book is the h1
BLOCKS = {"p", "li", "dt", "dd", "blockquote", "td", "th", "figcaption", "pre", *HEADINGS, "h6"}
TAGS = BLOCKS | {
    "a",
    "abbr",
    "b",
    "br",
    "caption",
    "cite",
    "code",
    "del",
    "div",
    "dl",
    "em",
    "figure",
    "hr",
    "i",
}
TAGS |= {"img", "ins", "kbd", "mark", "ol", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span"}
TAGS |= {"strong", "sub", "sup", "table", "tbody", "tfoot", "thead", "tr", "u", "ul", "var"}
DROPPED = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "form",
    "svg",
    "math",
    "head",
}
DROPPED |= {"audio", "video", "canvas", "nav", "title", "select", "textarea"}
ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
VOID = rb"area|base|br|col|embed|hr|image|img|input|link|meta|param|source|track|wbr"  # never have an end tag
CLOSED_AT_ONCE = re.compile(rb"<(?!(?:" + VOID + rb")\b)([a-zA-Z][\w:-]*)([^<>]*)/>", re.I)
UNREADABLE = (lxml.etree.LxmlError, ValueError, AssertionError)


def outline(path: str, folder: str) -> None:
    """Leave a web page as the pages of a book in `folder`. Its pictures lie elsewhere and go. Raises Refused."""
    body = parsed(Path(path).read_bytes())
    for picture in list(body.iter("img")):
        picture.drop_tree()
    bound(Path(folder), cut(body), [])


def parsed(content: bytes) -> lxml.html.HtmlElement:
    """The body of a page in UTF-8. Raises Refused: damaged."""
    if len(content) > MAX_BYTES:
        raise Refused("overrun")
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        root = lxml.html.document_fromstring(content.removeprefix(b"\xef\xbb\xbf"), parser=parser)
    except UNREADABLE as error:
        raise Refused("damaged") from error
    body = root.find(".//body")
    if body is None or _is_too_deep(body):
        raise Refused("damaged")
    return body


def _is_too_deep(body: lxml.html.HtmlElement) -> bool:
    depth = 0
    for event, _element in lxml.etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def parsed_chapter(content: bytes) -> lxml.html.HtmlElement:
    """As `parsed`, for XHTML: there `<script/>` is whole, where HTML would take all that follows for the script."""
    return parsed(CLOSED_AT_ONCE.sub(rb"<\1\2></\1>", content))


def cut(body: lxml.html.HtmlElement) -> list[list[lxml.html.HtmlElement]]:
    """The elements of each page: as many as fit into PAGE_BYTES, none cut within unless it alone is longer."""
    pages: list[list[lxml.html.HtmlElement]] = [[]]
    filled = 0
    for element in _blocks(body):
        weight = _weight(element)
        if pages[-1] and filled + weight > PAGE_BYTES:
            pages.append([])
            filled = 0
        pages[-1].append(element)
        filled += weight
    return pages


def _weight(element: lxml.html.HtmlElement) -> int:
    return len(lxml.html.tostring(element, encoding="utf-8"))


def _blocks(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """What stands below `element`, opened as far as needed to fit on pages; loose text becomes paragraphs."""
    if element.text and element.text.strip():
        yield _paragraph(element.text)
    for child in list(element):
        tail, child.tail = child.tail, None
        if isinstance(child.tag, str) and child.tag not in DROPPED:
            opens = len(child) and child.tag not in BLOCKS | {"table", "ul", "ol", "dl", "figure"}
            if opens and _weight(child) > PAGE_BYTES // 4:
                yield from _blocks(child)
            else:
                yield child
        if tail and tail.strip():
            yield _paragraph(tail)


def _paragraph(text: str) -> lxml.html.HtmlElement:
    element = lxml.html.Element("p")
    element.text = text
    return element


def bound(folder: Path, pages: list[list[lxml.html.HtmlElement]], contents: list[list]) -> None:
    """Clean the pages and leave them in `folder`."""
    text = []
    for number, elements in enumerate(pages, start=1):
        write(folder / html_name(number), cleaned(elements).encode())
        text.append([line for element in elements for line in _lines(element)])
    leave(folder, Index(len(pages), contents, has_text=any(text)), text)


def cleaned(elements: list[lxml.html.HtmlElement]) -> str:
    """HTML that may stand in a page of ours."""
    for element in elements:
        for each in element.iter(*HEADINGS):
            each.tag = HEADINGS[each.tag]
    html = "".join(lxml.html.tostring(each, encoding="unicode") for each in elements)
    return nh3.clean(
        nfc(html),
        tags=TAGS,
        clean_content_tags=DROPPED - TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        id_prefix=ID_PREFIX,
    )


def _lines(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The text of each block, to look for words in."""
    blocks = [each for each in element.iter(*BLOCKS) if next(each.iterdescendants(*BLOCKS), None) is None]
    for each in blocks or [element]:
        if text := " ".join(nfc(each.text_content()).split()):
            yield text
