from .asked import AskedQuery
from .editorial import EditorialStamp, Pick, SynonymGroup
from .outbox import OutboxQuerySet, OutboxRow, SearchIndex
from .vocabulary import KnownWord

__all__ = [
    "AskedQuery",
    "EditorialStamp",
    "KnownWord",
    "OutboxQuerySet",
    "OutboxRow",
    "Pick",
    "SearchIndex",
    "SynonymGroup",
]
