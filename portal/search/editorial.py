"""Synonyms and picks, kept in each process until their stamp changes: one small query tells a search that they hold."""

import uuid
from dataclasses import dataclass

from .models import EditorialStamp, Pick, SynonymGroup
from .synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Editorial:
    """`picks`: the addresses chosen for a query, by its plain words."""

    stamp: uuid.UUID | None
    synonyms: Synonyms
    picks: dict[str, list[str]]


_kept: Editorial | None = None


def current() -> Editorial:
    """As it is in the database now."""
    global _kept
    stamp = EditorialStamp.read()
    kept = _kept
    if kept is None or kept.stamp != stamp:
        # Read after the stamp: it can only be newer than its stamp says, and is then read once more.
        kept = _load(stamp)
        _kept = kept
    return kept


def _load(stamp: uuid.UUID | None) -> Editorial:
    picks = {pick.folded: pick.addresses.splitlines() for pick in Pick.objects.all()} if stamp else {}
    return Editorial(stamp, Synonyms(SynonymGroup.objects.all() if stamp else ()), picks)
