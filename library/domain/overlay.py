"""Where a librarian has corrected what a source says, and how to take the source's word again."""

from collections.abc import Mapping

from django.db import transaction

from ..models import Resource, SourceRecord
from .description import corrected
from .ingest import rewrite
from .wording import words_for


def leading_record(resource: Resource) -> SourceRecord | None:
    """The record that goes on describing the resource; one that we wrote ourselves has none."""
    return resource.records.filter(leading=True).first()


def corrections(resource: Resource) -> Mapping[str, str]:
    """{name: what the source says, in words} for everything that the catalogue says otherwise."""
    record = leading_record(resource)
    if record is None:
        return {}
    return {name: words_for(name, record.data[name]) for name in corrected(resource, record.data)}


@transaction.atomic
def take_from_source(resource: Resource, name: str) -> None:
    """The catalogue says again what the source does. Raises KeyError when the source does not speak of `name`."""
    record = leading_record(resource)
    if record is None:
        raise KeyError(name)
    rewrite(resource, {name: record.data[name]})
