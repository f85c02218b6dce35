"""Writing to the embedded index."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tantivy import Index

from ..entry import Entry
from .tantivy_guard import guarded
from .tantivy_schema import SCHEMA, document

# Bytes gathered before a segment is written; only what is needed is taken. A rebuild commits before it has so much:
# its segments are all of one size, and eight of them are merged, not five times as many small ones again and again.
MEMORY = 150_000_000
THREADS = 1  # two gain nothing: making the tokens is what takes the time


class TantivyWriter:
    def __init__(self, index: Index):
        self._writer = index.writer(heap_size=MEMORY, num_threads=THREADS)

    def index(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            made = document(entry)
            with guarded():
                self._writer.delete_documents_by_term("key", entry.key)
                self._writer.add_document(made)

    def delete(self, keys: Iterable[str]) -> None:
        with guarded():
            for key in keys:
                self._writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        with guarded():
            self._writer.commit()

    def close(self) -> None:
        """Lets running merges of segments end: an index of thousands of small segments is slow."""
        with guarded():
            self._writer.wait_merging_threads()


@contextmanager
def writing(folder: Path, *, create: bool = False) -> Iterator[TantivyWriter]:
    """A writer to the index in `folder`; what was not committed when an exception ends it is forgotten."""
    with guarded():
        index = Index(SCHEMA, path=str(folder)) if create else Index.open(str(folder))
        writer = TantivyWriter(index)
    try:
        yield writer
    finally:
        writer.close()
