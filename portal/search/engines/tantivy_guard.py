"""Turns what the engine raises into `EngineUnavailable`."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..engine import EngineUnavailable


@contextmanager
def guarded() -> Iterator[None]:
    """The engine tells of broken files by ValueError, by OSError, or by a panic, which is no Exception."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineUnavailable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # pyo3 gives the class no name to import
            raise
        raise EngineUnavailable(str(error)) from error
