"""A reader that does not wait, against a server on loopback that an administrator has allowed."""

from contextlib import contextmanager
from itertools import islice

import pytest

from library.interop.fetching import Fetcher
from library.interop.oai.harvest import OaiReader
from library.interop.page import SourceSettings

from .oai_server import serving


@pytest.fixture(autouse=True)
def loopback_allowed(settings):
    settings.HARVEST_ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.fixture
def rests():
    """The seconds that a fetcher wanted to rest."""
    return []


@pytest.fixture
def fetcher(rests):
    return Fetcher(sleep=rests.append, chance=lambda: 0.0)


@pytest.fixture
def reading(rests):
    """reading(source, ...) -> a reader of it, while the server runs."""

    @contextmanager
    def made(source, **settings):
        with serving(source) as url:
            yield OaiReader(SourceSettings(url, **settings), Fetcher(sleep=rests.append, chance=lambda: 0.0))

    return made


MOST_PAGES = 2_000  # of a reading in a test: one without an end fails


class Harvested:
    """All pages of a reading."""

    def __init__(self, pages):
        self.pages = list(islice(pages, MOST_PAGES))
        assert len(self.pages) < MOST_PAGES, "It does not come to an end."
        self.found = [each for page in self.pages for each in page.records]
        self.notes = " ".join(note for page in self.pages for note in page.notes)
        self.failed = [each for each in self.found if each.problem]
        self.identifiers = [each.identifier for each in self.found if not each.problem]
        self.titles = [each.values["title"] for each in self.found if each.values]


@pytest.fixture
def harvest(reading):
    """harvest(source) -> what came of it, to its end."""

    def whole(source, *, cursor=None, since="", **settings):
        with reading(source, **settings) as reader:
            return Harvested(reader.pages(cursor, since=since))

    return whole
