"""Answers of OAI-PMH 2.0 as text. Pure: texts of records come in as they are kept, compressed, and are not parsed again."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from .. import moments
from ..xml_text import attributes, element, wrapped
from .requests import FORMATS, OaiError
from .tokens import Token

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ROOT = {
    "xmlns": NAMESPACE,
    "xmlns:xsi": INSTANCE,
    "xsi:schemaLocation": f"{NAMESPACE} {NAMESPACE}OAI-PMH.xsd",
}
MEDIA_TYPE = "text/xml; charset=UTF-8"
GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"

utc = lru_cache(maxsize=1024)(moments.utc)  # records that were written together have the same datestamp


class Row(Protocol):
    """A record as it is kept: `text` compressed, None for a tombstone."""

    number: int
    datestamp: datetime
    deleted: bool
    sets: Sequence[str]
    text: bytes | None


@dataclass(frozen=True, slots=True)
class Repository:
    """What Identify tells. `identifier`: the domain of `oai:<domain>:<number>`; `metadata_licence`: an address, "" for none;
    `friends`: base URLs of other repositories."""

    name: str
    base_url: str
    email: str
    identifier: str
    earliest: datetime
    metadata_licence: str = ""
    friends: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ListEnd:
    """What stands behind a page of a list. `token` None: it was the last page."""

    token: Token | None
    cursor: int
    size: int


def document(base_url: str, response_date: datetime, arguments: Mapping[str, str], body: str) -> bytes:
    """`arguments`: those that are echoed."""
    request = element("request", base_url, **arguments)
    answer = wrapped("OAI-PMH", element("responseDate", utc(response_date)), request, body, **ROOT)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{answer}\n'.encode()


def error(problem: OaiError) -> str:
    return element("error", str(problem), code=problem.code)


def identify(about: Repository) -> str:
    return wrapped(
        "Identify",
        element("repositoryName", about.name),
        element("baseURL", about.base_url),
        element("protocolVersion", "2.0"),
        element("adminEmail", about.email),
        element("earliestDatestamp", utc(about.earliest)),
        element("deletedRecord", "persistent"),
        element("granularity", GRANULARITY),
        element("compression", "gzip"),
        _identifier_scheme(about),
        _rights(about.metadata_licence) if about.metadata_licence else "",
        _friends(about.friends) if about.friends else "",
    )


def metadata_formats() -> str:
    formats = (
        wrapped(
            "metadataFormat",
            element("metadataPrefix", each.prefix),
            element("schema", each.schema),
            element("metadataNamespace", each.namespace),
        )
        for each in FORMATS.values()
    )
    return wrapped("ListMetadataFormats", *formats)


def sets(names: Iterable[tuple[str, str]]) -> str:
    """(spec, name) of each."""
    return wrapped(
        "ListSets",
        *(wrapped("set", element("setSpec", spec), element("setName", name)) for spec, name in names),
    )


def get_record(row: Row, repository: str) -> str:
    return f"<GetRecord>{_record(row, repository)}</GetRecord>"


def records(rows: Iterable[Row], repository: str, end: ListEnd) -> str:
    inside = "".join([_record(row, repository) for row in rows])
    return f"<ListRecords>{inside}{_resumption(end)}</ListRecords>"


def identifiers(rows: Iterable[Row], repository: str, end: ListEnd) -> str:
    inside = "".join([_header(row, repository) for row in rows])
    return f"<ListIdentifiers>{inside}{_resumption(end)}</ListIdentifiers>"


def _record(row: Row, repository: str) -> str:
    if row.text is None:
        return f"<record>{_header(row, repository)}</record>"
    text = zlib.decompress(row.text).decode()
    return f"<record>{_header(row, repository)}<metadata>{text}</metadata></record>"


def _header(row: Row, repository: str) -> str:
    """Nothing in it has characters that XML would mind."""
    status = ' status="deleted"' if row.deleted else ""
    specs = "".join([f"<setSpec>{spec}</setSpec>" for spec in row.sets])
    return (
        f"<header{status}><identifier>oai:{repository}:{row.number}</identifier>"
        f"<datestamp>{utc(row.datestamp)}</datestamp>{specs}</header>"
    )


def _resumption(end: ListEnd) -> str:
    """A list that one page holds needs none; the last page of several has an empty one."""
    numbers = f' completeListSize="{end.size}" cursor="{end.cursor}"'
    if end.token:
        expires = f' expirationDate="{utc(end.token.expires)}"'
        return f"<resumptionToken{expires}{numbers}>{end.token.text}</resumptionToken>"
    return f"<resumptionToken{numbers}/>" if end.cursor else ""


def _description(name: str, namespace: str, schema: str, *inside: str, **given: str) -> str:
    location = f"{namespace} {NAMESPACE}{schema}"
    declared = {"xmlns": namespace, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": location}
    return wrapped("description", wrapped(name, *inside, **declared, **given))


def _identifier_scheme(about: Repository) -> str:
    return _description(
        "oai-identifier",
        f"{NAMESPACE}oai-identifier",
        "oai-identifier.xsd",
        element("scheme", "oai"),
        element("repositoryIdentifier", about.identifier),
        element("delimiter", ":"),
        element("sampleIdentifier", f"oai:{about.identifier}:1"),
    )


def _rights(licence: str) -> str:
    """Of the records, not of what they describe."""
    reference = f"<rightsReference{attributes({'ref': licence})}/>"
    return _description(
        "rightsManifest",
        f"{NAMESPACE}rights/",
        "rightsManifest.xsd",
        wrapped("rights", reference),
        appliesTo=f"{NAMESPACE}entity#metadata",
    )


def _friends(addresses: Sequence[str]) -> str:
    inside = [element("baseURL", address) for address in addresses]
    return _description("friends", f"{NAMESPACE}friends/", "friends.xsd", *inside)
