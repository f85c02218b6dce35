"""While a page is written the next one is asked for and read: one waits for the database, the other for the network."""

import threading
from collections.abc import Callable, Generator, Iterator
from queue import Empty, Queue
from typing import TypeVar

from django.utils import translation

from ...interop.fetching import wanted_until

Thing = TypeVar("Thing")
END = object()
BETWEEN_SIGNS = 2.0  # s


def ahead(things: Generator[Thing], waiting: Callable[[], None] = lambda: None) -> Iterator[Thing]:
    """The same things in the same order, each made in a thread while you are at the one before it. What making one raises is
    raised in its turn. `waiting` is called every few seconds while there is none, and may raise what ends the waiting. Close
    it when you stop early: nobody waits for what is in the making, which rests no more and asks nothing after a rest."""
    made: Queue[tuple[Thing | object, BaseException | None]] = Queue(maxsize=1)
    stopped = threading.Event()
    language = translation.get_language()  # of the sentences that a reader says
    threading.Thread(target=_make, args=(things, made, stopped, language), daemon=True).start()
    try:
        while True:
            try:
                thing, error = made.get(timeout=BETWEEN_SIGNS)
            except Empty:
                waiting()
                continue
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
        with translation.override(language), wanted_until(stopped):
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
