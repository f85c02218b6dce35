"""How long a search takes in this process, beside the bare engine that is asked the same in turn."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from statistics import median, quantiles
from unittest.mock import patch

from . import bare_engines

WARM_UP = 600  # questions; what is measured is a server at work, whose compiler needs some hundreds
DEEP = 400  # the page whose cost is compared with that of the first
ROUNDS = 15
PATIENCE = 60.0  # s: here a slow answer is measured, not given up


@dataclass(frozen=True)
class Times:
    """Milliseconds of each question."""

    ours: list[float]
    bare: list[float]


def patient() -> None:
    """From now on this process waits for Elasticsearch as long as it takes."""
    from portal.search.engines import elasticsearch_connection

    elasticsearch_connection.SEARCH_SECONDS = PATIENCE


def compare(engine: str, questions: Sequence[str]) -> Times:
    bare = bare_engines.BY_NAME[engine]()
    for text in islice(cycle(questions), WARM_UP):
        ask(engine, text)
        bare(text)
    _forget_answers(engine)
    ours, theirs = [], []
    for text in questions:
        theirs.append(_milliseconds(partial(bare, text)))
        ours.append(_milliseconds(partial(ask, engine, text)))
    return Times(ours, theirs)


def _forget_answers(engine: str) -> None:
    """Elasticsearch keeps counts that it has made; those of the warm-up would flatter us."""
    from portal.search.engines import named

    if engine == "elasticsearch":
        with named(engine).connection.asking(PATIENCE) as client:
            client.indices.clear_cache(request=True)


def ask(engine: str, text: str, page: int = 1) -> int:
    """A search as the list of the library asks it: 20 hits loaded from the database, the total, nine facets."""
    from library.listing import listed
    from library.search.sources import ResourceSource
    from portal.search.query import search

    results = search(
        text, kinds=["resource"], facet_names=list(ResourceSource.facets), engine=engine, page=page
    )
    listed([int(hit.key.partition(":")[2]) for hit in results.hits])
    return results.count


def first_and_deep_page(engine: str, text: str) -> tuple[float, float]:
    """Milliseconds of page 1 and of page 400, the medians of some rounds."""
    pages: dict[int, list[float]] = {1: [], DEEP: []}
    for _round in range(ROUNDS):
        for page, times in pages.items():
            times.append(_milliseconds(partial(ask, engine, text, page)))
    return median(pages[1]), median(pages[DEEP])


def requests_of_a_search(text: str) -> int:
    """How often one search asks the Elasticsearch server."""
    from elastic_transport import Transport

    asked = []
    perform = Transport.perform_request

    def counting(self, *arguments, **options):
        asked.append(arguments)
        return perform(self, *arguments, **options)

    with patch.object(Transport, "perform_request", counting):
        ask("elasticsearch", text)
    return len(asked)


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)
