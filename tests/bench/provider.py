"""What a page of OAI-PMH costs among 100,000 resources on PostgreSQL, beside the bare reading of the texts on it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable

from tests.services import postgres
from tests.services.machine import Missing

from .figure import Figure, NotTested

PAGE = "a page of 100 OAI records after the first"
FLAT = "the last OAI pages beside the first"
RECORDS = "records written a second"
MILLISECONDS = 10
MOST_RATIO = 1.5


def figures() -> Iterable[Figure | NotTested]:
    """Measured in a process of its own: the other groups have their site on SQLite."""
    try:
        with postgres.running() as url:
            measured = _measured(url)
    except Missing as reason:
        yield from (NotTested(name, str(reason)) for name in (PAGE, FLAT))
        return
    yield Figure(PAGE, measured["page"], measured["bare"], MILLISECONDS, "ms")
    yield Figure(FLAT, measured["last"], measured["first"], None, "ms", most_ratio=MOST_RATIO)
    yield Figure(RECORDS, measured["written"], None, None, "/s")


def _measured(url: str) -> dict[str, float]:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    command = [sys.executable, "-m", "tests.bench.harvested"]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(run.stdout.splitlines()[-1])
