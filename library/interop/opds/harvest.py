"""Reading a catalogue (OPDS 1.2 and 2.0) list by list.

A catalogue is a web of lists: each is read to its last page, and each that it leads to on the same site once. Where there
is one list of everything ("crawlable"), that alone is read. A list that cannot be read stops only itself; the reader goes
on with the others, and says at the end which ones are missing.
"""

import time
from collections.abc import Iterator
from hashlib import sha256

from django.utils.translation import gettext as _

from .. import wild_json
from ..fetching import Fetched, Fetcher
from ..moments import is_before, stamp
from ..page import Cursor, Found, Page, Probe, SourceProblem, SourceSettings
from ..signposts import named_in
from ..web_of_pages import mark_of, site_of
from ..wild_xml import NotXml, WebPage, ends_as_it_should, read_xml
from . import reading_atom, reading_json
from .reading import Catalogue, NotACatalogue

ACCEPT = (
    "application/opds+json, application/atom+xml;profile=opds-catalog;q=0.9, application/xml;q=0.5, */*;q=0.1"
)
MEDIA_TYPES = ("application/opds+json", "application/atom+xml;profile=opds-catalog")
MOST_LISTS = 2_000
EXAMPLES = 5
LISTS_LOOKED_INTO, PATIENCE = 5, 8.0  # by a probe, for examples; s


