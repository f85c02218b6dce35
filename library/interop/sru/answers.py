"""Answers of an SRU server as XML, in the binding of 1.1 and 1.2 or in that of 2.0. Pure.

Whatever was asked, an answer is well-formed: what XML cannot hold is left out of the echo of a request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ..xml_text import fit_for_xml
from .diagnostics import Diagnostic
from .requests import Operation, Request

FACETED = "http://docs.oasis-open.org/ns/search-ws/facetedResults"
ZEEREX = "http://explain.z3950.org/dtd/2.0/"
DC_SCHEMA = "info:srw/schema/1/dc-schema"
DC_ELEMENTS = "http://purl.org/dc/elements/1.1/"
EXACT_COUNT = "info:srw/vocabulary/resultCountPrecision/1/exact"
ECHO = (  # in the order of the schema
    "version",
    "query",
    "startRecord",
    "maximumRecords",
    "recordPacking",
    "recordXMLEscaping",
    "recordSchema",
    "resultSetTTL",
    "sortKeys",
    "facetLimit",
)


@dataclass(frozen=True, slots=True)
class Binding:
    namespace: str
    diagnostics: str
    escaping: str  # the element that says how a record is written

    def tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"


ONE = Binding("http://www.loc.gov/zing/srw/", "http://www.loc.gov/zing/srw/diagnostic/", "recordPacking")
TWO = Binding(
    "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    "recordXMLEscaping",
)


@dataclass(frozen=True, slots=True)
class Results:
    """A page: `records` (identifier, XML) from the position the request names; `count` all that match; `facets`
    {index: [(term, number of records)]}."""

    count: int
    records: Sequence[tuple[str, etree._Element]] = ()
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


def search_answer(request: Request, results: Results) -> bytes:
    binding = _binding(request.version)
    root = _root(binding, "searchRetrieveResponse", request.version)
    _child(root, binding.tag("numberOfRecords"), str(results.count))
    if results.records:
        records = _child(root, binding.tag("records"))
        for position, (identifier, record) in enumerate(results.records, start=request.start):
            _record(records, binding, request, record, identifier=identifier, position=position)
    behind = request.start + len(results.records)
    if results.records and behind <= results.count:
        _child(root, binding.tag("nextRecordPosition"), str(behind))
    _echo(root, binding, "echoedSearchRetrieveRequest", request.given)
    if binding is TWO:
        _child(root, binding.tag("resultCountPrecision"), EXACT_COUNT)
        _facets(root, binding, results.facets)
    return _written(root)


def explain_answer(request: Request, explanation: etree._Element) -> bytes:
    binding = _binding(request.version)
    root = _root(binding, "explainResponse", request.version)
    _record(root, binding, request, explanation, schema=ZEEREX)
    return _written(root)


def refusal(operation: Operation, version: str, given: Mapping[str, str], diagnostic: Diagnostic) -> bytes:
    """The answer to a request that cannot be answered."""
    binding = _binding(version)
    searched = operation is Operation.SEARCH
    root = _root(binding, "searchRetrieveResponse" if searched else "explainResponse", version)
    if searched:
        _child(root, binding.tag("numberOfRecords"), "0")
        _echo(root, binding, "echoedSearchRetrieveRequest", given)
    told = _child(
        _child(root, binding.tag("diagnostics")),
        f"{{{binding.diagnostics}}}diagnostic",
        diag=binding.diagnostics,
    )
    _child(told, f"{{{binding.diagnostics}}}uri", diagnostic.uri)
    if diagnostic.details:
        _child(told, f"{{{binding.diagnostics}}}details", diagnostic.details)
    _child(told, f"{{{binding.diagnostics}}}message", diagnostic.message)
    return _written(root)


def wrapped_dublin_core(described: etree._Element) -> etree._Element:
    """The elements in `described` below the root that the schema "dc" of SRU asks for."""
    root = etree.Element(f"{{{DC_SCHEMA}}}dc", nsmap={"srw_dc": DC_SCHEMA, "dc": DC_ELEMENTS})
    root.extend(list(described))
    etree.cleanup_namespaces(root)
    return root


def _binding(version: str) -> Binding:
    return TWO if version == "2.0" else ONE


def _root(binding: Binding, name: str, version: str) -> etree._Element:
    root = etree.Element(binding.tag(name), nsmap={None: binding.namespace})
    _child(root, binding.tag("version"), version)
    return root


def _record(
    parent: etree._Element,
    binding: Binding,
    request: Request,
    data: etree._Element,
    *,
    schema: str = "",
    identifier: str = "",
    position: int = 0,
) -> None:
    record = _child(parent, binding.tag("record"))
    _child(record, binding.tag("recordSchema"), schema or request.schema.identifier)
    _child(record, binding.tag(binding.escaping), "string" if request.escaped else "xml")
    holder = _child(record, binding.tag("recordData"))
    if request.escaped:
        holder.text = etree.tostring(data, encoding="unicode")
    else:
        holder.append(data)
    if identifier and request.version != "1.1":
        _child(record, binding.tag("recordIdentifier"), identifier)
    if position:
        _child(record, binding.tag("recordPosition"), str(position))


def _echo(root: etree._Element, binding: Binding, name: str, given: Mapping[str, str]) -> None:
    echo = _child(root, binding.tag(name))
    for parameter in ECHO:
        if parameter in given:
            _child(echo, binding.tag(parameter), given[parameter])


def _facets(root: etree._Element, binding: Binding, facets: Mapping[str, Sequence[tuple[str, int]]]) -> None:
    if not facets:
        return
    holder = _child(root, binding.tag("facetedResults"), facet=FACETED)
    for index, terms in facets.items():
        facet = _child(holder, f"{{{FACETED}}}facet")
        _child(facet, f"{{{FACETED}}}index", index)
        listed = _child(facet, f"{{{FACETED}}}terms")
        for term, number in terms:
            entry = _child(listed, f"{{{FACETED}}}term")
            _child(entry, f"{{{FACETED}}}actualTerm", term)
            _child(entry, f"{{{FACETED}}}count", str(number))


def _child(parent: etree._Element, tag: str, text: str = "", **prefixes: str) -> etree._Element:
    """`prefixes`: of namespaces that begin here."""
    child = etree.SubElement(parent, tag, nsmap=prefixes or None)
    child.text = fit_for_xml(text) or None
    return child


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
