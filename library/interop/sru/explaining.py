"""What this server can do, as a ZeeRex record (explain, NISO Z39.92). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from portal.web.outbound import place_of

from ..moments import utc
from ..xml_text import fit_for_xml
from .answers import ZEEREX
from .indexes import CONTEXT_SETS, INDEXES, SERVER_CHOICE, Index
from .requests import DEFAULT_RECORDS, MARCXML, MOST_RECORDS, SCHEMAS, Schema


@dataclass(frozen=True, slots=True)
class Database:
    """Who speaks: `address` is the whole one of this server; `changed` when its description last changed."""

    address: str
    title: str
    description: str
    contact: str
    changed: datetime | None = None
    language: str = "vi"


def explanation(database: Database, version: str) -> etree._Element:
    root = etree.Element(_tag("explain"), nsmap={None: ZEEREX}, authoritative="true")
    _server(root, database, version)
    about = _child(root, "databaseInfo")
    _child(about, "title", database.title, lang=database.language, primary="true")
    _child(about, "description", database.description, lang=database.language, primary="true")
    if database.contact:
        _child(about, "contact", database.contact)
    if database.changed:
        _child(_child(root, "metaInfo"), "dateModified", utc(database.changed))
    _indexes(root, database.language)
    _schemas(_child(root, "schemaInfo"), SCHEMAS, database.language)
    _settings(_child(root, "configInfo"))
    return root


def _server(root: etree._Element, database: Database, version: str) -> None:
    parts, (host, port) = urlsplit(database.address), place_of(database.address)
    transport = {"protocol": "SRU", "version": version, "transport": parts.scheme, "method": "GET POST"}
    server = _child(root, "serverInfo", **transport)
    _child(server, "host", host)
    _child(server, "port", str(port))
    _child(server, "database", parts.path.lstrip("/"))


def _indexes(root: etree._Element, language: str) -> None:
    holder = _child(root, "indexInfo")
    for name, identifier in CONTEXT_SETS.items():
        _child(holder, "set", name=name, identifier=identifier)
    for index in INDEXES:
        _index(holder, index, language)


def _index(holder: etree._Element, index: Index, language: str) -> None:
    element = _child(holder, "index", search="true", scan="false", sort="true" if index.sortable else "false")
    _child(element, "title", str(index.title), lang=language)
    _child(_child(element, "map"), "name", index.name, set=index.context)
    settings = _child(element, "configInfo")
    for relation in index.relations:
        _child(settings, "supports", relation, type="relation")


def _schemas(holder: etree._Element, schemas: Sequence[Schema], language: str) -> None:
    for schema in schemas:
        element = _child(
            holder,
            "schema",
            identifier=schema.identifier,
            location=schema.location,
            name=schema.name,
            retrieve="true",
            sort="false",
        )
        _child(element, "title", schema.title, lang=language)


def _settings(holder: etree._Element) -> None:
    _child(holder, "default", str(DEFAULT_RECORDS), type="numberOfRecords")
    _child(holder, "default", SERVER_CHOICE.context, type="contextSet")
    _child(holder, "default", SERVER_CHOICE.full_name, type="index")
    _child(holder, "default", "all", type="relation")
    _child(holder, "default", MARCXML.name, type="retrieveSchema")
    _child(holder, "setting", str(MOST_RECORDS), type="maximumRecords")
    _child(
        holder, "supports", "sort", type="sort"
    )  # what is not named (masking, proximity, scan ...) is not supported


def _child(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    child = etree.SubElement(
        parent, _tag(name), {each: fit_for_xml(value) for each, value in attributes.items()}
    )
    child.text = fit_for_xml(text) or None
    return child


def _tag(name: str) -> str:
    return f"{{{ZEEREX}}}{name}"
