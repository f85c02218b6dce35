"""Two harvesters that know nothing of each other read ten thousand records out of a live server while its library works."""

import datetime
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from oaipmh_scythe import Scythe

from django.conf import settings as site_settings

from library.interop.oai.harvest import OaiReader
from library.interop.page import SourceSettings
from tests.services import migrated

RECORDS = 10_000
OVERLAP = datetime.timedelta(seconds=1)

Read = list[tuple[int, bool, str]]  # number, deleted, datestamp


class WorkingLibrary:
    def __init__(self, process: subprocess.Popen):
        self._process = process
        begun = self._told()
        self.url = f"http://127.0.0.1:{begun['port']}/oai"
        self.untouched = set(begun["untouched"])

    def stop_working(self) -> tuple[set[int], dict[int, tuple[bool, str]]]:
        """(what was added, {number: (deleted, datestamp)} of all that is stored)."""
        print("stop", file=self._process.stdin, flush=True)
        told = self._told()
        assert not told["problem"]
        return set(told["added"]), {pk: (deleted, stamp) for pk, deleted, stamp in told["stored"]}

    def _told(self) -> dict:
        return json.loads(self._process.stdout.readline())


@contextmanager
def working_library(folder) -> Iterator[WorkingLibrary]:
    database = folder / "library.sqlite3"
    shutil.copy(migrated.sqlite_file(), database)
    command = [sys.executable, "-m", "tests.library.interop.provider.working_library"]
    process = subprocess.Popen(
        [*command, str(database), str(RECORDS)],
        cwd=site_settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield WorkingLibrary(process)
    finally:
        process.kill()
        process.communicate()


def ours(url: str, since: str = "") -> Read:
    pages = OaiReader(SourceSettings(url=url, prefix="oai_dc")).pages(since=since)
    found = [each for page in pages for each in page.records]
    assert not [each.problem for each in found if each.problem]
    return [(number(each.identifier), each.deleted, each.datestamp) for each in found]


def scythe(url: str, since: str = "") -> Read:
    with Scythe(url) as client:
        records = client.list_records(metadata_prefix="oai_dc", from_=since or None)
        headers = [each.header for each in records]
    return [(number(each.identifier), each.deleted, each.datestamp) for each in headers]


def number(identifier: str) -> int:
    return int(re.fullmatch(r"oai:thu-vien\.example:(\d+)", identifier)[1])


@pytest.fixture
def library(tmp_path, settings):
    settings.HARVEST_ALLOWED_HOSTS = ["127.0.0.1"]
    with working_library(tmp_path) as running:
        yield running


@pytest.mark.xdist_group("harvesters")  # each keeps a processor busy
def test_nothing_is_lost_while_records_are_added_changed_and_withdrawn(library):
    begun = datetime.datetime.now(datetime.UTC)
    whole = {harvest: harvest(library.url) for harvest in (ours, scythe)}
    added, stored = library.stop_working()
    assert added
    since = (begun - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")
    for harvest, read in whole.items():
        times = Counter(each for each, _deleted, _stamp in read)
        assert {each: times[each] for each in library.untouched} == dict.fromkeys(library.untouched, 1)
        # What was there at the beginning is either read as it was, or, changed since, once more at the end.
        assert len(times) >= RECORDS
        held = {each: (deleted, stamp) for each, deleted, stamp in read}
        held |= {each: (deleted, stamp) for each, deleted, stamp in harvest(library.url, since)}
        assert held == stored
