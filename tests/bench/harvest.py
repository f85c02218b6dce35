"""A collection of 100,000 records harvested into an empty portal, until everything of it is found, beside a bare loop over
the same pages."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from lxml import etree

from tests.services import postgres
from tests.services.machine import Missing

from . import collection, site
from .figure import Figure, NotTested
from .rebuilding import LOOK, peak_kilobytes

PROJECT = Path(__file__).parents[2]
RECORDS = 100_000
LEAST = {"PostgreSQL": 1500, "SQLite": 800}  # records a second
MEMORY = 300  # MB
RECORD = f"{{{collection.OAI}}}record"
WAITING = "SELECT count(*) FROM search_outboxrow WHERE prefix = 'resource'"
TRUSTED = "from library.models import Source; Source.objects.update(needs_review=False)"
GIVE_UP = 900  # s


def figures() -> Iterable[Figure | NotTested]:
    site.prepare()
    with tempfile.TemporaryDirectory(prefix="portal-bench-pages-") as folder:
        files = collection.write_pages(Path(folder), RECORDS)
        bare = RECORDS / _seconds_to_parse(files)
        with _served(folder) as address:
            for database, least in LEAST.items():
                try:
                    with _portal(database) as environment:
                        seconds, megabytes = _harvested(address, environment)
                except Missing as reason:
                    yield NotTested(f"harvest on {database}", str(reason))
                    continue
                name = f"harvest of {RECORDS:,} on {database}"
                yield Figure(name, RECORDS / seconds, bare, least, "records/s", at_least=True)
                yield Figure(f"{name}: memory", megabytes, None, MEMORY, "MB")


def _seconds_to_parse(files: Iterable[Path]) -> float:
    """Every text of every record is looked at, and nothing done with it."""
    start = time.perf_counter()
    for file in files:
        for record in etree.fromstring(file.read_bytes()).iter(RECORD):
            for element in record.iter():
                _text = element.text
    return time.perf_counter() - start


@contextmanager
def _served(folder: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.bench.collection", folder]
    server = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().strip()
    finally:
        server.kill()
        server.wait()


@contextmanager
def _portal(database: str) -> Iterator[dict[str, str]]:
    """The environment of an empty portal; raises Missing."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-harvest-", ignore_cleanup_errors=True) as folder:
        environment = os.environ | {
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "HARVEST_ALLOWED_HOSTS": "127.0.0.1",
        }
        if database == "SQLite":
            yield environment
        else:
            with postgres.running() as url:
                yield environment | {"DATABASE_URL": url}


def _harvested(address: str, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds until all of it is in the index, and the most memory of the process that reads. Raises RuntimeError."""
    for arguments in (
        ["migrate", "-v", "0"],
        ["rebuild_search", "-v", "0"],
        ["add_source", "Bench", "--protocol", "oai", "--url", address],
        ["shell", "-v", "0", "-c", TRUSTED],
    ):
        subprocess.run(
            _command(*arguments), cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    start, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(_command("harvest", "Bench"), cwd=PROJECT, env=environment, stdout=out)
        while process.poll() is None:
            peak = peak_kilobytes(process.pid) or peak
            time.sleep(LOOK)
        out.seek(0)
        last = out.read().splitlines()[-1]
    if not last.startswith(f"offered {RECORDS}, read {RECORDS}, failed 0, created {RECORDS}"):
        raise RuntimeError(f"harvest ends with {process.returncode}: {last}")
    while _waiting(environment["DATABASE_URL"]):
        if time.perf_counter() - start > GIVE_UP:
            raise RuntimeError("the index was not brought up to date")
        time.sleep(LOOK)
    return time.perf_counter() - start, peak / 1000


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def _waiting(url: str) -> int:
    """Changes that the index has not been told of yet."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as asked:
            return asked.execute(WAITING).fetchone()[0]
    with psycopg.connect(url.replace("postgres:", "postgresql:")) as asked:
        return asked.execute(WAITING).fetchone()[0]
