"""The clients of all protocols, by the value of `SourceProtocol`."""

from collections.abc import Callable, Mapping

from .feeds.harvest import FeedReader
from .oai.harvest import OaiReader
from .opds.harvest import OpdsReader
from .page import Reader, SourceSettings
from .sheets.harvest import SheetReader
from .sru.harvest import SruReader
from .websites.harvest import SitemapReader

READERS: Mapping[str, Callable[[SourceSettings], Reader]] = {
    "oai": OaiReader,
    "sru": SruReader,
    "opds": OpdsReader,
    "feed": FeedReader,
    "sitemap": SitemapReader,
    "sheet": SheetReader,
}
