"""Harvests in processes of their own, killed with `kill -9` at any moment."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.library.interop.harvest.oai_server import Repository, records, serving
from tests.services.migrated import copy_of_its_own

pytestmark = pytest.mark.django_db  # so that they run on PostgreSQL too

PROJECT = Path(__file__).parents[3]
RECORDS, SIZE = 600, 10
DEATHS = 4
PATIENCE = 60  # s


class Portal:
    """`manage.py` on a database of its own."""

    def __init__(self, url: str, folder: Path):
        self.url = url
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "HARVEST_ALLOWED_HOSTS": "127.0.0.1",
            "TMPDIR": str(folder),
        }

    def start(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def do(self, *arguments: str) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def number(self, statement: str) -> int:
        if self.url.startswith("sqlite"):
            with sqlite3.connect(self.url.removeprefix("sqlite:///")) as asked:
                return asked.execute(statement).fetchone()[0]
        with psycopg.connect(self.url.replace("postgres:", "postgresql:")) as asked:
            return asked.execute(statement).fetchone()[0]


@pytest.fixture
def portal(tmp_path):
    with copy_of_its_own(tmp_path) as url:
        yield Portal(url, tmp_path)


def kept(portal: Portal, url: str) -> None:
    assert portal.do("add_source", "Kho", "--protocol", "oai", "--url", url)[0] == 0


def test_killed_again_and_again_it_goes_on_without_loss_or_duplicate(portal):
    chance, source = random.Random(), Repository(records(RECORDS), page=SIZE)
    with serving(source) as url:
        kept(portal, url)
        for death in range(DEATHS):
            before, process = len(source.lists), portal.start("harvest", "Kho")
            while len(source.lists) < before + 1 + chance.randrange(RECORDS // SIZE // (DEATHS + 1)):
                assert process.poll() is None, process.communicate()
                time.sleep(0.002)
            time.sleep(chance.random() / 20)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert portal.number("SELECT count(*) FROM library_sourcerecord") == portal.number(
                "SELECT offered FROM library_harvest"
            ), f"after death {death}"
        status, out, err = portal.do("harvest", "Kho")
    assert status == 0, err
    assert out.splitlines()[-1] == (
        f"offered {RECORDS}, read {RECORDS}, failed 0, created {RECORDS}, updated 0, unchanged 0, deleted 0"
    )
    assert portal.number("SELECT count(*) FROM library_harvest") == 1
    for table in ("library_sourcerecord", "library_rawrecord"):
        assert portal.number(f"SELECT count(*) FROM {table}") == RECORDS
    assert portal.number("SELECT count(DISTINCT resource_id) FROM library_sourcerecord") == RECORDS
    told = "SELECT count(DISTINCT object_id) FROM search_outboxrow WHERE prefix = 'resource'"
    assert portal.number(told) == RECORDS


def test_ctrl_c_stops_it_between_two_pages_and_says_how_to_go_on(portal):
    source = Repository(records(RECORDS), page=SIZE)
    with serving(source) as url:
        kept(portal, url)
        process = portal.start("harvest", "Kho")
        while len(source.lists) < 5:
            assert process.poll() is None, process.communicate()
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert 'manage.py harvest "Kho"' in err
        assert "Traceback" not in err
        assert out.splitlines()[-1].startswith("offered ")
        status, out, _err = portal.do("harvest", "Kho")
    assert (status, out.splitlines()[-1].partition(",")[0]) == (0, f"offered {RECORDS}")
    assert portal.number("SELECT count(*) FROM library_sourcerecord") == RECORDS


def test_the_index_is_kept_in_a_process_beside_the_harvest(portal, tmp_path):
    """With the settings of a real portal, whose index is brought up to date by itself."""
    portal.environment |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "VAR_DIR": str(tmp_path)}
    with serving(Repository(records(SIZE * 3), page=SIZE)) as url:
        kept(portal, url)
        portal.do(
            "shell", "-c", "from library.models import Source; Source.objects.update(needs_review=False)"
        )
        status, _out, err = portal.do("harvest", "Kho")
    assert status == 0, err
    waiting = "SELECT count(*) FROM search_outboxrow WHERE prefix = 'resource'"
    ends = time.monotonic() + PATIENCE
    while portal.number(waiting) and time.monotonic() < ends:
        time.sleep(0.1)
    assert portal.number(waiting) == 0
    _status, out, _err = portal.do("search", "trong ngo")
    assert "Trồng ngô" in out
