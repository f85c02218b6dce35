"""While a page is written the next one is asked for and read: one waits for the database, the other for the network."""

import threading
from collections.abc import Generator, Iterator
from queue import Queue
from typing import TypeVar

from django.utils import translation

Thing = TypeVar("Thing")
END = object()


def ahead(things: Generator[Thing]) -> Iterator[Thing]:
    """The same things in the same order, each made in a thread while you are at the one before it. What making one raises is
    raised in its turn. Close it when you stop early: what is in the making is finished for nothing, and nobody waits."""
    made: Queue[tuple[Thing | object, BaseException | None]] = Queue(maxsize=1)
    stopped = threading.Event()
    language = translation.get_language()  # of the sentences that a reader says
    threading.Thread(target=_make, args=(things, made, stopped, language), daemon=True).start()
    try:
        while True:
            thing, error = made.get()
            made.task_done()
            if error is not None:
                raise error
            if thing is END:
                return
            yield thing
    finally:
        stopped.set()
        if not made.empty():
            made.get_nowait()
            made.task_done()


def _make(things: Generator[Thing], made: Queue, stopped: threading.Event, language: str | None) -> None:
    try:
        with translation.override(language):
            for thing in things:
                made.put((thing, None))
                if not stopped.is_set():
                    made.join()  # until it is taken
                if stopped.is_set():
                    things.close()
                    return
    except BaseException as error:  # whatever it is, it belongs to whoever asks
        made.put((END, error))
    else:
        made.put((END, None))
