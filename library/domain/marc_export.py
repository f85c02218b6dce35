"""Resources as MARC records, for other libraries."""

from collections.abc import Callable, Iterable, Iterator

import pymarc

from ..enums import Audience, Kind, Level
from ..interop import marc
from ..interop.to_marc import Holding, write_description
from ..models import Resource
from .description import describe

BATCH = 500


def marc_records(
    resources: Iterable[Resource], address_of: Callable[[Resource], str]
) -> Iterator[pymarc.Record]:
    """`resources` with what stands below them (`description.RELATED`) read; `address_of` gives the whole address of a
    resource's page."""
    for resource in resources:
        yield write_description(describe(resource), _holding(resource, address_of(resource)))


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


def _holding(resource: Resource, address: str) -> Holding:
    return Holding(
        number=resource.pk,
        address=address,
        created=resource.created_at,
        changed=resource.updated_at,
        subjects=[each.subject.name for each in resource.classifications.all()],
        kind=str(Kind(resource.kind).label),
        level=str(Level(resource.level).label) if resource.level else "",
        audience=str(Audience(resource.audience).label),
    )
