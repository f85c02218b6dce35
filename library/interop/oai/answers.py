"""What an answer of OAI-PMH 2.0 says, from bytes. Pure.

Elements are known by their names alone, for servers forget the namespace. A page that is not well-formed is read record
by record: those that are good are taken, each other one is told with its own text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from django.utils.translation import gettext as _

from .. import wild_xml
from ..page import SourceProblem
from ..wild_xml import NotXml, Repaired, WebPage, local, namespace, unescaped

# None of them looks behind the next "<" for the end of a tag, so that no text takes longer than its length
START_OF_RECORD = re.compile(r"<(?:[\w.-]+:)?record\b[^<>]*>\s*<(?:[\w.-]+:)?header\b")
END_OF_RECORD = re.compile(r"</(?:[\w.-]+:)?record\s*>")
START_OF_LIST = re.compile(r"<(?:[\w.-]+:)?(?:ListRecords|GetRecord)\b[^<>]*>")
START_OF_ROOT = re.compile(r"<(?:[\w.-]+:)?OAI-PMH\b[^<>]*>")
END_OF_LIST = re.compile(r"</(?:[\w.-]+:)?(?:ListRecords|GetRecord)\s*>")
TOKEN = re.compile(
    r"<(?:[\w.-]+:)?resumptionToken\b([^<>]*?)(?:/>|>([^<]*)</(?:[\w.-]+:)?resumptionToken\s*>)"
)
IDENTIFIER = re.compile(r"<(?:[\w.-]+:)?identifier\b[^<>]*>([^<]*)</")
DATESTAMP = re.compile(r"<(?:[\w.-]+:)?datestamp\b[^<>]*>([^<]*)</")
RESPONSE_DATE = re.compile(r"<(?:[\w.-]+:)?responseDate\b[^<>]*>([^<]*)<")
NAME = re.compile(r"<([^\s>/]+)")
LONGEST_RAW = 1024 * 1024  # bytes kept of what could not be read


class NotOai(SourceProblem):
    """There is an answer, and it is something else."""


@dataclass(frozen=True, slots=True)
class Token:
    """`total` is what the server says, None when it says nothing that is a number."""

    text: str
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """A record of the list. `content` is what stands in its metadata, None when there is nothing; `problem` when it could
    not be read, `cut` when the answer ended within it."""

    identifier: str
    datestamp: str
    deleted: bool = False
    content: etree._Element | None = None
    element: etree._Element | None = None
    raw: bytes = b""
    problem: str = ""
    cut: bool = False


@dataclass(slots=True)
class Answer:
    """`verb` is the element beside responseDate, None when there are only errors; `errors` (code, text of the server)."""

    response_date: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)
    records: list[Offered] = field(default_factory=list)
    token: Token | None = None
    notes: list[str] = field(default_factory=list)
    truncated: bool = False
    body: etree._Element | None = None


def read(content: bytes, *, charset: str = "", complete: bool = True) -> Answer:
    """`complete` False: the rest of the bytes never came. Raises NotOai."""
    try:
        if complete:
            return _of_tree(wild_xml.read_strictly(content), [])
    except etree.XMLSyntaxError:
        pass
    except NotXml as error:
        raise NotOai(_not_oai(error)) from error
    try:
        wild_xml.refuse(content)
        repaired = wild_xml.repair(content, charset=charset)
    except NotXml as error:
        raise NotOai(_not_oai(error)) from error
    if not repaired.truncated:
        try:
            return _of_tree(wild_xml.read_text(repaired.text), list(repaired.notes))
        except etree.XMLSyntaxError:
            pass
    return _piece_by_piece(repaired)


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child.tag) == name)


def text_of(element: etree._Element | None) -> str:
    """All of its text, blanks made one, references that were escaped twice undone."""
    return unescaped(" ".join("".join(element.itertext()).split())) if element is not None else ""


def first_text(element: etree._Element, name: str) -> str:
    return text_of(next(children(element, name), None))


def _of_tree(root: etree._Element, notes: list[str]) -> Answer:
    if local(root.tag) != "OAI-PMH":
        page = local(root.tag).lower() == "html"
        raise NotOai(_not_oai(WebPage()) if page else _other_xml(local(root.tag)))
    answer = Answer(notes=notes)
    if not namespace(root):
        answer.notes.append(_("The answer does not name the namespace of OAI-PMH; it was read all the same."))
    for child in root:
        name = local(child.tag)
        if name == "responseDate":
            answer.response_date = text_of(child)
        elif name == "error":
            answer.errors.append((child.get("code", "").strip(), text_of(child)))
        elif name != "request" and name:
            answer.body = child
            _read_list(answer, child)
    return answer


def _read_list(answer: Answer, body: etree._Element) -> None:
    for child in body:
        name = local(child.tag)
        if name == "record":
            answer.records.append(_offered(child))
        elif name == "resumptionToken":
            answer.token = Token((child.text or "").strip(), _number(child.get("completeListSize")))


def _offered(record: etree._Element) -> Offered:
    identifier = datestamp = status = ""
    content = None
    for child in record:
        name = local(child.tag)
        if name == "header":
            status = child.get("status", "")
            for part in child:
                what = local(part.tag)
                if what == "identifier":
                    identifier = (part.text or "").strip()
                elif what == "datestamp":
                    datestamp = (part.text or "").strip()
        elif name == "metadata":
            content = next((part for part in child if isinstance(part.tag, str)), None)
    return Offered(identifier, datestamp, status.strip().lower() == "deleted", content, record)


def _piece_by_piece(repaired: Repaired) -> Answer:
    """The records of a page that is not well-formed, each read by itself within the elements around it."""
    text = repaired.text
    root = START_OF_ROOT.search(text)
    if not root:
        raise NotOai(
            _other_xml("") if not repaired.truncated else _("The answer was cut off before it said anything.")
        )
    starts = [match.start() for match in START_OF_RECORD.finditer(text)]
    head = text[: starts[0]] if starts else text
    around = START_OF_LIST.search(head)
    answer = _of_head(text[root.start() : around.start()] if around else head, root[0])
    answer.notes = [*repaired.notes, *answer.notes]
    end = END_OF_LIST.search(text, starts[-1] if starts else 0)
    answer.truncated = repaired.truncated and end is None
    text = text[: end.start()] if end else text
    opening = root[0] + (around[0] if around else "")
    closing = "".join(f"</{NAME.match(each)[1]}>" for each in ([around[0]] if around else []) + [root[0]])
    for start, end in pairwise([*starts, len(text)]):
        last = answer.truncated and end == len(text)
        answer.records.append(_of_piece(text[start:end], opening, closing, last=last))
    if answer.truncated:
        answer.notes.append(_("The answer was cut off; what came of it was read."))
        rest = _behind_the_records(text, starts)
        if rest:
            problem = _("The answer was cut off here.")
            answer.records.append(Offered("", "", raw=_kept(rest), problem=problem, cut=True))
    else:
        answer.notes.append(_("The answer is not well-formed; it was read record by record."))
    if found := list(TOKEN.finditer(text, starts[-1] if starts else 0)):
        size = re.search(r"completeListSize\s*=\s*[\"'](\d+)", found[-1][1])
        answer.token = Token(unescaped(found[-1][2] or "").strip(), int(size[1]) if size else None)
    return answer


def _of_head(text: str, root: str) -> Answer:
    """What stands before the list: the hour of the server, and errors."""
    try:
        return _of_tree(wild_xml.read_text(f"{text}</{NAME.match(root)[1]}>"), [])
    except etree.XMLSyntaxError:
        return Answer(response_date=_stated(RESPONSE_DATE, text))


def _of_piece(piece: str, opening: str, closing: str, *, last: bool) -> Offered:
    """`last`: the answer ends within it or behind it. A record that is never closed elsewhere is a broken one."""
    ends = list(END_OF_RECORD.finditer(piece))
    try:
        tree = wild_xml.read_text(opening + (piece[: ends[-1].end()] if ends else piece) + closing)
    except etree.XMLSyntaxError as error:
        cut = last and not ends
        reason = (
            _("The answer was cut off in this record.") if cut else _("The XML of this record is broken.")
        )
        return Offered(
            unescaped(_stated(IDENTIFIER, piece)),
            _stated(DATESTAMP, piece),
            raw=_kept(piece),
            problem=f"{reason} ({error.msg})"[:300],
            cut=cut,
        )
    record = next(each for each in tree.iter() if local(each.tag) == "record")
    return _offered(record)


def _stated(element: re.Pattern[str], text: str) -> str:
    """What stands in the first of these elements, "" when there is none."""
    match = element.search(text)
    return match[1].strip() if match else ""


def _behind_the_records(text: str, starts: Sequence[int]) -> str:
    """What is left of an answer that was cut off behind its last whole record: the beginning of another one?"""
    if not starts:
        return text
    ends = list(END_OF_RECORD.finditer(text, starts[-1]))
    rest = text[ends[-1].end() :].strip() if ends else ""
    return rest if rest and not TOKEN.match(rest) else ""


def _kept(text: str) -> bytes:
    return text.encode()[:LONGEST_RAW]


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\s*[0-9]{1,12}\s*", text) else None


def _not_oai(error: NotXml) -> str:
    if isinstance(error, WebPage):
        return _(
            "This is not OAI-PMH: the address answers with a web page for people, perhaps one to sign in. "
            "Ask those who run the source for the address of its OAI-PMH service."
        )
    return _("This is not OAI-PMH: %(reason)s") % {"reason": str(error)}


def _other_xml(name: str) -> str:
    if not name:
        return _("This is not OAI-PMH.")
    return _("This is not OAI-PMH: the answer is XML of another kind (<%(name)s>).") % {"name": name}


def problem_of(errors: Sequence[tuple[str, str]]) -> str:
    """The errors of the server as a sentence."""
    said = "; ".join(f"{code}: {text}" if text else code for code, text in errors)
    return _("The source answers with an error: %(said)s") % {"said": said[:300]}
