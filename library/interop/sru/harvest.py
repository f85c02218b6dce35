"""Reading a catalogue by SRU (1.1, 1.2, 2.0), a page of records at a time.

The server is asked to explain itself first; one that does not is asked in the oldest version. A page that cannot be read
is asked for again record by record, so that one bad record is one that failed.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from django.utils.translation import gettext as _

from ..fetching import Fetched, Fetcher
from ..moments import day_before, stamp
from ..page import Cursor, Found, Page, Probe, SourceProblem, SourceSettings
from ..wild_xml import NotXml, WebPage, ends_as_it_should, read_xml
from .reading import (
    OUT_OF_RANGE,
    UNSUPPORTED_INDEX,
    UNSUPPORTED_VERSION,
    Answer,
    Explanation,
    NotAnAnswer,
    read_answer,
    read_explanation,
)

ACCEPT = "application/sru+xml, text/xml;q=0.9, application/xml;q=0.9, */*;q=0.1"
EVERYTHING = "cql.allRecords=1"  # CQL 1.2
OLDEST, NEWEST = "1.1", "2.0"
VERSIONS = ("1.1", "1.2", "2.0")
PAGE, EXAMPLES = 50, 5
SORTED = re.compile(r"\s+sortby\s", re.IGNORECASE)  # the end of a question in CQL 1.2
# What an address that somebody has copied out of a browser holds besides that of the server
ASKED = frozenset(
    [
        "operation",
        "version",
        "query",
        "querytype",
        "startrecord",
        "maximumrecords",
        "recordschema",
        "recordpacking",
    ]
)


class SruReader:
    """Cursor: {"start": position, "version": "1.1", "schema": name, "size": records a page, "query": CQL, "singly_to":
    the position up to which records are asked for one by one, "shown": a mark of the last page}."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None):
        self._settings = settings
        self._url, pasted = _parted(settings.url)
        self._query = settings.query or pasted.get("query", "") or EVERYTHING
        self._schema = settings.prefix or pasted.get("recordSchema", "")
        self._fetcher = fetcher or Fetcher(pause=settings.pause)
        self._clock = ""
        self._content = b""  # of the last answer

    def probe(self) -> Probe:
        explanation = self._explanation()
        state = self._first(explanation, "")
        try:
            answer = self._answer(state | {"size": EXAMPLES})
        except NotXml as error:
            raise SourceProblem(str(error)) from error
        facts = [(_("Version of SRU"), answer.version or str(state["version"]))]
        if answer.total is not None:
            facts.append((_("Records it states"), str(answer.total)))
        if explanation.description:
            facts.append((_("Description"), explanation.description))
        return Probe(
            explanation.title or self._settings.url,
            facts,
            formats=explanation.schemas,
            examples=answer.records[:EXAMPLES],
            contact=explanation.contact,
            prefix=str(state["schema"]),
            keeps_deletions="no",
            notes=self._fetcher.take_notes(),
        )

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        """`since` is asked for where the server has an index of the days of change; else everything is read."""
        state = dict(cursor) if cursor else self._first(self._explanation(), since)
        while True:
            try:
                answer = self._answer(state)
            except NotXml as error:
                page, state = self._beside(state, error)
            else:
                following = _following(state, answer)
                page = Page(answer.records, following, self._clock, answer.total, self._fetcher.take_notes())
                state = following
            yield page
            if state is None:
                return

    def _first(self, explanation: Explanation, since: str) -> dict:
        query, day = self._query, day_before(since)
        if day and explanation.index_of_changes:
            query = f'({SORTED.split(query)[0]}) and {explanation.index_of_changes} >= "{day}"'
        return {
            "start": 1,
            "version": explanation.version if explanation.version in VERSIONS else OLDEST,
            "schema": self._schema or explanation.best_schema,
            "size": min(PAGE, explanation.most or PAGE),
            "query": query,
        }

    def _explanation(self) -> Explanation:
        """What the server says of itself; nothing, where it does not."""
        for parameters in ({"operation": "explain", "version": OLDEST}, {}):
            try:
                return read_explanation(self._tree(parameters, any_status=True))
            except (NotXml, NotAnAnswer):
                continue
        self._fetcher.note(_("The server does not explain itself; it is asked in the oldest version of SRU."))
        return Explanation()

    def _answer(self, state: dict) -> Answer:
        """Raises NotXml for a page that cannot be read, SourceProblem for a question that is refused."""
        answer = self._asked(state)
        version = _version_wanted(answer)
        if version and version != state["version"]:
            state["version"] = version
            answer = self._asked(state)
        for told in answer.diagnostics:
            if answer.records:
                self._fetcher.note(_("The server says: %(message)s") % {"message": told})
                continue
            if told.code == OUT_OF_RANGE and state["start"] > 1:
                return answer
            if told.code == UNSUPPORTED_INDEX and self._query == EVERYTHING:
                raise SourceProblem(_("The server cannot list all of its records; give a question (CQL)."))
            raise SourceProblem(_("The server refuses the question: %(message)s") % {"message": told})
        return answer

    def _asked(self, state: Mapping) -> Answer:
        try:
            return read_answer(self._tree(_parameters(state)))
        except NotAnAnswer as error:
            raise SourceProblem(str(error)) from error

    def _beside(self, state: dict, error: NotXml) -> tuple[Page, dict | None]:
        """What to do beside a page that cannot be read: its records one by one, or the one that is left as failed.
        Raises SourceProblem for a web page, and where not one record of the first page can be read."""
        start, size, total = state["start"], state["size"], state.get("total")
        if isinstance(error, WebPage):
            raise SourceProblem(str(error)) from error
        if size > 1:
            note = _(
                "The records from number %(start)s on could not be read together; each was asked for by itself."
            )
            narrower = state | {"size": 1, "usual": size, "singly_to": start + size}
            return Page((), narrower, self._clock, total, [note % {"start": start}]), narrower
        if total is None and start + 1 >= state.get("singly_to", 0):
            raise SourceProblem(str(error)) from error
        failed = Found("", raw=self._content, problem=str(error))
        onward = None if total is not None and start >= total else _sized(state | {"start": start + 1})
        return Page([failed], onward, self._clock, total, self._fetcher.take_notes()), onward

    def _tree(self, parameters: Mapping[str, str], *, any_status: bool = False) -> etree._Element:
        """Raises NotXml, SourceProblem."""
        fetched = self._fetcher.get(
            _address(self._url, parameters),
            accept=ACCEPT,
            any_status=any_status,
            whole=ends_as_it_should,
        )
        self._clock = self._clock or stamp(fetched.headers.get("date", ""))
        self._content = fetched.content
        return self._read(fetched)

    def _read(self, fetched: Fetched) -> etree._Element:
        tree = read_xml(fetched.content, charset=fetched.charset)
        for note in tree.notes:
            self._fetcher.note(note)
        return tree.root


