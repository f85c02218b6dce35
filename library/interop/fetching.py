"""Asking a source politely, over and over again: one connection, pauses, and patience with a server that is busy.

What may pass by itself (an overload, a broken connection, half an answer) is tried again, later and later; what does not
(a certificate, an address inside our network, an answer without end) ends the run with a sentence.
"""

import random
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from portal.web.outbound import PORTS, Allowed, Answer, Line, Unreachable
from portal.web.retry_after import moment_of, seconds_to_rest

from .page import SourceProblem

LARGEST = 50 * 1024 * 1024  # bytes of an answer, packed and unpacked
WHOLE, SILENCE = 120.0, 30.0  # s for an answer, and for each wait in it
TRIES = 5
TRIES_OF_HALVES = 3  # a server that sends half an answer mostly does so each time
FIRST_REST, LONGEST_REST = 1.0, 180.0  # s; a page takes less than the lease of its harvest
TRIES_IN_A_HURRY = 2
MOST_REDIRECTS = 3  # in a row
PORTS_OF_SOURCES = (*PORTS, 210)  # that of Z39.50, where the Library of Congress and others answer by SRU
PASSING = (408, 429, 500, 502, 503, 504)  # answers that another hour may change
MARK_OF_GZIP = b"\x1f\x8b\x08"
PIECE = 256 * 1024
MOST_PARTS = 1_000  # of a file of gzip

_until: ContextVar[float | None] = ContextVar("until", default=None)
_gone: ContextVar[Event] = ContextVar("gone", default=Event())  # noqa: B039 - that one is never set


@contextmanager
def in_a_hurry(seconds: float) -> Iterator[None]:
    """Meanwhile somebody waits for what is asked in this thread: patience ends after `seconds`."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def _left(seconds: float) -> float:
    """Of `seconds`, what the hurry leaves."""
    until = _until.get()
    return seconds if until is None else max(0.1, min(seconds, until - time.monotonic()))


@dataclass(frozen=True, slots=True)
class Fetched:
    """`content` is unpacked; `complete` is False when the rest of it never came."""

    url: str
    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters
    complete: bool = True

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """As the header says, "" when it does not."""
        _type, _mark, rest = self.headers.get("content-type", "").lower().partition("charset=")
        return rest.partition(";")[0].strip(" \"'")


class NotWanted(Exception):
    """Whoever wanted the answer has gone."""


@contextmanager
def wanted_until(gone: Event) -> Iterator[None]:
    """Meanwhile what rests in this thread rests no longer than until `gone` is set, and then raises NotWanted."""
    token = _gone.set(gone)
    try:
        yield
    finally:
        _gone.reset(token)


def rest(seconds: float) -> None:
    """Raises NotWanted."""
    if _gone.get().wait(seconds):
        raise NotWanted


def may_be_harvested(host: str, port: int) -> bool:
    """Has an administrator allowed this host of our own network, at that port (HARVEST_ALLOWED_HOSTS)?"""
    name = f"[{host}]" if ":" in host else host
    allowed = {each.strip().lower() for each in settings.HARVEST_ALLOWED_HOSTS}
    return bool({host.lower(), name.lower(), f"{name}:{port}".lower()} & allowed)


class Fetcher:
    """Asks one source. `pause`: seconds between two questions; `allowed`: the hosts of our own network that may be asked; `sleep` and `chance` are there for tests.

    `notes` gathers what was odd, each once; who reads them takes them away.
    """

    def __init__(
        self,
        *,
        pause: float = 0.0,
        allowed: Allowed = may_be_harvested,
        sleep: Callable[[float], None] | None = None,
        chance: Callable[[], float] = random.random,
    ):
        self.notes: list[str] = []
        self._pause = pause
        self._sleep = sleep or rest
        self._chance = chance
        self._line = Line(allowed=allowed, ports=PORTS_OF_SOURCES, redirects=MOST_REDIRECTS)
        self._free_at = 0.0
        self._moved: dict[str, str] = {}

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        any_status: bool = False,
        whole: Callable[[bytes], bool] = lambda _content: True,
    ) -> Fetched:
        """The answer at `url`. `any_status`: also that of an error, once patience is at its end.

        `whole` tells whether the content ends as it should; half an answer is asked for again, and then given as it is.
        Raises SourceProblem.
        """
        halves = 0
        tries = TRIES if _until.get() is None else TRIES_IN_A_HURRY
        for turn in range(1, tries + 1):
            last = turn == tries
            try:
                answer = self._ask(url, accept)
            except Unreachable as error:
                if error.forbidden or error.untrusted or last:
                    raise SourceProblem(str(error)) from error
                self._rest(turn, None)
                continue
            if answer.status in PASSING and not last:
                self._rest(turn, _rest_asked(answer))
                continue
            fetched = _unpacked(answer)
            if fetched.status >= 300 and not any_status:
                raise SourceProblem(refusal(fetched.status))
            if fetched.complete and whole(fetched.content):
                return fetched
            halves += 1
            if last or halves == TRIES_OF_HALVES or fetched.status >= 300:
                return Fetched(fetched.url, fetched.status, fetched.content, fetched.headers, complete=False)
            self._rest(turn, None)
        raise AssertionError("The last turn returns or raises.")

    def close(self) -> None:
        self._line.close()

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def take_notes(self) -> list[str]:
        taken, self.notes = self.notes, []
        return taken

    def _ask(self, url: str, accept: str) -> Answer:
        """Where a place has moved to is remembered, so that each question travels only once."""
        place, query = _place(url)
        asked = self._at(self._moved.get(place, place), query)
        answer = self._polite(asked, accept)
        came_from, kept = _place(answer.url)
        if came_from != _place(asked)[0] and answer.status not in PASSING and kept in (query, ""):
            self._moved[place] = came_from
            self.note(_("The source has moved to %(address)s.") % {"address": came_from})
            if query and not kept:  # the redirect has lost the question
                answer = self._polite(self._at(came_from, query), accept)
        return answer

    @staticmethod
    def _at(place: str, query: str) -> str:
        return f"{place}?{query}" if query else place

    def _polite(self, url: str, accept: str) -> Answer:
        early = self._free_at - time.monotonic()
        if early > 0:
            self._sleep(early)
        try:
            headers = {"Accept": accept, "Accept-Encoding": "gzip, deflate"}
            answer = self._line.ask(
                url, headers=headers, limit=LARGEST + 1, timeout=_left(WHOLE), wait=_left(SILENCE)
            )
        finally:
            self._free_at = time.monotonic() + self._pause
        if len(answer.content) > LARGEST:
            raise SourceProblem(_too_large())
        return answer

    def _rest(self, turn: int, asked: float | None) -> None:
        """As long as the server asks for; else twice as long each time, never all of us at the same moment."""
        seconds = FIRST_REST * 2 ** (turn - 1) if asked is None else asked
        longest = LONGEST_REST if _until.get() is None else FIRST_REST
        self._sleep(min(seconds + self._chance() * min(seconds, FIRST_REST * 2 ** (turn - 1)), longest))


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")), parts.query


def _rest_asked(answer: Answer) -> float | None:
    """By the server's own clock, where it tells its hour."""
    now = moment_of(answer.headers.get("date", "")) or datetime.now(UTC)
    return seconds_to_rest(answer.headers.get("retry-after", ""), now)


