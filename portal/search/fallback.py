"""The answer while there is no index: titles looked up in the database."""

from collections.abc import Sequence
from itertools import islice

from . import sources
from .entry import OFFICER, PUBLIC, Entry

MOST = 50  # of one source; nobody pages through a reduced answer


def titles(text: str, kinds: Sequence[str], audience: str) -> list[Entry]:
    """At most `MOST` entries of each source that can look titles up, visible to `audience`."""
    seen = {PUBLIC, OFFICER} if audience == OFFICER else {PUBLIC}
    return [
        entry
        for source in sources.registered()
        if isinstance(source, sources.TitleLookup) and (not kinds or set(kinds) & set(source.kinds))
        for entry in islice(source.title_lookup(text, MOST), MOST)
        if entry.audience in seen and (not kinds or entry.kind in kinds)
    ]