def _parameters(state: Mapping) -> dict[str, str]:
    """In 2.0 the operation is told by the parameters, and packing has another name."""
    version = str(state["version"])
    asked = {"version": version}
    if version != NEWEST:
        asked |= {"operation": "searchRetrieve", "recordPacking": "xml"}
    asked |= {
        "query": str(state["query"]),
        "startRecord": str(state["start"]),
        "maximumRecords": str(state["size"]),
    }
    return asked | ({"recordSchema": str(state["schema"])} if state["schema"] else {})


def _version_wanted(answer: Answer) -> str:
    """By the diagnostic of a server that does not speak the version it was asked in."""
    wanted = (told.details for told in answer.diagnostics if told.code == UNSUPPORTED_VERSION)
    return next((each for each in wanted if each in VERSIONS), "")


def _following(state: dict, answer: Answer) -> dict | None:
    """By where the server says it goes on, else by counting. Raises SourceProblem when it states more than it gives, or
    gives the same again and again."""
    start, given = state["start"], len(answer.records)
    total = answer.total if answer.total is not None else state.get("total")
    at = answer.following if answer.following and answer.following > start else start + given
    if not given:
        if total and start <= total:
            reason = _("The server states %(total)s records, but gives none from number %(start)s on.")
            raise SourceProblem(reason % {"total": total, "start": start})
        return None
    if not answer.following and (total is None or at > total):
        return None
    if total is not None and at > total:
        return None
    shown = sha256(b"".join(each.raw for each in answer.records)).hexdigest()[:16]
    if given > 1 and shown == state.get("shown"):
        raise SourceProblem(
            _(
                "The source sends the same page again and again; the reading was stopped. What came before is kept."
            )
        )
    return _sized(state | {"start": at, "total": total, "shown": shown})


def _sized(state: dict) -> dict:
    """Back to whole pages behind those that were asked for singly."""
    if state.get("singly_to") and state["start"] >= state["singly_to"]:
        state = state | {"size": state["usual"]}
        del state["singly_to"], state["usual"]
    return state


def _parted(url: str) -> tuple[str, dict[str, str]]:
    """The address of the server, with what it needs itself (a database, a key), and the question that stands in it."""
    parts = urlsplit(url)
    own = parse_qsl(parts.query)
    kept = [(name, value) for name, value in own if name.lower() not in ASKED]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment="")), dict(own)


def _address(url: str, parameters: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?' if parameters else ''}{urlencode(parameters)}"
