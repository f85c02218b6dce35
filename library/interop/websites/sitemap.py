"""What a sitemap says (https://www.sitemaps.org/protocol.html): XML, an index of others, or a text with an address a line.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from django.utils.translation import gettext as _

from ..atom_parts import children, text_of, whole_address
from ..wild_xml import local


class NotASitemap(ValueError):
    """`str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address and when it changed last, as the sitemap writes it."""

    url: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Either `pages`, or `others`: the sitemaps of an index."""

    pages: Sequence[Listed] = ()
    others: Sequence[Listed] = ()


def is_text(content: bytes) -> bool:
    """Nothing but addresses, a line each."""
    lines = content[:10_000].decode("utf-8", "replace").lstrip("\ufeff").split()
    return bool(lines) and lines[0].startswith(("http://", "https://"))


def read_text(content: bytes) -> Sitemap:
    lines = content.decode("utf-8", "replace").lstrip("\ufeff").split()
    return Sitemap(_once(Listed(each) for each in lines if each.startswith(("http://", "https://"))))


def read(root: etree._Element, url: str) -> Sitemap:
    """`url`: where the answer came from. Raises NotASitemap."""
    name = local(root.tag)
    if name == "urlset":
        return Sitemap(pages=_listed(root, "url", url))
    if name == "sitemapindex":
        return Sitemap(others=_listed(root, "sitemap", url))
    raise NotASitemap(_("The answer is XML, but not a sitemap."))


def _listed(root: etree._Element, name: str, base: str) -> list[Listed]:
    each_of = children(root, name)
    found = (
        Listed(whole_address(base, text_of(each, "loc")), text_of(each, "lastmod").strip())
        for each in each_of
    )
    return _once(each for each in found if each.url)


def _once(listed) -> list[Listed]:
    return list({each.url: each for each in listed}.values())
