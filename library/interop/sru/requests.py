"""What a client of SRU 1.1, 1.2 or 2.0 asks for, read from the parameters of its request. Pure.

The version is the one that is named; without it a query alone is 2.0, which needs neither version nor operation, and an
operation is 1.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from . import cql
from .diagnostics import SruProblem

DEFAULT_RECORDS, MOST_RECORDS = 10, 100
LAST_START = 100_000  # further on lies what is harvested by OAI-PMH, not looked at
LONGEST_NUMBER = 9  # digits
VERSIONS = ("1.1", "1.2", "2.0")
QUERY_TYPES = {"cql": cql.parse, "searchTerms": cql.search_terms}
FACETS = ("dc.subject", "dc.language", "dc.date")
DEFAULT_FACET_TERMS, MOST_FACET_TERMS = 10, 100


class Operation(StrEnum):
    EXPLAIN = "explain"
    SEARCH = "searchRetrieve"


@dataclass(frozen=True, slots=True)
class Schema:
    name: str
    identifier: str
    title: str
    location: str


MARCXML = Schema(
    "marcxml",
    "info:srw/schema/1/marcxml-v1.1",
    "MARC21 (MARCXML)",
    "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
)
DC = Schema(
    "dc",
    "info:srw/schema/1/dc-v1.1",
    "Dublin Core",
    "http://www.loc.gov/standards/sru/resources/dc-schema.xsd",
)
SCHEMAS = (MARCXML, DC)
OTHER_NAMES = {
    "marc21": MARCXML,
    "http://www.loc.gov/MARC21/slim": MARCXML,
    "http://purl.org/dc/elements/1.1/": DC,
}
BY_NAME = {each.name: each for each in SCHEMAS} | {each.identifier: each for each in SCHEMAS} | OTHER_NAMES

EXPLAINING = {"operation", "version", "recordPacking", "stylesheet"}
SEARCHING = EXPLAINING | {"query", "startRecord", "maximumRecords", "recordSchema", "resultSetTTL"}
KNOWN = {
    "1.1": SEARCHING | {"sortKeys", "recordXPath"},
    "1.2": SEARCHING,
    "2.0": SEARCHING
    | {
        "sortKeys",
        "queryType",
        "recordXMLEscaping",
        "facetLimit",
        "httpAccept",
        "responseType",
        "renderedBy",
    },
}
EXTENSION = "x-"  # parameters of others, to be passed over


@dataclass(frozen=True, slots=True)
class Request:
    """`given`: the parameters as they came, for the echo; `escaped`: records come as text (recordPacking, in 2.0
    recordXMLEscaping "string"); `facets` {index: how many of its terms}."""

    operation: Operation
    version: str
    given: Mapping[str, str]
    query: cql.Query | None = None
    start: int = 1
    maximum: int = DEFAULT_RECORDS
    schema: Schema = MARCXML
    escaped: bool = False
    facets: Mapping[str, int] = field(default_factory=dict)


def as_it_came(parameters: Mapping[str, Sequence[str]]) -> Request:
    """The operation and the version in which to answer a request, be it a wrong one."""
    given = {name: values[-1] for name, values in parameters.items() if values}
    searches = given.get("operation") == Operation.SEARCH or ("operation" not in given and "query" in given)
    operation = Operation.SEARCH if searches else Operation.EXPLAIN
    version = given.get("version", "")
    if version not in VERSIONS:
        version = "2.0" if searches and "operation" not in given and not version else "1.2"
    return Request(operation, version, given)


def read(parameters: Mapping[str, Sequence[str]]) -> Request:
    """Raises SruProblem."""
    came = as_it_came(parameters)
    operation, version, given = came.operation, came.version, came.given
    _check_operation(given, operation)
    _check_names(parameters, version)
    if operation is Operation.EXPLAIN:
        return replace(came, escaped=_is_escaped(given, version))
    for name in ("version", "query") if version != "2.0" else ("query",):
        if not given.get(name, "").strip():
            raise SruProblem(7, name)
    query_type = given.get("queryType", "cql")
    if query_type not in QUERY_TYPES:
        raise SruProblem(11, query_type)
    return replace(
        came,
        query=_query(given),
        start=_start(given),
        maximum=min(_number(given, "maximumRecords", DEFAULT_RECORDS, least=0), MOST_RECORDS),
        schema=_schema(given.get("recordSchema", "")),
        escaped=_is_escaped(given, version),
        facets=_facets(given.get("facetLimit", "")),
    )


def _check_operation(given: Mapping[str, str], operation: Operation) -> None:
    if given.get("operation", operation) != operation:
        raise SruProblem(4, given["operation"])
    if given.get("version", "").strip() not in ("", *VERSIONS):
        raise SruProblem(5, VERSIONS[-1])


def _check_names(parameters: Mapping[str, Sequence[str]], version: str) -> None:
    for name, values in parameters.items():
        if name.startswith(EXTENSION):
            continue
        if name not in KNOWN[version]:
            raise SruProblem(8, name)
        if len(values) > 1:
            raise SruProblem(6, name)
    if parameters.get("stylesheet"):
        raise SruProblem(110, parameters["stylesheet"][0])
    if parameters.get("recordXPath"):
        raise SruProblem(72)


def _is_escaped(given: Mapping[str, str], version: str) -> bool:
    """In 2.0 recordPacking tells something else: whether records are packed as they are or unpacked for us to choose."""
    name, ways = ("recordPacking", ("xml", "string"))
    if version == "2.0":
        if given.get("recordPacking", "packed") not in ("packed", "unpacked"):
            raise SruProblem(71, given["recordPacking"])
        name = "recordXMLEscaping"
    way = given.get(name, "xml")
    if way not in ways:
        raise SruProblem(71, way)
    return way == "string"


def _number(given: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text) >= least):
        raise SruProblem(6, name)
    return int(text)


def _start(given: Mapping[str, str]) -> int:
    start = _number(given, "startRecord", 1, least=1)
    if start > LAST_START:
        raise SruProblem(61, LAST_START)
    return start


def _schema(name: str) -> Schema:
    if name and name not in BY_NAME:
        raise SruProblem(66, name)
    return BY_NAME[name] if name else MARCXML


def _query(given: Mapping[str, str]) -> cql.Query:
    """With the order that the parameter sortKeys asks for, unless the query has one itself."""
    query = QUERY_TYPES[given.get("queryType", "cql")](given["query"])
    keys = [_sort_key(text) for text in given.get("sortKeys", "").split()]
    return query if query.sort or not keys else cql.Query(query.root, cql.checked_sort(keys))


def _sort_key(text: str) -> cql.SortKey:
    """ "path,schema,ascending,case,missing": the path is the name of an index, the third part "0" for the other way round."""
    path, _schema_of_it, ascending, *_rest = [*text.split(","), "", ""]
    if ascending not in ("", "0", "1"):
        raise SruProblem(82, ascending)
    try:
        index = cql.find_index(path)
    except SruProblem as problem:
        raise SruProblem(88, path) from problem
    return cql.sort_key(index, descending=ascending == "0")


def _facets(text: str) -> dict[str, int]:
    """ "5": of each facet; "5:dc.subject,3:dc.date": of those."""
    limits: dict[str, int] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        number, colon, name = part.partition(":")
        limit = min(
            _number({"facetLimit": number}, "facetLimit", DEFAULT_FACET_TERMS, least=0), MOST_FACET_TERMS
        )
        names = [cql.find_index(name).full_name] if colon else FACETS
        if not set(names) <= set(FACETS):
            raise SruProblem(6, "facetLimit")
        limits |= dict.fromkeys(names, limit)
    return {name: limit for name, limit in limits.items() if limit}
