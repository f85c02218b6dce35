"""Reading a feed (RSS, Atom), and its older pages where it has any (RFC 5005)."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from ..fetching import Fetcher
from ..moments import is_before, stamp
from ..page import Cursor, Page, Probe, SourceProblem, SourceSettings
from ..signposts import named_in
from ..web_of_pages import mark_of
from ..wild_xml import NotXml, WebPage, ends_as_it_should, read_xml
from .reading import Feed, NotAFeed, read

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.5, */*;q=0.1"
)
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
MOST_PAGES = 1_000
OVERLAP = timedelta(days=30)  # articles are written on one day and put in on another
EXAMPLES = 5


class FeedReader:
    """Cursor: {"at": a page, "read": [digests of the pages before it]}."""

    def __init__(self, settings: SourceSettings, fetcher: Fetcher | None = None):
        self._settings = settings
        self._fetcher = fetcher or Fetcher(pause=settings.pause)
        self._clock = ""

    def probe(self) -> Probe:
        feed = self._feed(self._settings.url)
        facts = [(_("Kind of feed"), feed.kind), (_("Items in it"), str(len(feed.records)))]
        if feed.following:
            facts.append((_("Older items"), _("on further pages")))
        return Probe(
            feed.title or self._settings.url,
            facts,
            examples=feed.records[:EXAMPLES],
            contact=feed.contact,
            notes=self._fetcher.take_notes(),
        )

    def pages(self, cursor: Cursor | None = None, *, since: str = "") -> Iterator[Page]:
        """Newest first, as feeds are: behind a page on which everything is much older than `since` nothing is asked for."""
        at, read_already = self._settings.url, []
        if cursor:
            at, read_already = cursor["at"], list(cursor["read"])
        while at:
            feed = self._feed(at)
            read_already.append(mark_of(at))
            records = [each for each in feed.records if not is_before(each.datestamp, since, overlap=OVERLAP)]
            onward = feed.following if records or not feed.records else ""
            problem = ""
            if onward and mark_of(onward) in read_already:
                onward = ""
                self._fetcher.note(
                    _("The feed leads back to a page that was read already; there it was left.")
                )
            if onward and len(read_already) >= MOST_PAGES:
                problem = _("The feed has more than %(most)s pages.") % {"most": MOST_PAGES}
            following = {"at": onward, "read": read_already} if onward else None
            yield Page(records, following, self._clock, notes=self._fetcher.take_notes())
            if problem:
                raise SourceProblem(problem)
            at = onward

    def _feed(self, url: str) -> Feed:
        fetched = self._fetcher.get(url, accept=ACCEPT, whole=ends_as_it_should)
        self._clock = self._clock or stamp(fetched.headers.get("date", ""))
        try:
            tree = read_xml(fetched.content, charset=fetched.charset)
            for note in tree.notes:
                self._fetcher.note(note)
            return read(tree.root, fetched.url)
        except WebPage as error:
            if feed := named_in(fetched.content, fetched.url, MEDIA_TYPES):
                reason = _("This is a web page for people. It names the feed %(url)s; write that address.")
                raise SourceProblem(reason % {"url": feed}) from error
            raise SourceProblem(
                _("This is not a feed that can be read: %(reason)s") % {"reason": error}
            ) from error
        except (NotXml, NotAFeed) as error:
            raise SourceProblem(
                _("This is not a feed that can be read: %(reason)s") % {"reason": error}
            ) from error