def refusal(status: int) -> str:
    if status in (401, 403, 407):
        return _("The server does not let us read it (%(code)s). Ask those who run it for access.") % {
            "code": status
        }
    if status in (404, 410):
        return _("There is nothing at this address (%(code)s). Look whether it is written right.") % {
            "code": status
        }
    if status in PASSING:
        return _("The server is busy or out of order (%(code)s), also after several attempts.") % {
            "code": status
        }
    return _("The server answers with an error (%(code)s).") % {"code": status}


def _too_large() -> str:
    return _("The answer is larger than %(size)s MB; it is not read.") % {"size": LARGEST // 1024 // 1024}


def _unpacked(answer: Answer) -> Fetched:
    """Told by its first bytes, for some servers pack twice, or say that they pack and do not. Raises SourceProblem for
    what unpacks to more than anybody needs."""
    content, complete = answer.content, answer.complete
    encodings = answer.headers.get("content-encoding", "").lower()
    if content.startswith(MARK_OF_GZIP):
        content, whole = _inflated(content, zlib.MAX_WBITS | 16)
        complete = complete and whole
    elif "deflate" in encodings and content:
        bits = zlib.MAX_WBITS if _has_zlib_head(content) else -zlib.MAX_WBITS
        content, whole = _inflated(content, bits)
        complete = complete and whole
    return Fetched(answer.url, answer.status, content, answer.headers, complete)


def _has_zlib_head(content: bytes) -> bool:
    return content[0] & 0x0F == 8 and len(content) > 1 and int.from_bytes(content[:2]) % 31 == 0


def _inflated(packed: bytes, bits: int) -> tuple[bytes, bool]:
    """What could be unpacked, and whether it was all; a file of gzip may have several parts."""
    unpacked, machine, parts = bytearray(), zlib.decompressobj(bits), 1
    for start in range(0, len(packed), PIECE):
        waiting = packed[start : start + PIECE]
        try:
            while waiting:
                if machine.eof:
                    if not waiting.startswith(MARK_OF_GZIP[: len(waiting)]):
                        return bytes(unpacked), True  # what stands behind it does not belong to it
                    if parts == MOST_PARTS:
                        raise SourceProblem(_too_large())
                    machine, parts = zlib.decompressobj(bits), parts + 1
                unpacked += machine.decompress(waiting, PIECE)
                if len(unpacked) > LARGEST:
                    raise SourceProblem(_too_large())
                waiting = machine.unused_data if machine.eof else machine.unconsumed_tail
        except zlib.error:
            return bytes(unpacked), False
    unpacked += machine.flush()
    return bytes(unpacked), machine.eof
