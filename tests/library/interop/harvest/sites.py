"""Websites on loopback for the readers of catalogues, feeds, sitemaps and sheets."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager

from library.interop.fetching import Fetcher
from library.interop.page import SourceSettings

from .conftest import Harvested
from .oai_server import Reply, serving

DATE = {"Date": "Thu, 26 Nov 2026 01:00:00 GMT"}
LOGIN = "<!DOCTYPE html><html><body><form action='/login'><input name='password'></form></body></html>"

Content = str | bytes | Reply | Callable[[str], "str | bytes | Reply"]


class Site:
    """Answers each path with its content; "BASE" in a text becomes the site's own address. `asked` keeps the paths."""

    def __init__(self, paths: Mapping[str, Content]):
        self.paths = dict(paths)
        self.asked: list[str] = []
        self.base = ""

    def __call__(self, path: str) -> Reply:
        self.asked.append(path)
        content = self.paths.get(path, self.paths.get(path.partition("?")[0], Reply("", 404)))
        if callable(content):
            content = content(path)
        if not isinstance(content, Reply):
            content = Reply(content)
        if isinstance(content.body, str):
            content = Reply(
                content.body.replace("BASE", self.base), content.status, content.headers, content.cut
            )
        return content


@contextmanager
def online(site: Site):
    with serving(site) as url:
        site.base = url.removesuffix("/oai")
        yield site


def reader_of(reader, site: Site, path: str, **settings):
    fetcher = Fetcher(sleep=lambda _seconds: None, chance=lambda: 0.0)
    return reader(SourceSettings(site.base + path, **settings), fetcher)


def harvested(reader, site: Site, path: str, *, cursor=None, since="", **settings) -> Harvested:
    """All pages of a reading, the site online meanwhile."""
    with online(site):
        return Harvested(reader_of(reader, site, path, **settings).pages(cursor, since=since))
