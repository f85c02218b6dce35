"""Answers of an SRU server as XML, in the binding of 1.1 and 1.2 or in that of 2.0. Pure.

Whatever was asked, an answer is well-formed: what XML cannot hold is left out of the echo of a request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ..xml_text import fit_for_xml
from .diagnostics import Diagnostic
from .requests import Request

FACETED = "http://docs.oasis-open.org/ns/search-ws/facetedResults"
ZEEREX = "http://explain.z3950.org/dtd/2.0/"
DC_SCHEMA = "info:srw/schema/1/dc-schema"
DC_ELEMENTS = "http://purl.org/dc/elements/1.1/"
EXACT_COUNT = "info:srw/vocabulary/resultCountPrecision/1/exact"
FACET_LIMIT = "facetLimit"


@dataclass(frozen=True, slots=True)
class Binding:
    """`escaping`: the element that says how a record is written; `echo`: the parameters that an answer repeats, in the
    order of the schema."""

    namespace: str
    diagnostics: str
    escaping: str
    echo: Sequence[str]

    def tag(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"


ONE = Binding(
    "http://www.loc.gov/zing/srw/",
    "http://www.loc.gov/zing/srw/diagnostic/",
    "recordPacking",
    (
        "version",
        "query",
        "startRecord",
        "maximumRecords",
        "recordPacking",
        "recordSchema",
        "resultSetTTL",
        "sortKeys",
    ),
)
TWO = Binding(
    "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    "recordXMLEscaping",
    (
        "version",
        "queryType",
        "query",
        "startRecord",
        "maximumRecords",
        "recordXMLEscaping",
        "recordPacking",
        "recordSchema",
        FACET_LIMIT,
        "resultSetTTL",
        "sortKeys",
        "renderedBy",
        "httpAccept",
        "responseType",
    ),
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
    _echo(root, binding, request.given)
    if binding is TWO:
        _child(root, binding.tag("resultCountPrecision"), EXACT_COUNT)
        _facets(root, binding, results.facets)
    return _written(root)


def explain_answer(
    request: Request, explanation: etree._Element, diagnostic: Diagnostic | None = None
) -> bytes:
    """With the `diagnostic` of a request that cannot be answered: by the schema, what the server can do is always told."""
    binding = _binding(request.version)
    root = _root(binding, "explainResponse", request.version)
    _record(root, binding, request, explanation, schema=ZEEREX)
    if diagnostic:
        _diagnostic(root, binding, diagnostic)
    return _written(root)


def search_refusal(request: Request, diagnostic: Diagnostic) -> bytes:
    """The answer to a search that cannot be done."""
    binding = _binding(request.version)
    root = _root(binding, "searchRetrieveResponse", request.version)
    _child(root, binding.tag("numberOfRecords"), "0")
    _echo(root, binding, request.given)
    _diagnostic(root, binding, diagnostic)
    return _written(root)


def _diagnostic(root: etree._Element, binding: Binding, diagnostic: Diagnostic) -> None:
    told = _child(
        _child(root, binding.tag("diagnostics")),
        f"{{{binding.diagnostics}}}diagnostic",
        diag=binding.diagnostics,
    )
    _child(told, f"{{{binding.diagnostics}}}uri", diagnostic.uri)
    if diagnostic.details:
        _child(told, f"{{{binding.diagnostics}}}details", diagnostic.details)
    _child(told, f"{{{binding.diagnostics}}}message", diagnostic.message)


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
    if identifier and request.version == "1.2":  # neither the schema of 1.1 nor that of 2.0 has it
        _child(record, binding.tag("recordIdentifier"), identifier)
    if position:
        _child(record, binding.tag("recordPosition"), str(position))


def _echo(root: etree._Element, binding: Binding, given: Mapping[str, str]) -> None:
    echo = _child(root, binding.tag("echoedSearchRetrieveRequest"))
    for parameter in binding.echo:
        if parameter in given:
            element, text = parameter, given[parameter]
            if parameter == FACET_LIMIT:  # all that concerns facets stands in one element, as it was asked
                element, text = "facetParameters", f"{FACET_LIMIT}={text}"
            _child(echo, binding.tag(element), text)


def _facets(root: etree._Element, binding: Binding, facets: Mapping[str, Sequence[tuple[str, int]]]) -> None:
    """Those that have terms: the schema knows no empty ones."""
    counted = {index: terms for index, terms in facets.items() if terms}
    if not counted:
        return
    holder = _child(root, binding.tag("facetedResults"), facet=FACETED)
    for index, terms in counted.items():
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
