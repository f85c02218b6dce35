"""Bringing single things up to date in an index: what `drain` and `rebuild` share."""

import logging
from collections.abc import Sequence

from . import sources
from .engine import EngineUnavailable, Writer
from .entry import make_key

logger = logging.getLogger(__name__)


def bring_up_to_date(writers: Sequence[Writer], prefix: str, ids: Sequence[str]) -> list[str]:
    """Index what `prefix` has to say of `ids` now, remove the others; returns the ids that could not be read.

    One entry that cannot be made must not keep the others from being found: after a failure each is tried alone.
    Does not commit. Raises EngineUnavailable.
    """
    try:
        _give(writers, prefix, ids)
    except EngineUnavailable:
        raise
    except Exception:
        if len(ids) == 1:
            logger.exception("The search entry of %s cannot be made.", make_key(prefix, ids[0]))
            return list(ids)
        return [failed for one in ids for failed in bring_up_to_date(writers, prefix, [one])]
    return []


def _give(writers: Sequence[Writer], prefix: str, ids: Sequence[str]) -> None:
    source = sources.get(prefix)
    entries = list(source.entries(ids)) if source else []  # without its source nothing of a room is found
    gone = {make_key(prefix, object_id) for object_id in ids} - {entry.key for entry in entries}
    for writer in writers:
        writer.delete(gone)
        writer.index(entries)
