"""The books and the verdicts of a province, on a PostgreSQL of our own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable

from tests.services import postgres
from tests.services.machine import Missing

from .figure import Figure, NotTested

CEILINGS = {  # s
    "100,000 sheets judged": 20,
    "20,000 rows entered in the books": 10,
    "an audit trail of 190,000 events verified": 15,
    "a decision of 500 rows as PDF": 1,
    "a decision of 500 rows as DOCX": 1,
    "totals of 130,000 households recomputed": 6,
    "headline by commune": 0.15,
    "work list of a commune, p95": 0.05,
    "heat map by criterion and village": 3,
    "20,000 recognised with audit": 2,
}


def figures() -> Iterable[Figure | NotTested]:
    """Measured in a process of its own: the other groups have their site on SQLite."""
    try:
        with postgres.running() as url:
            measured = _measured(url)
    except Missing as reason:
        yield from (NotTested(name, str(reason)) for name in CEILINGS)
        return
    for name, ceiling in CEILINGS.items():
        yield Figure(name, measured[name], None, ceiling, "s")


def _measured(url: str) -> dict[str, float]:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    command = [sys.executable, "-m", "tests.bench.province"]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return dict(zip(CEILINGS, json.loads(run.stdout.splitlines()[-1]), strict=True))
