"""What a new portal starts with: the criteria sets, and sample awards where the site is for trying out."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.web.imports import read_table
from recognition.models import Award

from .award_import import REQUIRED, import_awards
from .criteria_import import import_sets

DATA = Path(__file__).resolve().parents[1] / "data"


@transaction.atomic
def load() -> None:
    """Create what is missing and change nothing that is there. Places must be loaded first."""
    import_sets({path.name: path.read_text("utf-8") for path in sorted((DATA / "criteria").glob("*.json"))})
    if settings.DEMO and not Award.objects.exists():
        import_awards(read_table(DATA / "awards_sample.csv", required=REQUIRED))