class OpdsReader:
    """Cursor: {"at": a page, "waiting": [lists], "known": [digests of lists], "missing": [lists that failed], "reasons":
    [why it was not read whole]}."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None):
        self._settings = settings
        self._fetcher = fetcher or Fetcher(pause=settings.pause)
        self._clock = ""

    def probe(self) -> Probe:
        """What the first list says, and publications from there or from the first lists it leads to."""
        first = self._catalogue(self._settings.url)
        examples, lists = list(first.records), _of_one_site(first, self._settings.url)
        begun = time.monotonic()
        for url in lists[:LISTS_LOOKED_INTO]:
            if examples or time.monotonic() - begun > PATIENCE:
                break
            try:
                examples += self._catalogue(url).records
            except SourceProblem as problem:
                self._fetcher.note(f"{url}: {problem}")
        facts = [(_("Lists it leads to"), str(len(lists)))]
        if first.total is not None:
            facts.append((_("Publications it states"), str(first.total)))
        return Probe(
            first.title or self._settings.url,
            facts,
            examples=examples[:EXAMPLES],
            contact=first.contact,
            keeps_deletions="no",
            notes=self._fetcher.take_notes(),
        )

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        """One page a page of a list. Each publication is offered once a run, though it stands in several lists. With
        `since` those are left out that the catalogue says have not changed."""
        walk = _Walk(cursor, self._settings.url)
        met: set[bytes] = set()
        while walk.at:
            try:
                catalogue = self._catalogue(walk.at)
            except SourceProblem as problem:
                if walk.is_first:
                    raise
                walk.miss(problem)
                continue
            notes = walk.go_on(catalogue)
            records = [each for each in catalogue.records if not is_before(each.datestamp, since)]
            total = catalogue.total if walk.is_single and not since else None
            yield Page(
                _first_time(records, met),
                walk.cursor(),
                self._clock,
                total,
                [*notes, *self._fetcher.take_notes()],
            )
        walk.complain()

    def _catalogue(self, url: str) -> Catalogue:
        fetched = self._fetcher.get(url, accept=ACCEPT, whole=_is_whole)
        self._clock = self._clock or stamp(fetched.headers.get("date", ""))
        try:
            return self._read(fetched)
        except (NotXml, wild_json.NotJson, NotACatalogue) as error:
            if isinstance(error, WebPage) and (other := named_in(fetched.content, fetched.url, MEDIA_TYPES)):
                reason = _(
                    "This is a web page for people. It names the catalogue %(url)s; write that address."
                )
                raise SourceProblem(reason % {"url": other}) from error
            raise SourceProblem(
                _("This is not a catalogue that can be read: %(reason)s") % {"reason": error}
            ) from error

    def _read(self, fetched: Fetched) -> Catalogue:
        if wild_json.is_json(fetched.content):
            document = wild_json.read_json(fetched.content, charset=fetched.charset)
            return reading_json.read(document, fetched.url)
        tree = read_xml(fetched.content, charset=fetched.charset)
        for note in tree.notes:
            self._fetcher.note(note)
        return reading_atom.read(tree.root, fetched.url)


class _Walk:
    """Where the reader is in the web of lists."""

    def __init__(self, cursor: Cursor | None, start: str):
        """A cursor behind which nothing is left is that of a catalogue that could not be read whole: it is read anew."""
        said = cursor if cursor and any(cursor.get(name) for name in ("at", "waiting", "missing")) else None
        self._start = start
        self.is_first = self.is_single = said is None
        said = said or {"at": start, "known": [mark_of(start)]}
        self._waiting: list[str] = [*said.get("waiting", ()), *said.get("missing", ())]
        self._known: list[str] = list(said.get("known", ()))
        self._missing: dict[str, str] = {}
        self._reasons: list[str] = list(said.get("reasons", ()))
        self._of_this_list: set[str] = set()
        self.at: str = said.get("at", "")
        if not self.at:
            self._next_list()

    def go_on(self, catalogue: Catalogue) -> list[str]:
        """Take in where a page leads to. Answers what was odd."""
        notes = []
        self._of_this_list.add(mark_of(self.at))
        if catalogue.whole and self.is_first:
            lists, following = [catalogue.whole], catalogue.following if catalogue.whole == self.at else ""
        else:
            lists, following = catalogue.lists, catalogue.following
        here = site_of(self._start)
        foreign = [each for each in lists if site_of(each) != here]
        if foreign:
            note = _("It leads to lists of other sites (%(site)s); add them as sources of their own.")
            notes.append(note % {"site": ", ".join(sorted(set(map(site_of, foreign)))[:5])})
        for url in lists:
            if site_of(url) == here and mark_of(url) not in self._known:
                self._take(url)
        self.is_single = self.is_single and not self._waiting
        if following and mark_of(following) in self._of_this_list:
            self._was_not_read_whole(
                _("A list of the catalogue leads back to a page that was read; it may be incomplete.")
            )
            following = ""
        self.is_first = False
        self.at = following
        if not self.at:
            self._next_list()
        return notes

    def miss(self, problem: SourceProblem) -> None:
        self._missing[self.at] = str(problem)
        self._next_list()

    def cursor(self) -> Cursor | None:
        if not self.at and not self._missing and not self._reasons:
            return None
        return {
            "at": self.at,
            "waiting": list(self._waiting),
            "known": list(self._known),
            "missing": list(self._missing),
            "reasons": list(self._reasons),
        }

    def complain(self) -> None:
        """Raises SourceProblem when something could not be read to its end."""
        if self._missing:
            url, reason = next(iter(self._missing.items()))
            sentence = _(
                "%(count)s lists of the catalogue could not be read, the first is %(url)s: %(reason)s"
            )
            raise SourceProblem(sentence % {"count": len(self._missing), "url": url, "reason": reason})
        if self._reasons:
            raise SourceProblem(self._reasons[0])

    def _take(self, url: str) -> None:
        if len(self._known) >= MOST_LISTS:
            reason = _("The catalogue has more than %(most)s lists; give the address of a part of it.")
            self._was_not_read_whole(reason % {"most": MOST_LISTS})
            return
        self._known.append(mark_of(url))
        self._waiting.append(url)

    def _was_not_read_whole(self, reason: str) -> None:
        if reason not in self._reasons:
            self._reasons.append(reason)

    def _next_list(self) -> None:
        self._of_this_list = set()
        self.at = self._waiting.pop(0) if self._waiting else ""


def _first_time(records: list[Found], met: set[bytes]) -> list[Found]:
    """Those that this run has not offered yet; what has no identifier cannot be told apart."""
    fresh = []
    for record in records:
        mark = sha256(record.identifier.encode()).digest()[:12]
        if not record.identifier or mark not in met:
            fresh.append(record)
            met.add(mark)
    return fresh


def _of_one_site(catalogue: Catalogue, url: str) -> list[str]:
    lists = [catalogue.whole] if catalogue.whole else catalogue.lists
    return [each for each in lists if site_of(each) == site_of(url)]


def _is_whole(content: bytes) -> bool:
    return wild_json.ends_as_it_should(content) if wild_json.is_json(content) else ends_as_it_should(content)
