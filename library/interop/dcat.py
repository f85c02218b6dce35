"""A catalogue of open data as DCAT 3 writes it (W3C Recommendation, 22 August 2024), as JSON-LD and as RDF/XML. Pure.

One tree of things gives both, so they say the same.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
}


@dataclass(frozen=True, slots=True)
class Link:
    address: str


@dataclass(frozen=True, slots=True)
class Text:
    """With a `language` (BCP 47), or a `datatype` such as "xsd:dateTime", or neither."""

    text: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """`kind` "dcat:Dataset"; `address` "" for one without a name of its own; `values` {"dct:title": [...]}."""

    kind: str
    values: Mapping[str, Sequence["Link | Text | Thing"]]
    address: str = ""


def json_ld(thing: Thing) -> bytes:
    data = {"@context": {name: NAMESPACES[name] for name in NAMESPACES if name != "rdf"}, **_node(thing)}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _node(value: Link | Text | Thing) -> dict[str, Any]:
    match value:
        case Link():
            return {"@id": value.address}
        case Text():
            kind = {"@language": value.language} if value.language else {}
            kind |= {"@type": value.datatype} if value.datatype else {}
            return {"@value": value.text, **kind}
        case Thing():
            name = {"@id": value.address} if value.address else {}
            values = {
                key: [_node(each) for each in several] for key, several in value.values.items() if several
            }
            return {**name, "@type": value.kind, **values}


def rdf_xml(thing: Thing) -> bytes:
    root = etree.Element(_name("rdf:RDF"), nsmap=NAMESPACES)
    root.append(_element(thing))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _element(thing: Thing) -> etree._Element:
    element = etree.Element(_name(thing.kind))
    if thing.address:
        element.set(_name("rdf:about"), thing.address)
    for key, several in thing.values.items():
        for value in several:
            _set(etree.SubElement(element, _name(key)), value)
    return element


def _set(element: etree._Element, value: Link | Text | Thing) -> None:
    match value:
        case Link():
            element.set(_name("rdf:resource"), value.address)
        case Text():
            element.text = value.text
            if value.language:
                element.set("{http://www.w3.org/XML/1998/namespace}lang", value.language)
            if value.datatype:
                prefix, _colon, name = value.datatype.partition(":")
                element.set(_name("rdf:datatype"), NAMESPACES[prefix] + name)
        case Thing():
            element.append(_element(value))


def _name(curie: str) -> str:
    prefix, _colon, name = curie.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{name}"
