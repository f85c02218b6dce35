"""Reading a website by its sitemap: each page that it lists is a record that is offered.

A page that describes a resource (JSON-LD in the words of schema.org) is one; a page that describes none, that robots.txt
keeps for people, or that does not answer is one that failed, with that reason. So a librarian sees of every listed page
what became of it. A page that is gone (410) has been deleted.
"""

import time
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from portal.web.robots import Wish, wish_for

from ..fetching import Fetcher, rest
from ..moments import is_before, stamp
from ..page import Cursor, Found, Page, Probe, SourceProblem, SourceSettings
from ..web_of_pages import mark_of, site_of
from ..wild_xml import NotXml, WebPage, ends_as_it_should, read_xml
from . import page as page_of_site
from .sitemap import Listed, NotASitemap, Sitemap, is_text, read, read_text

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
BATCH, LONGEST_BATCH = 20, 60.0  # pages asked for between two checkpoints; s
MOST_SITEMAPS = 5_000  # of 50,000 pages each
EXAMPLES, LOOKED_AT = 5, 8
PATIENCE = 8.0  # s, when somebody waits
SILENT, MOST_SILENT = 3, 20  # pages in a row without an answer: then it may be the site; then it is
OUT_OF_ORDER = (HTTPStatus.TOO_MANY_REQUESTS, *range(500, 600))


