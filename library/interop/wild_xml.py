"""XML as the web really serves it: bytes -> a tree, each repair told. Pure.

A good document is parsed once, strictly. Only what is not good is repaired, in ways that change no word: the character
set, what stands before and after the document, signs that XML forbids, a bare "&", the names that HTML gives to letters.
No document type, no entity of the document's own, no address outside is ever followed. The recovering mode of the parser
is not used: it would leave words out without telling which.
"""

import codecs
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.entities import html5

from lxml import etree

from django.utils.translation import gettext as _

BOM = "\ufeff"
BOMS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF_8 = ("utf-8", "utf8", "us-ascii", "ascii")
DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>", re.IGNORECASE)
DECLARED = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
PROLOG = r"\s*+(?>(?><\?.*?\?>|<!--.*?-->)\s*+)*+"  # never looked at twice
DOCTYPE = re.compile(PROLOG + "<!DOCTYPE", re.IGNORECASE | re.DOTALL)
DOCTYPE_IN_BYTES = re.compile(DOCTYPE.pattern.encode(), re.IGNORECASE | re.DOTALL)
WEB_PAGE = re.compile(PROLOG.encode() + rb"(?:<!DOCTYPE\s+html|<html)\b", re.IGNORECASE | re.DOTALL)
MARKS = b"\xef\xbb\xbf\xff\xfe"
FIRST_TAG = re.compile(PROLOG + r"<([^\s<>/!?]+)", re.DOTALL)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NUMBER = re.compile(r"&#(?:([0-9]+)|x([0-9A-Fa-f]+));")
LONGEST_NUMBER = 7  # digits of that of a letter
CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
NOT_A_TAG = re.compile(r"<(?=[\s0-9=<.,;)]|$)")
PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']", re.ASCII)
DECLARED_PREFIX = re.compile(r"\bxmlns:([\w.-]+)\s*=", re.ASCII)
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
NOT_A_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)([A-Za-z][A-Za-z0-9]*;)?")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
LOOKED_AT = 2_000  # bytes in which a web page is told
# Of a parser of what others send: no document type, no entity, no address outside; trees and texts of a sane size
HARDENED = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
GUESSES = ("windows-1258", "windows-1252")  # of bytes that are not what they say


class NotXml(ValueError):
    """`str()` is a sentence for people."""


class WebPage(NotXml):
    """A page for people: mostly one to sign in, or that of an error."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text that ought to be XML now. `truncated`: the root element is never closed."""

    text: str
    notes: Sequence[str] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    root: etree._Element
    notes: Sequence[str] = ()


def read_xml(content: bytes, *, charset: str = "") -> Tree:
    """The tree of a document, strictly; with repairs where that does not go. `charset`: what the header of the answer
    says. Raises NotXml."""
    try:
        return Tree(read_strictly(content))
    except etree.XMLSyntaxError:
        repaired = repair(content, charset=charset)
    if repaired.truncated:
        raise NotXml(_("The answer was cut off: its end is missing."))
    try:
        return Tree(read_text(repaired.text), repaired.notes)
    except etree.XMLSyntaxError as error:
        raise NotXml(_broken(error)) from error


def read_strictly(content: bytes) -> etree._Element:
    """The root of a document that is as it should be. Raises NotXml for what is never read, XMLSyntaxError for what
    needs a repair first."""
    refuse(content)
    declared = DECLARED.match(content[:LOOKED_AT])
    if declared and declared[1].decode().lower() not in UTF_8 and not content.isascii():
        raise etree.XMLSyntaxError("Its character set is to be looked at.", 0, 0, 0)
    return _parse(content)


def read_text(text: str) -> etree._Element:
    """The root of repaired text. Raises XMLSyntaxError."""
    return _parse(text.encode())


def refuse(content: bytes) -> None:
    """Raises NotXml for a web page, and for a document type declaration: with one, a document may ask for anything."""
    start = content[:LOOKED_AT].replace(b"\x00", b"").lstrip(MARKS)
    if WEB_PAGE.match(start):
        raise WebPage(_("The answer is a web page for people."))
    if DOCTYPE_IN_BYTES.match(start) or DOCTYPE_IN_BYTES.match(content):
        raise NotXml(_("The answer has a document type declaration (DTD); it is not read."))


def repair(content: bytes, *, charset: str = "") -> Repaired:
    """Raises NotXml for what is no XML at all, or has a document type."""
    text, notes = _decoded(content, charset)
    text, more = _without_what_is_around(text)
    notes += more
    if DOCTYPE.match(text):
        raise NotXml(_("The answer has a document type declaration (DTD); it is not read."))
    first = FIRST_TAG.match(text)
    if not first:
        raise NotXml(_("This is not XML."))
    text, more = _with_right_signs(text)
    notes += more
    text, more = _with_names_for_prefixes(text)
    notes += more
    end = re.compile(rf"</{re.escape(first[1])}\s*>")
    ends = list(end.finditer(text))
    if not ends:
        return Repaired(text, tuple(notes), truncated=True)
    if text[ends[-1].end() :].strip():
        notes.append(_("Something that does not belong to it stands behind the XML; it was left out."))
    return Repaired(text[: ends[-1].end()], tuple(notes))


