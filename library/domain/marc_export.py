"""Resources as MARC records, for other libraries."""

from collections.abc import Callable, Iterable, Iterator

import pymarc

from ..interop import marc
from ..interop.to_marc import write_description
from ..models import Resource
from .description import describe
from .holding import holding_of

BATCH = 500


def marc_records(
    resources: Iterable[Resource], address_of: Callable[[Resource], str]
) -> Iterator[pymarc.Record]:
    """`resources` with what stands below them (`description.RELATED`) read; `address_of` gives the whole address of a
    resource's page."""
    for resource in resources:
        yield write_description(describe(resource), holding_of(resource, address_of(resource)))


def as_marc21(records: Iterable[pymarc.Record]) -> Iterator[bytes]:
    """ISO 2709, a record at a time. One that is longer than the format allows loses the end of its abstract."""
    for record in records:
        yield _fitted(record)


def as_marcxml(records: Iterable[pymarc.Record]) -> Iterator[bytes]:
    """One collection, a record at a time."""
    start, end = marc.write_xml([]).rsplit(b"/>", 1)[0] + b">\n", b"</collection>\n"
    yield start
    for record in records:
        yield marc.record_as_xml(record)
    yield end


def _fitted(record: pymarc.Record) -> bytes:
    while True:
        try:
            return marc.write([record])
        except ValueError:
            abstracts = record.get_fields("520")
            if not abstracts:
                raise
            record.remove_field(abstracts[-1])
