"""What a harvest has brought, as the database holds it."""

import zlib

from library.models import RawRecord
from tests.factories.library import ResourceFactory, SourceRecordFactory


def brought(source, title="Trồng ngô", *, raw=b"", words=(), **resource):
    """A resource that came from `source` and waits for a librarian."""
    made = ResourceFactory(title=title, **({"proposed": True, "subjects": []} | resource))
    record = SourceRecordFactory(resource=made, source=source.name, subject_words=list(words))
    if raw:
        RawRecord.objects.create(record=record, format="oai_dc", content=zlib.compress(raw))
    return made
