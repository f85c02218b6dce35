"""The search of a library of a million resources. Takes an hour, so only by name."""

from collections.abc import Iterable
from statistics import median

from tests.services.machine import Missing

from . import asking, catalogue, saving, site
from .figure import Figure, NotTested
from .rebuilding import rebuild
from .search import elasticsearch_running

BEFORE, ENTRIES = 100_000, 1_000_000
QUESTIONS = 200
REBUILD = 720  # s
MEMORY = 600  # MB
P95 = {"tantivy": 100, "elasticsearch": None}  # ms
RATIO = {"tantivy": None, "elasticsearch": 2}
SAVE_RATIO = 1.3
SERVER_MEGABYTES = 2048


def figures() -> Iterable[Figure | NotTested]:
    site.prepare()
    asking.patient()
    catalogue.fill(BEFORE)
    before = saving.cost_of_a_save().whole
    catalogue.fill(ENTRIES)
    after = saving.cost_of_a_save().whole
    yield Figure(
        f"a save among {ENTRIES:,} beside {BEFORE:,}", after, before, None, "ms", most_ratio=SAVE_RATIO
    )
    yield from _figures("tantivy")
    try:
        with elasticsearch_running(SERVER_MEGABYTES):
            yield from _figures("elasticsearch")
    except Missing as reason:
        yield NotTested("elasticsearch", str(reason))


def _figures(engine: str) -> Iterable[Figure]:
    rebuilt = rebuild(engine)
    yield Figure(f"{engine}: rebuild of {ENTRIES:,}", rebuilt.seconds, None, REBUILD, "s")
    yield Figure(f"{engine}: memory of the rebuild", rebuilt.megabytes, None, MEMORY, "MB")
    times = asking.compare(engine, catalogue.questions(QUESTIONS))
    parts = (("p50", median, None), ("p95", asking.p95, P95[engine]))
    for name, part, ceiling in parts:
        ours, bare = part(times.ours), part(times.bare)
        yield Figure(
            f"{engine}: search in process, {name}", ours, bare, ceiling, "ms", most_ratio=RATIO[engine]
        )
