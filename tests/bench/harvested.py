"""A library of 100,000 resources is read to its end as a harvester does it; the parts of `tests.bench.provider`.

DATABASE_URL=... DJANGO_SETTINGS_MODULE=tests.bench.settings python -m tests.bench.harvested [RECORDS]
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median

import django
from django.core.management import call_command
from django.test import Client

ENTRIES = 100_000
ENDS = 100  # pages at the beginning and at the end that are compared
WARM_UP = 30  # pages
TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")


def main(entries: int) -> dict[str, float]:
    from django.conf import settings
    from django.db import connection

    from . import catalogue

    settings.SEARCH_BACKGROUND = False  # nobody else writes records meanwhile
    settings.SEARCH_INDEX_DIR = tempfile.mkdtemp(prefix="portal-bench-index-")
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    catalogue.fill(entries)
    seconds, written = _write()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    for _page in zip(range(WARM_UP), _pages(), strict=False):
        pass
    ours, bare = _read()
    return {
        "page": median(ours[1:]),
        "bare": median(bare[1:]),
        "first": median(ours[1 : ENDS + 1]),
        "last": median(ours[-ENDS:]),
        "written": written / seconds,
    }


def _write() -> tuple[float, int]:
    """(seconds, records), as resources that are there before the provider is."""
    from library.domain.offering import keeping_up
    from library.models import OfferingTask

    OfferingTask.objects.all().delete()
    start = time.perf_counter()
    written = keeping_up.run_once()
    return time.perf_counter() - start, written


def _pages():
    """Milliseconds of each page, from the first request to the last."""
    from library.views.interop import oai
    from portal.web.visitors.rate_limit import RateLimit

    oai.LIMIT = RateLimit("oai", 1_000_000_000, 60)  # it is counted all the same
    client, arguments = Client(), {"metadataPrefix": "oai_dc"}
    while arguments:
        start = time.perf_counter()
        answer = client.get("/oai", {"verb": "ListRecords", **arguments})
        yield 1000 * (time.perf_counter() - start)
        if answer.status_code != 200 or b"<record>" not in answer.content:
            raise RuntimeError(f"no page: {answer.content[:500]!r}")
        token = TOKEN.search(answer.content)
        arguments = {"resumptionToken": token[1].decode()} if token else {}


def _read() -> tuple[list[float], list[float]]:
    """Milliseconds of each page of ours, and of the bare reading of as many texts from the same place, in turn."""
    ours, bare = [], []
    for page, milliseconds in enumerate(_pages()):
        ours.append(milliseconds)
        bare.append(_milliseconds(lambda after=100 * page: _bare(after)))
    return ours, bare


def _bare(after: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, dc FROM library_offeredrecord WHERE position > %s ORDER BY position LIMIT 100",
            [after],
        )
        cursor.fetchall()


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]) if sys.argv[1:] else ENTRIES)))
