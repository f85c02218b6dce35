"""The engines behind the protocol of `portal.search.engine`, and which of them this site has."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

from portal.search.engine import Engine, EngineUnavailable

from . import elasticsearch, tantivy

logger = logging.getLogger(__name__)

ENGINES = {"elasticsearch": elasticsearch.engine, "tantivy": tantivy.engine}
Answer = TypeVar("Answer")


def named(name: str) -> Engine:
    """The engine `name` of `ENGINES`. Raises KeyError, and EngineUnavailable when this site does not have it."""
    return ENGINES[name]()


def kept() -> list[Engine]:
    """The engines whose index this machine keeps up to date, in the order in which they are asked."""
    names = ("elasticsearch", "tantivy") if settings.ELASTICSEARCH_URL else ("tantivy",)
    return [named(name) for name in names]


def current() -> Engine:
    """The engine that answers, when it can."""
    return kept()[0]


def ask(question: Callable[[Engine], Answer], only: str | None = None) -> tuple[Answer, bool]:
    """The answer of the first engine that has one, and whether it is not the one that should have had it.

    `only` names one engine, which is then asked alone. Raises EngineUnavailable when none has an answer.
    """
    first, *others = [named(only)] if only else kept()
    try:
        return question(first), False
    except EngineUnavailable as error:
        for engine in others:
            try:
                return question(engine), True
            except EngineUnavailable:
                logger.warning("The search index of this machine cannot be asked either.", exc_info=True)
        raise error
