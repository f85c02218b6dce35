"""The answer while there is no index: titles looked up in the database."""

from itertools import islice

from . import sources
from .engine import EngineQuery
from .entry import OFFICER, PUBLIC, Entry

MOST = 50  # of one source; nobody pages through a reduced answer


def titles(text: str, asked: EngineQuery) -> list[Entry]:
    """At most `MOST` entries of each source that can look titles up, within the filters of what was asked."""
    kinds = asked.filters.get("kind")
    return [
        entry
        for source in sources.registered()
        if isinstance(source, sources.TitleLookup) and (not kinds or set(kinds) & set(source.kinds))
        for entry in islice(source.title_lookup(text, MOST), MOST)
        if _is_wanted(entry, asked)
    ]


def _is_wanted(entry: Entry, asked: EngineQuery) -> bool:
    visible = entry.audience == PUBLIC or asked.audience == OFFICER
    values = {**entry.facets, "kind": (entry.kind,)}
    in_filters = all(set(wanted) & set(values.get(name, ())) for name, wanted in asked.filters.items())
    return visible and in_filters and asked.language in (None, entry.language)