def ends_as_it_should(content: bytes) -> bool:
    """Is the root element closed? Good enough to ask again for half an answer; UTF-16 is not looked at."""
    if content.startswith(BOMS_OF_UTF_16):
        return True
    if not content.strip():
        return False
    first = re.search(rb"<([A-Za-z_][^\s<>/!?]*)", content[:LOOKED_AT])
    if not first or WEB_PAGE.match(content[:LOOKED_AT].lstrip(MARKS)):
        return True
    root = re.search(rb"<((?:[\w.-]+:)?OAI-PMH)\b", content[:LOOKED_AT]) or first
    return b"</" + root[1] in content or b"/>" in content[-20:]


def unescaped(text: str) -> str:
    """Without references that were escaped once or twice too often ("Th&#432;", "&amp;#432;"); a bare "&" stays."""
    for _turn in range(2):
        if "&" not in text or not REFERENCE.search(text):
            break
        text = REFERENCE.sub(lambda match: unescape(match[0]), text)
    return text


@cache
def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def _parse(data: bytes) -> etree._Element:
    root = etree.fromstring(data, etree.XMLParser(**HARDENED))
    if root.getroottree().docinfo.doctype:
        raise NotXml(_("The answer has a document type declaration (DTD); it is not read."))
    return root


def _decoded(content: bytes, charset: str) -> tuple[str, list[str]]:
    """Bytes that are good UTF-8 are UTF-8, whatever they are said to be; no other character set looks like it."""
    declared = DECLARED.match(content[:LOOKED_AT])
    said = declared[1].decode().lower() if declared else charset.lower()
    if content.startswith(BOMS_OF_UTF_16):
        return content.decode("utf-16", "replace"), []
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        if _is_cut_within_a_letter(content, error):
            return content[: error.start].decode(), []
        return _with_some_bad_letters(content) or _guessed(content, said)
    if said and said not in UTF_8 and not content.isascii():
        return text, [
            _("The answer says that its letters are %(said)s, but they are UTF-8.") % {"said": said}
        ]
    return text, []


def _is_cut_within_a_letter(content: bytes, error: UnicodeDecodeError) -> bool:
    return error.end == len(content) and error.reason == "unexpected end of data"


def _with_some_bad_letters(content: bytes) -> tuple[str, list[str]] | None:
    """UTF-8 in which a few letters are broken (a field that was cut at so many bytes): the others must not suffer."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if bad > sum(len(run) for run in BEYOND_ASCII.findall(text)) - bad:
        return None
    return text, [_("Some letters of the answer could not be read; a sign stands in their place.")]


def _guessed(content: bytes, said: str) -> tuple[str, list[str]]:
    for name in (said, *GUESSES):
        try:
            text = content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        if name == said and said not in UTF_8:
            return text, []
        note = _("The letters of the answer are not those it states; they were read as %(guess)s.")
        return text, [note % {"guess": name}]
    raise NotXml(_("The letters of the answer cannot be read."))


def _without_what_is_around(text: str) -> tuple[str, list[str]]:
    """Without a byte order mark, blanks and messages of the server before the document, and without its declaration."""
    notes = []
    start = text.find("<?xml ")
    if start < 0:
        start = max(text.find("<"), 0)
    before = text[:start].replace(BOM, "").strip()
    if before:
        notes.append(_("Something that does not belong to it stands before the XML; it was left out."))
    text = text[start:]
    declaration = DECLARATION.match(text)
    return (text[declaration.end() :] if declaration else text), notes


def _with_right_signs(text: str) -> tuple[str, list[str]]:
    notes, told = [], {}
    cleaned = NUMBER.sub(_if_allowed, FORBIDDEN.sub("", text))
    if cleaned != text:
        notes.append(_("The answer held control characters; they were left out."))

    def mended(match: re.Match[str]) -> str:
        letters = html5.get(match[1] or "")
        if letters:
            told[_("The answer used names of letters that only HTML knows (&eacute;); they were put in.")] = (
                None
            )
            return letters.replace("&", "&amp;").replace("<", "&lt;")
        told[_("The answer held a bare “&”; it was taken as it stands.")] = None
        return f"&amp;{match[1] or ''}"

    def mended_less_than(match: re.Match[str]) -> str:
        told[_("The answer held a bare “<”; it was taken as it stands.")] = None
        return "&lt;"

    parts = CDATA.split(cleaned)
    parts[::2] = [NOT_A_TAG.sub(mended_less_than, NOT_A_REFERENCE.sub(mended, part)) for part in parts[::2]]
    return "".join(parts), [*notes, *told]


def _with_names_for_prefixes(text: str) -> tuple[str, list[str]]:
    """Prefixes that are used and never declared are given a name at the root; those below keep their own."""
    first = FIRST_TAG.match(text)
    used = {prefix for pair in PREFIX.findall(text) for prefix in pair if prefix}
    missing = sorted(used - set(DECLARED_PREFIX.findall(text)) - {"xml", "xmlns"})
    if not missing:
        return text, []
    names = "".join(f' xmlns:{prefix}="urn:x-undeclared:{prefix}"' for prefix in missing)
    note = _("The answer does not say what its prefixes stand for (%(names)s); it was read all the same.")
    return f"{text[: first.end()]}{names}{text[first.end() :]}", [note % {"names": ", ".join(missing[:10])}]


def _if_allowed(match: re.Match[str]) -> str:
    digits = (match[1] or match[2]).lstrip("0")
    if not 0 < len(digits) <= LONGEST_NUMBER:
        return ""
    number = int(digits, 10 if match[1] else 16)
    return "" if number > sys.maxunicode or FORBIDDEN.match(chr(number)) else match[0]


def _broken(error: etree.XMLSyntaxError) -> str:
    return _("The XML is broken (line %(line)s).") % {"line": error.lineno}
