"""The engines behind the protocol of `portal.search.engine`, and which one this site has."""

from portal.search.engine import Engine

from . import tantivy


def current() -> Engine:
    """The engine of this site."""
    return tantivy.engine()
