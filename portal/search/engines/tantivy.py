"""The embedded engine: tantivy, a library like Lucene, with its index in a folder of this machine."""

import os
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from tantivy import Index, Order, Query, Searcher

from django.conf import settings

from ..engine import (
    EngineHit,
    EngineQuery,
    EngineResult,
    EngineUnavailable,
    Rebuild,
    Selection,
    Sort,
    Suggestions,
)
from ..suggesting import names_meant
from ..typed import Typed
from .ranking import MOST_VALUES, MOST_WORKS, in_order
from .tantivy_best import best_by_relevance
from .tantivy_folders import Folders
from .tantivy_guard import guarded
from .tantivy_query import build, count_request, in_field, selected
from .tantivy_reader import Reader
from .tantivy_schema import hit, persons
from .tantivy_writer import TantivyWriter, writing

ORDERS = {
    Sort.NEWEST: {"order_by_field": "day", "order": Order.Desc},
    Sort.TITLE: {"order_by_field": "title_order", "order": Order.Asc},
    Sort.USED: {"order_by_field": "uses", "order": Order.Desc},
}


def engine() -> "TantivyEngine":
    return _engine(Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=8)  # more than one only in tests
def _engine(directory: Path) -> "TantivyEngine":
    return TantivyEngine(directory)


# a forked child opens the index for itself: its copy of a lock may be held by a thread that it has not
os.register_at_fork(after_in_child=_engine.cache_clear)


class TantivyEngine:
    shared = False
    failing = False  # a folder is there or not: no use in waiting before the next look

    def __init__(self, directory: Path):
        self.folders = Folders(directory)
        self.name = f"tantivy-v{self.folders.version} {socket.gethostname()[:64]} {directory}"[:255]
        self.reader = Reader(self.folders)
        self._beside = ThreadPoolExecutor(thread_name_prefix="search-facets")

    def search(self, query: EngineQuery) -> EngineResult:
        with self._searching() as searcher:
            counting = self._beside.submit(_count_facets, searcher, query)  # the engine leaves Python's lock
            hits, count = _best(searcher, query) if query.sort is Sort.RELEVANCE else _sorted(searcher, query)
            return EngineResult(hits, count, counting.result())

    def suggest(self, typed: Typed, audience: str, limit: int) -> Suggestions:
        with self._searching() as searcher:
            titled = searcher.search(in_field("title_base", typed, audience, searcher), limit=limit).hits
            made = searcher.search(in_field("persons_base", typed, audience, searcher), limit=MOST_WORKS).hits
            titles = [hit(searcher.doc(address)) for _score, address in titled]
            names = [name for _score, address in made for name in persons(searcher.doc(address))]
            return Suggestions([(one.title, one.url) for one in titles], names_meant(typed, names, limit))

    def keys(self, selection: Selection, limit: int) -> list[str]:
        with self._searching() as searcher:
            # the dictionary of keys, counted within the query: no document is read, and nothing is ranked
            found = searcher.terms_with_prefix("key", "", filter_query=selected(selection))
            return [key for key, _count in found[:limit]]

    def ready(self) -> bool:
        try:
            opened = self.reader.opened()
        except EngineUnavailable:
            return False
        return not self.folders.is_broken(opened.folder)

    @contextmanager
    def writer(self) -> Iterator[TantivyWriter]:
        folder = self.folders.current()
        if folder is None:
            raise EngineUnavailable("There is no search index yet.")
        with writing(folder) as writer:
            yield writer

    @contextmanager
    def rebuild(self) -> Iterator[Rebuild]:
        folder, known = self._unfinished() or (self.folders.new(), {})
        with writing(folder, create=not known) as writer:
            yield Rebuild(writer, known)
            writer.commit()
        self.folders.use(folder)

    def count(self) -> int:
        with self._searching() as searcher:
            return searcher.num_docs

    def digests(self) -> Mapping[str, str]:
        with self._searching() as searcher:
            return _digests(searcher)

    def _unfinished(self) -> tuple[Path, dict[str, str]] | None:
        """What an interrupted rebuild left, if it can be read."""
        folder = self.folders.unfinished()
        try:
            with guarded():
                return (folder, _digests(Index.open(str(folder)).searcher())) if folder else None
        except EngineUnavailable:
            return None

    @contextmanager
    def _searching(self) -> Iterator[Searcher]:
        """The searcher; an engine that fails at a search tells the drainer to make the index anew."""
        opened = self.reader.opened()
        try:
            with guarded():
                yield opened.searcher
        except EngineUnavailable:
            self.folders.report_broken(opened.folder)
            raise


def _digests(searcher: Searcher) -> dict[str, str]:
    # with a query, or else the terms of deleted entries would come too
    stamps = searcher.terms_with_prefix("stamp", "", filter_query=Query.all_query())
    return dict(stamp.rsplit(" ", 1) for stamp, _count in stamps)


def _best(searcher: Searcher, query: EngineQuery) -> tuple[list[EngineHit], int]:
    best = best_by_relevance(searcher, query)
    return in_order(best.scored), best.count


def _sorted(searcher: Searcher, query: EngineQuery) -> tuple[list[EngineHit], int]:
    wanted = build(query, searcher)
    found = searcher.search(wanted, limit=query.limit, offset=query.offset, **ORDERS[query.sort])
    return [hit(searcher.doc(address)) for _order, address in found.hits], found.count


def _count_facets(searcher: Searcher, query: EngineQuery) -> dict[str, dict[str, int]]:
    """One pass over the hits for all facets nothing is chosen of, and one more for each that has a choice."""
    chosen = [name for name in query.counted if query.filters.get(name)]
    passes = [
        (None, [name for name in query.counted if name not in chosen]),
        *((name, [name]) for name in chosen),
    ]
    counts: dict[str, dict[str, int]] = {}
    for without, names in passes:
        if names:
            matching = build(query, searcher, without=without)
            answer = searcher.aggregate(matching, count_request(names, MOST_VALUES))
            for name in names:
                counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
    return {name: counts[name] for name in query.counted}
