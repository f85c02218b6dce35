"""Harvests in processes of their own, killed with `kill -9` at any moment."""

import random
import signal
import sqlite3
import threading

import psycopg
import pytest

from tests.library.interop.harvest.oai_server import Repository, records, serving
from tests.services.migrated import copy_of_its_own

from .forked import PATIENCE, managing

pytestmark = pytest.mark.django_db  # so that they run on PostgreSQL too

RECORDS, SIZE = 600, 10
DEATHS = 4
BEFORE_THE_NEXT_PAGE = 0.05  # s, in which a page is read and written


@pytest.fixture
def database(tmp_path):
    with copy_of_its_own(tmp_path) as url:
        yield url


@pytest.fixture
def environment(database, tmp_path):
    return {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "HARVEST_ALLOWED_HOSTS": "127.0.0.1",
        "TMPDIR": str(tmp_path),
    }


@pytest.fixture
def number(database):
    """number("SELECT count(*) FROM ...") -> what the database says."""

    def asked(statement: str) -> int:
        if database.startswith("sqlite"):
            with sqlite3.connect(database.removeprefix("sqlite:///")) as asked:
                return asked.execute(statement).fetchone()[0]
        with psycopg.connect(database.replace("postgres:", "postgresql:")) as asked:
            return asked.execute(statement).fetchone()[0]

    return asked


class Counted(Repository):
    """One whose pages can be waited for."""

    def __init__(self, number: int):
        super().__init__(records(number), page=SIZE)
        self._asked_for = threading.Condition()

    def ListRecords(self, arguments) -> str:
        with self._asked_for:
            self._asked_for.notify_all()
        return super().ListRecords(arguments)

    def wait_for(self, pages: int) -> None:
        """Until so many were asked for in all."""
        with self._asked_for:
            assert self._asked_for.wait_for(lambda: len(self.lists) >= pages, timeout=PATIENCE)


def add(manage, url: str) -> None:
    status, _out, err = manage("add_source", "Kho", "--protocol", "oai", "--url", url)
    assert status == 0, err


def test_killed_again_and_again_it_goes_on_without_loss_or_duplicate(environment, number):
    chance, source = random.Random(), Counted(RECORDS)
    with serving(source) as url, managing(**environment) as manage:
        add(manage, url)
        for death in range(DEATHS):
            before, harvest = len(source.lists), manage.begin("harvest", "Kho")
            source.wait_for(before + 1 + chance.randrange(RECORDS // SIZE // (DEATHS + 1)))
            status, _out, err = harvest.end(signal.SIGKILL, after=BEFORE_THE_NEXT_PAGE * chance.random())
            assert status == -signal.SIGKILL, err
            kept = number("SELECT count(*) FROM library_sourcerecord")
            assert kept == number("SELECT offered FROM library_harvest"), f"after death {death}"
        status, out, err = manage("harvest", "Kho")
    assert status == 0, err
    assert out.splitlines()[-1] == (
        f"offered {RECORDS}, read {RECORDS}, failed 0, created {RECORDS}, updated 0, unchanged 0, deleted 0"
    )
    assert number("SELECT count(*) FROM library_harvest") == 1
    for table in ("library_sourcerecord", "library_rawrecord"):
        assert number(f"SELECT count(*) FROM {table}") == RECORDS
    assert number("SELECT count(DISTINCT resource_id) FROM library_sourcerecord") == RECORDS
    told = "SELECT count(DISTINCT object_id) FROM search_outboxrow WHERE prefix = 'resource'"
    assert number(told) == RECORDS


def test_ctrl_c_stops_it_between_two_pages_and_says_how_to_go_on(environment, number):
    source = Counted(RECORDS)
    with serving(source) as url, managing(**environment) as manage:
        add(manage, url)
        harvest = manage.begin("harvest", "Kho")
        source.wait_for(5)
        status, out, err = harvest.end(signal.SIGINT)
        assert status == 1
        assert 'manage.py harvest "Kho"' in err
        assert "Traceback" not in err
        assert out.splitlines()[-1].startswith("offered ")
        status, out, _err = manage("harvest", "Kho")
    assert (status, out.splitlines()[-1].partition(",")[0]) == (0, f"offered {RECORDS}")
    assert number("SELECT count(*) FROM library_sourcerecord") == RECORDS


def test_the_index_is_kept_in_a_process_beside_the_harvest(environment, number, tmp_path):
    """With the settings of a real portal, whose index is brought up to date by itself."""
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "VAR_DIR": str(tmp_path)}
    with serving(Counted(SIZE * 3)) as url, managing(**environment) as manage:
        add(manage, url)
        manage("shell", "-c", "from library.models import Source; Source.objects.update(needs_review=False)")
        status, _out, err = manage("harvest", "Kho")
        assert status == 0, err
        assert number("SELECT count(*) FROM search_outboxrow WHERE prefix = 'resource'") == 0
        _status, out, _err = manage("search", "trong ngo")
    assert "Trồng ngô" in out
