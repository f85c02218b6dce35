"""MARC21 and MARCXML as bytes, in and out. Pure: what the fields mean is for `from_marc` and `to_marc`.

A file of the wild holds records that are cut off, counted in letters instead of bytes, or in another character set
than they say. Each record stands for itself: a bad one is told with its reason, the next one is read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pymarc
from lxml import etree
from pymarc.exceptions import PymarcException

from django.utils.translation import gettext as _

from .wild_xml import HARDENED, local
from .xml_text import clean

NAMESPACE = "http://www.loc.gov/MARC21/slim"
SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
END_OF_RECORD, END_OF_FIELD = b"\x1d", b"\x1e"
LEADER = re.compile(rb"\d{5}[\x20-\x7e]{5}22\d{5}[\x20-\x7e]{3}45[\x20-\x7e]{2}")
BETWEEN_RECORDS = b"\r\n\t \x00\x1a\xef\xbb\xbf"
CONTROL_NUMBER = "001"
LONGEST_RECORD, LONGEST_FIELD = 99_999, 9_999  # bytes, ISO 2709
MARKS_OF_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Reading:
    """One record of a file: its number, the first being 1, and either the record or the sentence why there is none.
    `control_number` is field 001 as far as it could be read."""

    number: int
    control_number: str = ""
    record: pymarc.Record | None = None
    reason: str = ""


def is_marcxml(content: bytes) -> bool:
    """Is it XML at all? Only `read_xml` finds out whether it holds MARC."""
    return content.lstrip(b" \t\r\n").startswith(MARKS_OF_XML)


def is_marc(content: bytes) -> bool:
    """By a leader at the beginning, or by the separators that no text file holds."""
    start = content[:100_000]
    if LEADER.match(start.lstrip(BETWEEN_RECORDS)):
        return True
    return not start.startswith(UTF_16) and END_OF_FIELD in start and not start.startswith(b"PK\x03\x04")


def read(content: bytes) -> Iterator[Reading]:
    """The records of MARC21 (ISO 2709), in MARC-8 or UTF-8. Raises nothing for what is in them."""
    for number, chunk in enumerate(_chunks(content), start=1):
        yield _decoded(number, chunk)


def read_xml(content: bytes) -> Iterator[Reading]:
    """The records of MARCXML, also inside an answer of OAI-PMH or SRU, with or without the namespace.

    No DTD, no entity and no address outside is followed: a file with a DTD is refused as a whole. Behind a place that
    is not XML nothing can be read; that is the last reading then.
    """
    number = 0
    events = etree.iterparse(BytesIO(content.lstrip(b" \t\r\n")), events=("start", "end"), **HARDENED)
    try:
        for event, element in events:
            if event == "start":
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    yield Reading(
                        0, reason=_("The file has a document type declaration (DTD); it is not read.")
                    )
                    return
            elif _is_record(element):
                number += 1
                yield _from_xml(number, element)
                element.clear()
    except etree.XMLSyntaxError as error:
        reason = _("The XML is broken from here on (line %(line)s): nothing after it can be read.")
        yield Reading(number + 1, reason=reason % {"line": error.lineno})
        return
    if not number:
        yield Reading(0, reason=_("There is no MARC record in this XML file."))


def of_element(element: etree._Element) -> Reading:
    """One record that stands in another document."""
    return _from_xml(1, element)


def write(records: Iterable[pymarc.Record]) -> bytes:
    """MARC21 in UTF-8. Raises ValueError for a record that does not fit into ISO 2709."""
    return b"".join(map(_encoded, records))


def write_xml(records: Iterable[pymarc.Record]) -> bytes:
    """A MARCXML collection."""
    root = etree.Element(f"{{{NAMESPACE}}}collection", nsmap={None: NAMESPACE, "xsi": INSTANCE})
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    root.extend(map(_to_xml, records))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def record_as_xml(record: pymarc.Record) -> bytes:
    """One record, to stand inside the collection of `write_xml([])`."""
    return etree.tostring(_to_xml(record), encoding="UTF-8", pretty_print=True)


def record_alone(record: pymarc.Record) -> bytes:
    """One record that stands by itself and names its schema, as in an answer of OAI-PMH."""
    element = _to_xml(record)
    element.set(f"{{{INSTANCE}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    return etree.tostring(element, encoding="UTF-8", xml_declaration=False)


def _chunks(content: bytes) -> Iterator[bytes]:
    """A record each, as far as can be told; a lost end of record is found again at the next leader."""
    for piece in content.split(END_OF_RECORD):
        piece = piece.lstrip(BETWEEN_RECORDS)
        if not piece:
            continue
        later = [match.start() for match in LEADER.finditer(piece, 24) if _length(piece, match.start())]
        if later and not _length(piece, 0):
            yield piece[: later[-1]]
            piece = piece[later[-1] :]
        yield piece


def _length(piece: bytes, start: int) -> bool:
    """Does the leader at `start` say how long the rest of the piece is?"""
    stated = piece[start : start + 5]
    return stated.isdigit() and int(stated) == len(piece) - start + len(END_OF_RECORD)


def _decoded(number: int, chunk: bytes) -> Reading:
    control_number = _control_number(chunk)
    if not LEADER.match(chunk):
        return Reading(number, control_number, reason=_("There is no MARC leader at its beginning."))
    if not _length(chunk, 0):
        reason = _("Its leader says %(stated)s bytes, but it has %(real)s: it was cut off or changed.")
        sizes = {"stated": int(chunk[:5]), "real": len(chunk) + len(END_OF_RECORD)}
        return Reading(number, control_number, reason=reason % sizes)
    if not _directory_is_right(chunk):
        return Reading(number, control_number, reason=_("Its directory of fields is damaged."))
    try:
        record = pymarc.Record(
            data=chunk + END_OF_RECORD, force_utf8=_is_utf8(chunk), hide_utf8_warnings=True
        )
    except UnicodeDecodeError:
        return Reading(
            number, control_number, reason=_("Its letters are not in the character set it states.")
        )
    except (PymarcException, ValueError, LookupError):
        return Reading(number, control_number, reason=_("Its directory of fields is damaged."))
    return Reading(number, _first(record), record)


def _directory_is_right(chunk: bytes) -> bool:
    """Does every entry name one whole field? pymarc would cut fields wherever the directory says."""
    base = int(chunk[12:17])
    directory = chunk[24 : base - 1]
    for start in range(0, len(directory), 12):
        entry = directory[start : start + 12]
        if len(entry) < 12 or not entry[3:].isdigit():
            return False
        end = base + int(entry[7:]) + int(entry[3:7]) - 1
        if chunk.find(END_OF_FIELD, base + int(entry[7:])) != end:
            return False
    return chunk[base - 1 : base] == END_OF_FIELD


def _is_utf8(chunk: bytes) -> bool:
    """Letters that are good UTF-8 are UTF-8, whatever the leader says: MARC-8 puts marks before letters, which is
    never good UTF-8."""
    if chunk.isascii():
        return False
    try:
        chunk.decode()
    except UnicodeDecodeError:
        return False
    return True


def _control_number(chunk: bytes) -> str:
    """Field 001 of a record that may be broken, found by the directory; "" when that is damaged as well."""
    base = chunk[12:17]
    for start in range(24, len(chunk) - 12, 12):
        entry = chunk[start : start + 12]
        if not entry.isdigit():
            break
        if entry[:3] == b"001" and base.isdigit():
            begin = int(base) + int(entry[7:])
            return chunk[begin : begin + int(entry[3:7]) - 1].decode("ascii", "replace").strip()
    return ""


def _first(record: pymarc.Record) -> str:
    fields = record.get_fields(CONTROL_NUMBER)
    return (fields[0].data or "").strip() if fields else ""


def _is_record(element: etree._Element) -> bool:
    """Answers of OAI-PMH and SRU have elements of that name too, with other things in them."""
    if local(element.tag) != "record":
        return False
    inside = {local(child.tag) for child in element}
    return bool(inside & {"leader", "controlfield", "datafield"}) or element.tag == f"{{{NAMESPACE}}}record"


def _from_xml(number: int, element: etree._Element) -> Reading:
    """A leader of another length is taken as far as it goes: in XML nothing is counted by it."""
    record = pymarc.Record()
    for child in element:
        name, tag = local(child.tag), child.get("tag", "")
        if name == "leader":
            record.leader = pymarc.Leader(f"{child.text or '':24.24}")
        elif name in ("controlfield", "datafield"):
            if not re.fullmatch("[0-9A-Za-z]{3}", tag):
                reason = _("A field has no number of three characters (line %(line)s).")
                return Reading(number, _first(record), reason=reason % {"line": child.sourceline})
            record.add_field(_field_from_xml(name, tag, child))
    if not record.fields:
        return Reading(number, reason=_("There are no fields in it."))
    return Reading(number, _first(record), record)


def _field_from_xml(name: str, tag: str, element: etree._Element) -> pymarc.Field:
    if name == "controlfield":
        return pymarc.Field(tag=tag, data=element.text or "")
    subfields = [
        pymarc.Subfield(code=child.get("code", ""), value=child.text or "")
        for child in element
        if local(child.tag) == "subfield"
    ]
    indicators = (element.get(name, " ")[:1] or " " for name in ("ind1", "ind2"))
    return pymarc.Field(tag=tag, indicators=pymarc.Indicators(*indicators), subfields=subfields)


def _encoded(record: pymarc.Record) -> bytes:
    for field in record.fields:
        if len(field.as_marc("utf-8")) > LONGEST_FIELD:
            raise ValueError(f"Field {field.tag} is longer than {LONGEST_FIELD} bytes.")
    data = record.as_marc()
    if len(data) > LONGEST_RECORD:
        raise ValueError(f"The record is longer than {LONGEST_RECORD} bytes.")
    return data


def _to_xml(record: pymarc.Record) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}record", nsmap={None: NAMESPACE})
    _child(element, "leader", str(record.leader))
    for field in record.fields:
        if field.control_field:
            _child(element, "controlfield", field.data or "", tag=field.tag)
            continue
        first, second = field.indicators
        data = _child(element, "datafield", "", tag=field.tag, ind1=first, ind2=second)
        for subfield in field.subfields:
            _child(data, "subfield", subfield.value, code=subfield.code)
    return element


def _child(parent: etree._Element, name: str, text: str, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    child.text = clean(text) or None
    return child
