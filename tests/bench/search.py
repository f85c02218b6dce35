"""The search of a library of 100,000 resources of about 1 KB of Vietnamese, with either engine, on SQLite."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from tests.services import elasticsearch
from tests.services.machine import Missing

from . import asking, catalogue, saving, server, site
from .figure import Figure, NotTested
from .rebuilding import rebuild

ENTRIES = 100_000
QUESTIONS = 200
REQUESTS = 300


@dataclass(frozen=True)
class Ceilings:
    """Times in ms but for the rebuild (s); `ratio`: beside the bare engine."""

    p50: float
    p95: float
    ratio: float
    pages_per_second: float
    page_p95: float
    suggestion_p95: float
    rebuild: float
    megabytes: float | None


CEILINGS = {
    "tantivy": Ceilings(8, 20, 3, 60, 100, 25, 60, 400),
    "elasticsearch": Ceilings(40, 100, 2, 35, 200, 40, 90, None),
}
SERVER_MEGABYTES = 1024  # of Elasticsearch
SEEN = 2  # s
ADDED = 5  # ms
DEEP_RATIO = 2


def figures() -> Iterable[Figure | NotTested]:
    site.prepare()
    asking.patient()
    catalogue.fill(ENTRIES)
    yield from _figures("tantivy")
    try:
        with elasticsearch_running():
            yield from _figures("elasticsearch")
    except Missing as reason:
        yield NotTested("elasticsearch", str(reason))


@contextmanager
def elasticsearch_running(megabytes: int = SERVER_MEGABYTES) -> Iterator[None]:
    """A server of our own, which this process and those that it starts ask first. Raises Missing."""
    from django.conf import settings

    with elasticsearch.own(megabytes=megabytes) as running:
        os.environ["ELASTICSEARCH_URL"] = settings.ELASTICSEARCH_URL = running.url
        try:
            yield
        finally:
            os.environ["ELASTICSEARCH_URL"] = settings.ELASTICSEARCH_URL = ""


def _figures(engine: str) -> Iterable[Figure]:
    most = CEILINGS[engine]
    rebuilt = rebuild(engine)
    yield Figure(f"{engine}: rebuild of {ENTRIES:,}", rebuilt.seconds, None, most.rebuild, "s")
    yield Figure(f"{engine}: memory of the rebuild", rebuilt.megabytes, None, most.megabytes, "MB")
    yield from _in_process(engine, most)
    yield from _over_http(engine, most)
    yield from _saves(engine)


def _in_process(engine: str, most: Ceilings) -> Iterable[Figure]:
    questions = catalogue.questions(QUESTIONS)
    times = asking.compare(engine, questions)
    for name, part, ceiling in (("p50", median, most.p50), ("p95", asking.p95, most.p95)):
        yield Figure(
            f"{engine}: search in process, {name}",
            part(times.ours),
            part(times.bare),
            ceiling,
            "ms",
            most_ratio=most.ratio,
        )
    if engine == "elasticsearch":
        number = asking.requests_of_a_search(questions[0])
        yield Figure(f"{engine}: requests of a search", number, None, 1, "")
    first, deep = asking.first_and_deep_page(engine, catalogue.EVERYWHERE)
    yield Figure(
        f"{engine}: page {asking.DEEP} beside page 1", deep, first, None, "ms", most_ratio=DEEP_RATIO
    )


def _over_http(engine: str, most: Ceilings) -> Iterable[Figure]:
    lists = catalogue.list_addresses(catalogue.questions(QUESTIONS))
    suggestions = catalogue.suggestion_addresses(catalogue.beginnings(QUESTIONS))
    with server.running("tests.bench.settings", "/song/") as portal:
        pages, suggested = portal.load(lists, REQUESTS), portal.load(suggestions, REQUESTS)
    yield Figure(
        f"{engine}: pages over HTTP", pages.per_second, None, most.pages_per_second, "/s", at_least=True
    )
    yield Figure(f"{engine}: page over HTTP, p95", pages.p95_ms, None, most.page_p95, "ms")
    yield Figure(f"{engine}: suggestion over HTTP, p95", suggested.p95_ms, None, most.suggestion_p95, "ms")


def _saves(engine: str) -> Iterable[Figure]:
    cost = saving.cost_of_a_save()
    added = cost.whole - cost.without_outbox
    yield Figure(f"{engine}: what the search adds to a save", added, cost.without_outbox, ADDED, "ms")
    yield Figure(f"{engine}: a save seen in a search", saving.seconds_until_seen(engine), None, SEEN, "s")
