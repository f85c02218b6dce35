"""Making the index anew from the database, and comparing the two."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from . import indices, outbox, sources, tokens
from .engine import Engine, Rebuild
from .engines import kept
from .entry import Entry
from .indexing import bring_up_to_date
from .models import OutboxRow
from .rows import drain_rows, keep_up, waiting
from .vocabulary import Words

BATCH = 500  # entries read from a source at once
CHECKPOINT = 20_000  # entries after which a rebuild that ends has not to begin anew


def rebuild(engine: Engine, progress: Callable[[int], None] | None = None) -> int:
    """Make a new index of everything all sources have; returns the number of things looked at.

    The old index answers, and all that this machine keeps go on catching up, until the new one takes its place.
    `progress` is told the number done after each batch; what it raises ends the rebuild and leaves the old index.
    What an ended rebuild has done is not done again: an entry that is there in its present state is passed over.
    The caller holds the writer's lock.
    """
    indices.register(engine.name)
    answered = indices.rows_of(engine.name)  # whatever they tell is read below
    done = 0
    failed: list[tuple[str, list[str]]] = []
    old_is_sound = engine.ready()
    words = Words()
    with engine.rebuild() as rebuilding:
        fresh = Resumed(rebuilding)
        for source in list(sources.registered()):
            for ids in _batches(source.ids()):
                failed.append((source.prefix, bring_up_to_date([fresh, words], source.prefix, ids)))
                done += len(ids)
                if done % CHECKPOINT < len(ids):
                    fresh.commit()
                if progress:
                    progress(done)
                if old_is_sound and waiting(engine):
                    drain_rows(engine, also=[fresh, words])
                _keep_up_others(engine)
        fresh.remove_rest()
    indices.made(engine.name)
    indices.remove_rows(answered)
    words.replace()
    for prefix, ids in failed:
        outbox.changed(prefix, ids)  # the drainer tries them again, less and less often
    return done


def count_words() -> None:
    """Count the words that did-you-mean knows anew, of what the sources have now: after much has been removed at once.
    The index is not touched; half a minute with 100,000 entries."""
    words = Words()
    for source in list(sources.registered()):
        for ids in _batches(source.ids()):
            bring_up_to_date([words], source.prefix, ids)
    words.replace()


class Resumed:
    """A writer into an index that an earlier rebuild may have left half made."""

    def __init__(self, rebuilding: Rebuild):
        self._writer = rebuilding.writer
        self._known = dict(rebuilding.known)

    def index(self, entries: Iterable[Entry]) -> None:
        self._writer.index(entry for entry in entries if not self._has(entry))

    def delete(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        for key in keys:
            self._known.pop(key, None)
        self._writer.delete(keys)

    def commit(self) -> None:
        self._writer.commit()

    def remove_rest(self) -> None:
        """What the earlier rebuild found, and this one did not."""
        self._writer.delete(list(self._known))

    def _has(self, entry: Entry) -> bool:
        known = self._known.pop(entry.key, None)
        return known is not None and known == tokens.digest(entry)


def _keep_up_others(engine: Engine) -> None:
    for other in kept():
        if other.name != engine.name and waiting(other):
            keep_up(other)


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys that only the database has, that only the index has, and that both have in different states."""

    missing: list[str]
    surplus: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.stale)


def compare(engine: Engine) -> Difference:
    """What index and database do not agree on, but for what waits in the outbox. Raises EngineUnavailable."""
    indexed = dict(engine.digests())
    missing, stale = [], []
    for source in list(sources.registered()):
        for ids in _batches(source.ids()):
            for entry in source.entries(ids):
                known = indexed.pop(entry.key, None)
                if known is None:
                    missing.append(entry.key)
                elif known != tokens.digest(entry):
                    stale.append(entry.key)
    waiting_keys = {str(row) for row in OutboxRow.objects.of(engine.name).filter(attempts=0)}
    return Difference(*(sorted(set(keys) - waiting_keys) for keys in (missing, indexed, stale)))


def repair(difference: Difference) -> None:
    """Put all that differs into the outbox; the next draining sets it right."""
    ids_by_prefix = defaultdict(list)
    for key in (*difference.missing, *difference.surplus, *difference.stale):
        prefix, _, object_id = key.partition(":")
        ids_by_prefix[prefix].append(object_id)
    for prefix, ids in ids_by_prefix.items():
        outbox.changed(prefix, ids)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(ids)
    while batch := [str(object_id) for object_id in islice(iterator, BATCH)]:
        yield batch
