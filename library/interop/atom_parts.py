"""Parts of Atom (RFC 4287), whatever the namespace: for catalogues and for feeds. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from ..enums import ContributorRole
from ..statements import natural_order
from . import plain_values as plain
from .wild_xml import local

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Link:
    """`href` is whole."""

    rel: str
    href: str
    type: str = ""


def summary_of(entry: etree._Element) -> str:
    """The longer of content and summary; content that is only a reference to another file says nothing."""
    texts = [
        plain.text_of(markup_of(each)) for name in ("content", "summary") for each in children(entry, name)
    ]
    return max(texts, key=len, default="")


def markup_of(element: etree._Element) -> str:
    """The inside of an Atom text construct: XHTML as its source, text and HTML as they stand."""
    if element.get("type") == "xhtml" or len(element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return element.text or ""


def people_of(
    entry: etree._Element, name: str, role: ContributorRole
) -> Iterator[tuple[str, ContributorRole]]:
    """Some catalogues leave the name empty and write only the one to sort by."""
    for person in children(entry, name):
        text = plain.line_of(text_of(person, "name"))
        yield text or natural_order(plain.line_of(text_of(person, "sort_name"))), role


def links_of(element: etree._Element, base: str) -> Iterator[Link]:
    for each in children(element, "link"):
        if href := whole_address(base, each.get("href") or ""):
            yield Link(each.get("rel") or "alternate", href, each.get("type") or "")


def base_of(element: etree._Element, base: str) -> str:
    """What addresses in the element are relative to (XML Base)."""
    return whole_address(base, element.get(XML_BASE) or "") or base


def whole_address(base: str, href: str) -> str:
    """ "" for what is none."""
    try:
        return urljoin(base, href.strip()) if href.strip() else ""
    except ValueError:
        return ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child.tag) == name)


def all_text(element: etree._Element) -> str:
    return "".join(element.itertext())


def text_of(element: etree._Element, name: str) -> str:
    """Of the first child of that name, "" when there is none."""
    return next((all_text(each) for each in children(element, name)), "")


def number_of(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() else None
