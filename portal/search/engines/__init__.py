"""The engines behind the protocol of `portal.search.engine`, and which one this site has."""

from portal.search.engine import Engine

from . import tantivy

ENGINES = {"tantivy": tantivy.engine}


def named(name: str) -> Engine:
    """The engine `name` of `ENGINES`, whether this site uses it or not. Raises KeyError."""
    return ENGINES[name]()


def current() -> Engine:
    """The engine of this site."""
    return tantivy.engine()
