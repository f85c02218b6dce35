"""A page of a website: the descriptions in it. HTML is taken apart without network, scripts or entities of its own. Pure."""

from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from django.utils.translation import gettext as _

from .. import from_json_ld
from ..page import Found

LARGEST = 5 * 1024 * 1024  # bytes of a page
JSON_LD = "application/ld+json"


def found(content: bytes, address: str, *, charset: str = "", changed: str = "") -> Found:
    """The one resource that the page at `address` describes, or the sentence why there is none. `changed`: as the
    sitemap says."""
    told = {"identifier": address, "format": "jsonld", "datestamp": changed}
    if len(content) > LARGEST:
        return Found(
            **told, problem=_("The page is larger than %(size)s MB.") % {"size": LARGEST // 1024 // 1024}
        )
    try:
        root = lxml.html.document_fromstring(content, parser=_parser(content, charset))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return Found(**told, raw=content, problem=_("There is no page that can be read."))
    documents, broken = [], b""
    for text in _scripts(root):
        try:
            documents.append(from_json_ld.parsed(text))
        except ValueError:
            broken = broken or text.encode("utf-8", "surrogatepass")
    node = from_json_ld.best_of(documents, address)
    if node is None and broken:
        return Found(**told, raw=broken, problem=_("The description on the page (JSON-LD) is broken."))
    if node is None:
        return Found(
            **told,
            problem=_("The page does not describe a resource (by JSON-LD in the words of schema.org)."),
        )
    described = from_json_ld.read_json_ld(node, address, language=root.get("lang") or "")
    told["datestamp"] = changed or from_json_ld.changed(node)
    return Found(
        **told,
        raw=from_json_ld.as_bytes(node),
        values=described.values,
        subject_words=described.subject_words,
        rights_note=described.rights_note,
    )


def _parser(content: bytes, charset: str) -> lxml.html.HTMLParser:
    """Bytes that are good UTF-8 are UTF-8; else as the header says, else as the page does."""
    encoding: str | None = "utf-8"
    try:
        content.decode()
    except UnicodeDecodeError:
        encoding = charset or None
    try:
        return lxml.html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    except LookupError:
        return lxml.html.HTMLParser(no_network=True, huge_tree=False)


def _scripts(root: Any) -> Iterator[str]:
    for each in root.iter("script"):
        if (each.get("type") or "").partition(";")[0].strip().lower() == JSON_LD and each.text:
            yield each.text
