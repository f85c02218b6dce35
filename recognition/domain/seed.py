"""What a new portal starts with: the criteria sets, the targets of the national plans, and sample awards where the site is
for trying out."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.web.imports import read_table
from recognition.models import Award, Target

from .award_import import REQUIRED, import_awards
from .criteria_import import import_sets

DATA = Path(__file__).resolve().parents[1] / "data"


@transaction.atomic
def load() -> None:
    """Create what is missing and change nothing that is there. Places must be loaded first."""
    import_sets({path.name: path.read_text("utf-8") for path in sorted((DATA / "criteria").glob("*.json"))})
    _load_targets()
    if settings.DEMO and not Award.objects.exists():
        import_awards(read_table(DATA / "awards_sample.csv", required=REQUIRED))


def _load_targets() -> None:
    """Those that hold everywhere (Quyết định 387/QĐ-TTg, 677/QĐ-TTg)."""
    with (DATA / "targets.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = {"place": None, "year": row.pop("year"), "indicator": row.pop("indicator")}
            Target.objects.get_or_create(**key, defaults=row)
