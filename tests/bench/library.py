"""Real MARC records taken in, and a drawn page of text."""

import re
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from django.core.management import call_command

from tests.factories.files import OFFICIAL_PAGE, text_pdf

from . import catalogue, site
from .figure import Figure, NotTested

RECORDS = Path(__file__).parents[3] / "shared/samples/marc/vn_hcmut_library_part4_0001-0500.mrc"
IMPORT = 5  # s
WIDTH = 800  # pixels
WEIGHT = 35  # kB
RESOURCES = 100_000
TIMES = 7  # each is asked for, of which the median counts
FLAT = 1.5  # the last of a list beside the first
FULL_PAGE = 6_000  # characters, more than an A4 page of 14 points holds


def figures() -> Iterable[Figure | NotTested]:
    site.prepare()
    if RECORDS.exists():
        yield Figure("500 real MARC records loaded", _seconds_to_load(), None, IMPORT, "s")
    else:
        yield NotTested("500 real MARC records loaded", f"there is no {RECORDS.name} beside the project")
    yield Figure(f"A4 page of text, {WIDTH} px wide", _kilobytes_of_a_page(), None, WEIGHT, "kB")
    catalogue.fill(RESOURCES)
    yield from _ends_of_long_lists()


def _seconds_to_load() -> float:
    from library.models import Resource

    before, start = Resource.objects.count(), time.perf_counter()
    with tempfile.TemporaryFile("w") as out:
        call_command("import_resources", str(RECORDS), source="HCMUT", stdout=out, stderr=out)
    seconds = time.perf_counter() - start
    if not Resource.objects.count() > before:
        raise RuntimeError("the records were not loaded")
    return seconds


def _ends_of_long_lists() -> Iterable[Figure]:
    """What goes by key costs the same at both ends. The last full part and page, for a shorter one would win."""
    from library.models import Resource
    from portal.cms.sitemaps import KEYS

    last = Resource.objects.order_by("pk").last().pk
    lists = {
        "sitemap": (f"/sitemap-resources-{number}.xml" for number in (1, last // KEYS - 1)),
        "API, 100 resources": (f"/api/v1/resources/?limit=100&after={key}" for key in (0, last - 101)),
    }
    for name, (first, end) in lists.items():
        yield Figure(
            f"{name}: the end of {RESOURCES:,} beside the beginning",
            _milliseconds(end),
            _milliseconds(first),
            None,
            "ms",
            most_ratio=FLAT,
        )


def _milliseconds(address: str) -> float:
    from django.test import Client

    client, times = Client(), []
    for _time in range(TIMES):
        start = time.perf_counter()
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} is not there")
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def _kilobytes_of_a_page() -> float:
    """As the reader draws it: the first page of an official document of real sentences."""
    from library.reader import pdf
    from library.reader.pages import drawn_name

    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        file = Path(folder) / "page.pdf"
        file.write_bytes(text_pdf(body=_sentences(), setup=OFFICIAL_PAGE))
        pdf.draw(str(file), folder, [[1, WIDTH]], seconds=60)
        return (Path(folder) / drawn_name(1, WIDTH)).stat().st_size / 1000


def _sentences() -> str:
    """Without the signs that mean something to the typesetter."""
    from library.models import Resource

    texts = Resource.objects.filter(abstract__gt="").order_by("pk").values_list("abstract", flat=True)
    return re.sub(r"[^\w\s.,;:!?()–-]|_", "", " ".join(texts))[:FULL_PAGE]
