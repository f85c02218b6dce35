"""Are we a repository as OAI-PMH 2.0 asks? Every verb, every format, pages one after the other, and the errors."""

import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from django.utils.translation import gettext as _

from ..oai.harvest import OaiReader
from ..page import SourceSettings
from .visiting import Inspection, Visitor, harvested, need

PART = "OAI-PMH"
PATH = "/oai"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
OAI = f"{{{NAMESPACE}}}"
FORMATS = {
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "marc21": "http://www.loc.gov/MARC21/slim",
    "oai_lom": "http://ltsc.ieee.org/xsd/LOM",
}
SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
OF_IDENTIFY = (
    "repositoryName",
    "baseURL",
    "protocolVersion",
    "adminEmail",
    "earliestDatestamp",
    "deletedRecord",
    "granularity",
)
NO_SUCH_RECORD = "oai:example.invalid:0"
ERRORS = (
    ({"verb": "Nothing"}, "badVerb"),
    ({}, "badVerb"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "Identify", "set": "a"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "nothing"}, "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": NO_SUCH_RECORD}, "idDoesNotExist"),
    ({"verb": "ListRecords", "resumptionToken": "nothing"}, "badResumptionToken"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1900-01-01"}, "noRecordsMatch"),
)


def inspections(visitor: Visitor) -> Iterator[Inspection]:
    yield "Identify", partial(_identify, visitor)
    yield "ListMetadataFormats", partial(_formats, visitor)
    yield "ListSets", partial(_sets, visitor)
    yield "ListIdentifiers", partial(_identifiers, visitor)
    yield "GetRecord", partial(_get_record, visitor)
    for prefix in FORMATS:
        yield f"ListRecords {prefix}", partial(_records, visitor, prefix)
    yield _("Errors"), partial(_errors, visitor)


def _ask(visitor: Visitor, **arguments: object) -> etree._Element:
    """The root of an answer that has all that every answer must have."""
    root, fetched = visitor.xml(PATH, f"{OAI}OAI-PMH", **arguments)
    need(
        fetched.media_type == "text/xml",
        _("The media type is %(type)s and not text/xml."),
        type=fetched.media_type,
    )
    stamp = root.findtext(f"{OAI}responseDate") or ""
    need(SECONDS.fullmatch(stamp), _("The answer does not say when it was given."))
    need(
        root.findtext(f"{OAI}request") == visitor.address(PATH),
        _("The answer does not name the address that was asked."),
    )
    return root


def _body(visitor: Visitor, **arguments: object) -> etree._Element:
    root = _ask(visitor, **arguments)
    error = root.find(f"{OAI}error")
    need(
        error is None,
        _("It answers with the error %(code)s."),
        code=error.get("code") if error is not None else "",
    )
    body = root.find(f"{OAI}{arguments['verb']}")
    need(body is not None, _("The answer lacks the element %(name)s."), name=arguments["verb"])
    return body


def _identify(visitor: Visitor) -> str:
    body = _body(visitor, verb="Identify")
    said = {name: body.findtext(f"{OAI}{name}") or "" for name in OF_IDENTIFY}
    for name, value in said.items():
        need(value, _("The answer lacks the element %(name)s."), name=name)
    need(
        said["baseURL"] == visitor.address(PATH), _("The base URL it tells is %(url)s."), url=said["baseURL"]
    )
    need(said["protocolVersion"] == "2.0", _("It is not version 2.0."))
    need(
        SECONDS.fullmatch(said["earliestDatestamp"]),
        _("The datestamp %(stamp)s has another form."),
        stamp=said["earliestDatestamp"],
    )
    return _("%(name)s; deletions: %(deletions)s.") % {
        "name": said["repositoryName"],
        "deletions": said["deletedRecord"],
    }


def _formats(visitor: Visitor) -> str:
    body = _body(visitor, verb="ListMetadataFormats")
    found = {
        each.findtext(f"{OAI}metadataPrefix"): each.findtext(f"{OAI}metadataNamespace")
        for each in body.iterfind(f"{OAI}metadataFormat")
    }
    for prefix, namespace in FORMATS.items():
        need(found.get(prefix) == namespace, _("The format %(prefix)s is missing."), prefix=prefix)
    return ", ".join(map(str, found))


