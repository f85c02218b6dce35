"""Writing to an index on Elasticsearch."""

from collections.abc import Iterable, Mapping
from time import sleep

from elasticsearch import ApiError, Elasticsearch

from ..engine import EngineUnavailable
from ..entry import Entry
from .elasticsearch_connection import WRITE_SECONDS, Connection
from .elasticsearch_schema import document

MERGE_SECONDS = 1800.0  # of patience; a million entries take some minutes
BUSY = 429  # too much at the moment: it asks to come back
PAUSES = (0.5, 1.0, 2.0, 4.0)  # s
NOT_THERE = 404  # of a delete: somebody deleted it before, or it never was


class EntryRefused(Exception):
    """The server says that an entry cannot be indexed; the others can."""


class ElasticsearchWriter:
    """Each call is one bulk request, in which the server keeps the order.

    It writes through an alias and asks for it to be one: an index that somebody deleted does not come back with a
    mapping which the server makes up.
    """

    def __init__(self, connection: Connection, alias: str):
        self._connection = connection
        self._alias = alias

    def index(self, entries: Iterable[Entry]) -> None:
        self._send([line for entry in entries for line in ({"index": {"_id": entry.key}}, document(entry))])

    def delete(self, keys: Iterable[str]) -> None:
        self._send([{"delete": {"_id": key}} for key in keys])

    def commit(self) -> None:
        with self._connection.asking(WRITE_SECONDS) as client:
            client.indices.refresh(index=self._alias)

    def merge(self) -> None:
        """Make one piece of what was written in batches: a search then looks up each word once (tried: a sixth faster)."""
        with self._connection.asking(MERGE_SECONDS) as client:
            client.indices.forcemerge(index=self._alias, max_num_segments=1)

    def _send(self, operations: list[Mapping]) -> None:
        """A batch may be given twice, so a busy server gets all of it again."""
        if not operations:
            return
        with self._connection.asking(WRITE_SECONDS) as client:
            for pause in PAUSES:
                try:
                    results = self._bulk(client, operations)
                except ApiError as error:
                    if error.meta.status != BUSY:
                        raise
                else:
                    if not any(result["status"] == BUSY for result in results):
                        break
                sleep(pause)
            else:
                results = self._bulk(client, operations)
        _raise_first(results)

    def _bulk(self, client: Elasticsearch, operations: list[Mapping]) -> list[Mapping]:
        """What became of each operation; nothing when all went well."""
        answer = client.bulk(
            index=self._alias,
            operations=operations,
            require_alias=True,
            filter_path="errors,items.*.error,items.*.status,items.*._id",
        )
        return [result for item in answer["items"] for result in item.values()] if answer["errors"] else []


def _raise_first(results: Iterable[Mapping]) -> None:
    for result in results:
        if "error" not in result:
            continue
        reason = f"{result['_id']}: {result['error'].get('reason')}"
        if result["status"] == 400:
            raise EntryRefused(reason)
        raise EngineUnavailable(reason)
