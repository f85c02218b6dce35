"""The engine for several web machines: an Elasticsearch server of version 8 or 9.

<prefix>-v2             alias of the index in use; "v2" is the version of the schema
<prefix>-v2-next        alias of the one that is being made, which an interrupted rebuild leaves to the next
<prefix>-v2-0c1d...     an index
"""

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache

from elastic_transport import ApiResponseMeta
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import HTTP_EXCEPTIONS

from ..engine import EngineQuery, EngineResult, Rebuild, Selection, Sort, Suggestions
from ..suggesting import names_meant
from ..tokens import SCHEMA_VERSION
from ..typed import Typed
from . import elasticsearch_connection
from .elasticsearch_connection import WRITE_SECONDS, Address, Connection
from .elasticsearch_query import counts_request, hits_request, read_counts, selected, suggest_requests
from .elasticsearch_schema import hit, mapping, settings
from .elasticsearch_writer import ElasticsearchWriter
from .ranking import in_order

PAGE = 5000  # digests or keys in one answer
KEEP = "2m"  # for the next page of digests


def engine() -> "ElasticsearchEngine":
    return _engine(elasticsearch_connection.address())


@lru_cache(maxsize=8)  # more than one only in tests
def _engine(address: Address) -> "ElasticsearchEngine":
    return ElasticsearchEngine(address)


# a forked child speaks over connections of its own
os.register_at_fork(after_in_child=_engine.cache_clear)


class ElasticsearchEngine:
    shared = True

    def __init__(self, address: Address, version: int = SCHEMA_VERSION):
        self.connection = Connection(address)
        self.prefix, self.version = address.prefix, version
        self.alias = f"{address.prefix}-v{version}"
        self.next = f"{self.alias}-next"
        self.name = f"elasticsearch {address.url} {self.alias}"

    @property
    def failing(self) -> bool:
        return self.connection.breaker.is_open

    def search(self, query: EngineQuery) -> EngineResult:
        found, counted = self._answers([hits_request(query), counts_request(query)])
        scored = [(one["_score"], hit(one["_source"])) for one in found["hits"]["hits"]]
        hits = in_order(scored) if query.sort is Sort.RELEVANCE else [one for _score, one in scored]
        counts = read_counts(query, counted.get("aggregations", {}))
        return EngineResult(hits, counted["hits"]["total"]["value"], counts)

    def suggest(self, typed: Typed, audience: str, limit: int) -> Suggestions:
        titled, made = map(_sources, self._answers(suggest_requests(typed, audience, limit)))
        titles = [(one.title, one.url) for one in map(hit, titled)]
        names = [name for source in made for name in source["persons"]]
        return Suggestions(titles, names_meant(typed, names, limit))

    def keys(self, selection: Selection, limit: int) -> list[str]:
        keys: list[str] = []
        with self._searching() as client:
            while len(keys) < limit:
                page = client.search(
                    index=self.alias,
                    query=selected(selection),
                    sort=[{"key": "asc"}],
                    search_after=keys[-1:] or None,
                    size=min(PAGE, limit - len(keys)),
                    source=False,
                    track_total_hits=False,
                    allow_partial_search_results=False,
                )["hits"]["hits"]
                keys += [found["sort"][0] for found in page]
                if len(page) < PAGE:
                    break
        return keys

    def ready(self) -> bool:
        with self._searching() as client:
            return bool(client.indices.exists_alias(name=self.alias))

    @contextmanager
    def writer(self) -> Iterator[ElasticsearchWriter]:
        yield ElasticsearchWriter(self.connection, self.alias)

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        with self._writing() as client:
            known = self._known_of_next(client)
        fresh = ElasticsearchWriter(self.connection, self.next)
        yield Rebuild(fresh, known)
        fresh.commit()
        fresh.merge()
        with self._writing() as client:
            self._use_next(client)

    def count(self) -> int:
        with self._searching() as client:
            return client.count(index=self.alias)["count"]

    def digests(self) -> Mapping[str, str]:
        with self._writing() as client:
            return _digests(client, self.alias)

    def _answers(self, questions: Sequence[Mapping]) -> list[Mapping]:
        """To several questions at once, in one request; the server works on them side by side."""
        whole = {"allow_partial_search_results": False}
        with self._searching() as client:
            answer = client.msearch(
                index=self.alias, searches=[line for one in questions for line in (whole, one)]
            )
            for one in answer["responses"]:
                _raise_for(one, answer.meta)
        return answer["responses"]

    def _known_of_next(self, client: Elasticsearch) -> dict[str, str]:
        """Make the next index, unless an interrupted rebuild left one; what that one holds."""
        if client.indices.exists_alias(name=self.next):
            client.indices.refresh(index=self.next)
            return _digests(client, self.next)
        client.indices.create(
            index=f"{self.alias}-{uuid.uuid4().hex}",
            mappings=mapping(),
            settings=settings(),
            aliases={self.next: {}},
        )
        return {}

    def _use_next(self, client: Elasticsearch) -> None:
        """In one step the next index takes the place of the one in use; that one, and those of older code, go."""
        (fresh,) = client.indices.get_alias(name=self.next)
        old = [name for name in client.indices.get(index=f"{self.prefix}-v*-*") if name != fresh]
        actions = [
            {"remove": {"index": fresh, "alias": self.next}},
            {"add": {"index": fresh, "alias": self.alias}},
            *({"remove_index": {"index": name}} for name in old if self._is_outdated(name)),
        ]
        client.indices.update_aliases(actions=actions)

    def _is_outdated(self, index: str) -> bool:
        version = index.removeprefix(f"{self.prefix}-v").partition("-")[0]
        return version.isdigit() and int(version) <= self.version

    def _searching(self):
        return self.connection.asking(elasticsearch_connection.SEARCH_SECONDS)

    def _writing(self):
        return self.connection.asking(WRITE_SECONDS)


def _raise_for(response: Mapping, meta: ApiResponseMeta) -> None:
    """What the client raises for an answer of its own, for one of several. Raises ApiError."""
    if "error" in response:
        error = HTTP_EXCEPTIONS.get(response["status"], ApiError)
        raise error(str(response["error"]), replace(meta, status=response["status"]), response)


def _sources(response: Mapping) -> list[Mapping]:
    return [found["_source"] for found in response["hits"]["hits"]]


def _digests(client: Elasticsearch, index: str) -> dict[str, str]:
    """Of all entries, as they were at one moment: page by page, so that a million are no burden."""
    digests: dict[str, str] = {}
    moment = client.open_point_in_time(index=index, keep_alive=KEEP)["id"]
    after = None
    try:
        while True:
            page = client.search(
                pit={"id": moment, "keep_alive": KEEP},
                sort=[{"_shard_doc": "asc"}],
                search_after=after,
                size=PAGE,
                source=False,
                docvalue_fields=["digest"],
                track_total_hits=False,
            )["hits"]["hits"]
            digests |= {found["_id"]: found["fields"]["digest"][0] for found in page}
            if len(page) < PAGE:
                return digests
            after = page[-1]["sort"]
    finally:
        client.close_point_in_time(id=moment)
