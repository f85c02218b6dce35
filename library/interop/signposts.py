"""What a web page names beside itself: the feeds and catalogues for programs that belong to it. Pure.

People copy the address that stands in their browser; the right one mostly stands in the page.
"""

from collections.abc import Iterable

import lxml.etree
import lxml.html

from .atom_parts import whole_address

LOOKED_AT = 512 * 1024  # bytes


def named_in(content: bytes, url: str, types: Iterable[str]) -> str:
    """The first address that the page at `url` names as itself in one of these media types ("alternate", RFC 8288), with
    or without parameters; "" when there is none."""
    try:
        parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
        root = lxml.html.document_fromstring(content[:LOOKED_AT], parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    wanted = tuple(types)
    for link in root.iter("link"):
        media = (link.get("type") or "").replace(" ", "").lower()
        if "alternate" in (link.get("rel") or "").lower().split() and media.startswith(wanted):
            return whole_address(url, link.get("href") or "")
    return ""
