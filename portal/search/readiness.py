"""Can this machine search? Asked by /san-sang/."""

from django.conf import settings

from portal.web import health

from . import background, engines
from .engine import EngineUnavailable


def check() -> None:
    """One engine at least opens its index and counts what is in it. A machine that takes no visitors yet would never
    learn that its index is missing: so the drainer is told to look. Raises Unready or OSError."""
    health.writable(settings.SEARCH_INDEX_DIR)
    try:
        engines.ask(lambda engine: engine.count())
    except EngineUnavailable as error:
        background.look()
        raise health.Unready(str(error)) from error