class SitemapReader:
    """Cursor: {"map": the sitemap being read, "after": the last page read of it, "waiting": [sitemaps], "known":
    [digests of sitemaps]}."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None):
        self._settings = settings
        self._fetcher = fetcher or Fetcher(pause=settings.pause)
        self._clock = ""
        self._silent = 0

    def probe(self) -> Probe:
        """Pages of the first sitemap, those that describe something first."""
        at, sitemaps = self._settings.url, 0
        sitemap = self._sitemap(at)
        while sitemap.others and not sitemap.pages:
            sitemaps += len(sitemap.others)
            at = sitemap.others[0].url
            sitemap = self._sitemap(at)
            if sitemaps > MOST_SITEMAPS:
                raise SourceProblem(_("The sitemaps only lead to other sitemaps."))
        looked_at = list(self._looked_at(self._here(sitemap)))
        examples = sorted(looked_at, key=lambda each: bool(each.problem))
        facts = [(_("Pages in the first sitemap"), str(len(sitemap.pages)))]
        if sitemaps:
            facts.append((_("Sitemaps"), str(sitemaps)))
        described = sum(not each.problem for each in looked_at)
        facts.append((_("Of the first pages, with a description"), f"{described}/{len(looked_at)}"))
        return Probe(
            urlsplit(self._settings.url).hostname or self._settings.url,
            facts,
            examples=examples[:EXAMPLES],
            keeps_deletions="no",
            notes=self._fetcher.take_notes(),
        )

    def _looked_at(self, listed: list[Listed]) -> Iterator[Found]:
        """The first pages, as many as can be asked politely while somebody waits."""
        begun, rested = time.monotonic(), 0.0
        for each in listed[:LOOKED_AT]:
            rested += max(self._wish(each.url).delay, self._settings.pause)
            if max(rested, time.monotonic() - begun) > PATIENCE:
                return
            yield self._found(each)

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        """With `since` only the pages that the sitemap says have changed, and those of which it does not say when."""
        start = self._settings.url
        state = (
            dict(cursor) if cursor else {"map": start, "after": "", "waiting": [], "known": [mark_of(start)]}
        )
        while state["map"]:
            sitemap = self._sitemap(state["map"])
            self._take(sitemap, state, since)
            listed = [each for each in self._here(sitemap) if not is_before(each.changed, since)]
            total = len(listed) if state["map"] == start and not since else None
            rest_of_map = _behind(listed, state["after"])
            if not rest_of_map:
                state = _next_map(state)
                yield Page((), _goal(state), self._clock, total, self._fetcher.take_notes())
            while rest_of_map:
                found = self._batch(rest_of_map)
                last, rest_of_map = rest_of_map[len(found) - 1], rest_of_map[len(found) :]
                state = state | {"after": last.url} if rest_of_map else _next_map(state)
                yield Page(found, _goal(state), self._clock, total, self._fetcher.take_notes())

    def _batch(self, listed: list[Listed]) -> list[Found]:
        """The first of them: as many as a checkpoint is worth, fewer where the site answers slowly."""
        found, begun = [], time.monotonic()
        for each in listed[:BATCH]:
            found.append(self._found(each))
            if time.monotonic() - begun > LONGEST_BATCH:
                break
        return found

    def _take(self, sitemap: Sitemap, state: dict, since: str) -> None:
        """Sitemaps of an index wait for their turn, each once; with `since` not those that have not changed."""
        for each in sitemap.others:
            mark = mark_of(each.url)
            if mark in state["known"] or is_before(each.changed, since):
                continue
            if len(state["known"]) >= MOST_SITEMAPS:
                raise SourceProblem(_("The site has more than %(most)s sitemaps.") % {"most": MOST_SITEMAPS})
            state["known"] = [*state["known"], mark]
            state["waiting"] = [*state["waiting"], each.url]

    def _sitemap(self, url: str) -> Sitemap:
        fetched = self._fetcher.get(url, whole=ends_as_it_should)
        self._clock = self._clock or stamp(fetched.headers.get("date", ""))
        if is_text(fetched.content):
            return read_text(fetched.content)
        try:
            tree = read_xml(fetched.content, charset=fetched.charset)
            for note in tree.notes:
                self._fetcher.note(note)
            return read(tree.root, fetched.url)
        except (NotXml, NotASitemap) as error:
            if isinstance(error, WebPage) and (other := self._named_by_robots(fetched.url)):
                reason = _(
                    "This is a web page for people. The site names the sitemap %(url)s; write that address."
                )
                raise SourceProblem(reason % {"url": other}) from error
            reason = _("This is not a sitemap that can be read: %(reason)s")
            raise SourceProblem(reason % {"reason": error}) from error

    def _named_by_robots(self, url: str) -> str:
        """The first "Sitemap:" line of robots.txt, "" when there is none."""
        lines = self._rules(urljoin(url, "/robots.txt")).splitlines()
        named = (
            line.partition(":")[2].strip() for line in lines if line.lower().lstrip().startswith("sitemap:")
        )
        return next((each for each in named if each.startswith(("http://", "https://")) and each != url), "")

    def _here(self, sitemap: Sitemap) -> list[Listed]:
        """A sitemap speaks for its own site only."""
        here = site_of(self._settings.url)
        own = [each for each in sitemap.pages if site_of(each.url) == here]
        if len(own) < len(sitemap.pages):
            self._fetcher.note(_("The sitemap also lists pages of other sites; they were left out."))
        return own

    def _found(self, listed: Listed) -> Found:
        """Raises SourceProblem when several pages in a row do not answer."""
        wish = self._wish(listed.url)
        told = {"identifier": listed.url, "datestamp": listed.changed}
        if not wish.allowed:
            return Found(**told, problem=_("The site does not want programs to ask for this address."))
        if wish.delay > self._settings.pause:
            rest(wish.delay - self._settings.pause)
        try:
            fetched = self._fetcher.get(listed.url, accept=ACCEPT, any_status=True)
        except SourceProblem as problem:
            return self._failed(told, str(problem), silent=True)
        if fetched.status == HTTPStatus.GONE:
            return Found(**told, deleted=True)
        if fetched.status >= HTTPStatus.BAD_REQUEST:
            reason = _("The server answers with an error (%(code)s).") % {"code": fetched.status}
            return self._failed(told, reason, silent=fetched.status in OUT_OF_ORDER)
        self._silent = 0
        if not fetched.complete:
            return Found(**told, raw=fetched.content, problem=_("The page was cut off: its end is missing."))
        return page_of_site.found(
            fetched.content, listed.url, charset=fetched.charset, changed=listed.changed
        )

    def _failed(self, told: dict, reason: str, *, silent: bool) -> Found:
        self._silent = self._silent + 1 if silent else 0
        if self._silent == SILENT:
            # Raises where it is the site, and not a part of it that is broken
            self._fetcher.get(self._settings.url)
        if self._silent == MOST_SILENT:
            raise SourceProblem(reason)
        return Found(**told, problem=reason)

    def _wish(self, url: str) -> Wish:
        return wish_for(url, self._rules)

    def _rules(self, address: str) -> str:
        fetched = self._fetcher.get(address, any_status=True)
        return fetched.content.decode("utf-8", "replace") if fetched.status == HTTPStatus.OK else ""


def _behind(listed: list[Listed], after: str) -> list[Listed]:
    """What comes behind the page that was read last; everything, where that is not listed any more."""
    place = next((number for number, each in enumerate(listed) if each.url == after), -1)
    return listed[place + 1 :]


def _goal(state: dict) -> dict | None:
    return dict(state) if state["map"] else None


def _next_map(state: dict) -> dict:
    waiting = list(state["waiting"])
    return state | {"map": waiting.pop(0) if waiting else "", "after": "", "waiting": waiting}