def _sets(visitor: Visitor) -> str:
    root = _ask(visitor, verb="ListSets")
    specs = [each.text or "" for each in root.iter(f"{OAI}setSpec")]
    for spec in specs:
        need(SPEC.fullmatch(spec), _("The set %(spec)s has letters that are not allowed."), spec=spec)
    need(len(specs) == len(set(specs)), _("A set stands twice in the list."))
    return _("%(number)s sets.") % {"number": len(specs)}


def _header(header: etree._Element) -> tuple[str, str]:
    identifier, stamp = (header.findtext(f"{OAI}{name}") or "" for name in ("identifier", "datestamp"))
    need(identifier, _("A record has no identifier."))
    need(SECONDS.fullmatch(stamp), _("The datestamp %(stamp)s has another form."), stamp=stamp)
    return identifier, stamp


def _identifiers(visitor: Visitor) -> str:
    root = _ask(visitor, verb="ListIdentifiers", metadataPrefix="oai_dc")
    headers = [_header(each) for each in root.iter(f"{OAI}header")]
    if not headers:
        return _no_records(root)
    stamps = [stamp for _identifier, stamp in headers]
    need(stamps == sorted(stamps), _("The records do not stand in the order of their datestamps."))
    token = root.find(f".//{OAI}resumptionToken")
    total = token.get("completeListSize", "") if token is not None else ""
    return _("%(number)s on the first page, %(total)s in all.") % {
        "number": len(headers),
        "total": total or len(headers),
    }


def _get_record(visitor: Visitor) -> str:
    """The first one that is not deleted, in each format; and its own second must find it again."""
    root = _ask(visitor, verb="ListIdentifiers", metadataPrefix="oai_dc")
    live = next((each for each in root.iter(f"{OAI}header") if each.get("status") != "deleted"), None)
    if live is None:
        return _no_records(root)
    identifier, stamp = _header(live)
    for prefix, namespace in FORMATS.items():
        body = _body(visitor, verb="GetRecord", metadataPrefix=prefix, identifier=identifier)
        inside = body.find(f"{OAI}record/{OAI}metadata/*")
        need(inside is not None, _("The record has no content in the format %(prefix)s."), prefix=prefix)
        need(
            etree.QName(inside).namespace == namespace,
            _("The record is not in the namespace of %(prefix)s."),
            prefix=prefix,
        )
    again = _body(visitor, verb="ListIdentifiers", metadataPrefix="oai_dc", **{"from": stamp, "until": stamp})
    found = [each.text for each in again.iter(f"{OAI}identifier")]
    need(identifier in found, _("The record is not found by its own datestamp."))
    return _("%(identifier)s is given in each format.") % {"identifier": identifier}


def _no_records(root: etree._Element) -> str:
    error = root.find(f"{OAI}error")
    need(
        error is not None and error.get("code") == "noRecordsMatch",
        _("An empty list is not told as noRecordsMatch."),
    )
    return _("There are no records yet.")


def _records(visitor: Visitor, prefix: str) -> str:
    reader = OaiReader(SourceSettings(url=visitor.address(PATH), prefix=prefix), visitor.fetcher)
    records, last = harvested(reader.pages())
    total, number = last.total if last else None, len(records)
    if last and last.next is not None:
        return _("%(number)s of %(total)s records read.") % {"number": number, "total": total or "?"}
    need(
        total in (None, number),
        _("%(total)s records are announced, %(number)s come."),
        total=total,
        number=number,
    )
    visitor.counted[PART] = sum(not each.deleted for each in records)
    return _("All %(number)s records read.") % {"number": number}


def _errors(visitor: Visitor) -> str:
    for arguments, code in ERRORS:
        codes = [each.get("code") for each in _ask(visitor, **arguments).iterfind(f"{OAI}error")]
        need(code in codes, _("The error %(code)s is not told."), code=code)
    return _("Each of %(number)s wrong requests is told what is wrong with it.") % {"number": len(ERRORS)}
