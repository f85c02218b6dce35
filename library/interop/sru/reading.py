"""What an answer of an SRU server says: versions 1.1, 1.2 and 2.0, told by the names of its elements alone. Pure.

http://www.loc.gov/standards/sru/ and OASIS searchRetrieve 1.0 (sruResponse, ZeeRex for explain).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from django.utils.translation import gettext as _

from .. import marc
from .. import plain_values as plain
from ..from_marc import key_of
from ..page import Found
from ..payloads import describe
from ..sheets.rows import made_key
from ..wild_xml import NotXml, local, read_xml

SEARCH, EXPLAIN = "searchRetrieveResponse", "explainResponse"
VERSION_2 = "http://docs.oasis-open.org/ns/search-ws/"
UNSUPPORTED_VERSION, UNSUPPORTED_INDEX, OUT_OF_RANGE = "5", "16", "61"
RICHEST_FIRST = ("marc", "mods", "dc")  # in the name or address of a schema
CHANGED = ("dcterms.modified", "dc.modified", "rec.lastmodificationdate", "rec.lastmodified")


class NotAnAnswer(ValueError):
    """`str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    code: str
    message: str
    details: str = ""

    def __str__(self) -> str:
        told = ": ".join(filter(None, [self.message, self.details]))
        return told or _("diagnostic %(code)s") % {"code": self.code}


@dataclass(frozen=True, slots=True)
class Answer:
    records: Sequence[Found]
    total: int | None = None
    following: int | None = None
    version: str = ""
    diagnostics: Sequence[Diagnostic] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """`schemas`: (name to ask by, address); `indexes` as "dc.title"; `most`: records a page."""

    title: str = ""
    description: str = ""
    contact: str = ""
    version: str = ""
    schemas: Sequence[tuple[str, str]] = ()
    indexes: Sequence[str] = ()
    most: int | None = None

    @property
    def best_schema(self) -> str:
        """The richest that we read; "" leaves the choice to the server."""
        for kind in RICHEST_FIRST:
            for name, address in self.schemas:
                if kind in f"{name} {address}".lower():
                    return name
        return ""

    @property
    def index_of_changes(self) -> str:
        """By which what has changed can be asked for, "" when there is none."""
        return next((each for each in self.indexes if each.lower() in CHANGED), "")


def read_answer(root: etree._Element) -> Answer:
    """Raises NotAnAnswer."""
    if local(root.tag) != SEARCH:
        if told := _diagnostics(root):
            return Answer((), diagnostics=told)
        raise NotAnAnswer(_("The answer is XML, but not one of SRU."))
    holder = _child(root, "records")
    elements = [each for each in holder if local(each.tag) == "record"] if holder is not None else []
    return Answer(
        [_found(each) for each in elements],
        _number(_text(root, "numberOfRecords")),
        _number(_text(root, "nextRecordPosition")),
        _version(root),
        _diagnostics(root),
    )


def read_explanation(root: etree._Element) -> Explanation:
    """An explain answer, or the bare ZeeRex record some servers give. Raises NotAnAnswer."""
    explain = root if local(root.tag) == "explain" else next(_all(root, "explain"), None)
    if explain is None:
        raise NotAnAnswer(_("The server does not explain itself."))
    database = _child(explain, "databaseInfo")
    most = [
        _number("".join(each.itertext()))
        for each in _all(explain, "setting")
        if each.get("type") == "maximumRecords"
    ]
    return Explanation(
        title=_text(database, "title"),
        description=_text(database, "description"),
        contact=_text(database, "contact"),
        version=_version(root),
        schemas=[
            (each.get("name") or each.get("identifier", ""), each.get("identifier", ""))
            for each in _all(explain, "schema")
            if each.get("retrieve", "true") != "false"
        ],
        indexes=[
            f"{each.get('set')}.{each.text.strip()}" if each.get("set") else each.text.strip()
            for index in _all(explain, "index")
            for each in _all(index, "name")
            if each.text
        ],
        most=next(filter(None, most), None),
    )


def _found(record: etree._Element) -> Found:
    given = _text(record, "recordIdentifier")
    raw = etree.tostring(record, encoding="UTF-8", with_tail=False)
    try:
        payload = _payload(record)
        told = _diagnostic(payload)
        if told:
            return Found(
                given, raw=raw, problem=_("The server cannot give it: %(reason)s") % {"reason": told}
            )
        name, described = describe(payload)
    except (ValueError, etree.XMLSyntaxError) as error:
        return Found(given, raw=raw, problem=str(error))
    raw = etree.tostring(payload, encoding="UTF-8", with_tail=False)
    identifier = given or _identifier(payload) or made_key(described.values)
    if not described.values.get("title"):
        return Found(identifier, raw=raw, format=name, problem=_("It has no title."))
    return Found(identifier, raw, name, described.values, described.subject_words, described.rights_note)


def _payload(record: etree._Element) -> etree._Element:
    """As XML, or as XML written into text (recordPacking, in 2.0 recordXMLEscaping, says which; what is there counts).
    Raises NotXml."""
    data = _child(record, "recordData")
    if data is None:
        raise NotXml(_("There is no data in it."))
    inside = next((each for each in data if isinstance(each.tag, str)), None)
    if inside is not None:
        return inside
    text = (data.text or "").strip()
    if not text:
        raise NotXml(_("There is no data in it."))
    return read_xml(text.encode()).root


def _identifier(payload: etree._Element) -> str:
    """By which the record is known in its collection: control number, else the first identifier of Dublin Core."""
    record = payload
    if local(payload.tag) == "collection":
        record = next((each for each in payload if local(each.tag) == "record"), payload)
    if any(local(each.tag) in ("controlfield", "datafield") for each in record):
        reading = marc.of_element(record)
        return key_of(reading.record) if reading.record else ""
    return next(
        (plain.line_of(each.text) for each in payload if local(each.tag) == "identifier" and each.text), ""
    )


def _diagnostics(root: etree._Element) -> list[Diagnostic]:
    holder = root if local(root.tag) == "diagnostics" else _child(root, "diagnostics")
    return [found for each in holder if (found := _diagnostic(each))] if holder is not None else []


def _diagnostic(element: etree._Element) -> Diagnostic | None:
    if local(element.tag) == "diagnostics":
        element = next((each for each in element if local(each.tag) == "diagnostic"), element)
    if local(element.tag) != "diagnostic":
        return None
    code = _text(element, "uri").rstrip("/").rpartition("/")[2]
    return Diagnostic(code, _text(element, "message"), _text(element, "details"))


def _version(root: etree._Element) -> str:
    said = _text(root, "version")
    return "2.0" if not said and root.tag.startswith(f"{{{VERSION_2}") else said


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next((each for each in element if local(each.tag) == name), None) if element is not None else None


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in element.iter() if local(each.tag) == name)


def _text(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return plain.line_of("".join(child.itertext())) if child is not None else ""


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
