"""The synonyms a new site starts with; the sources of data/synonyms.csv are common knowledge and the places' own
table. Create-only: a site that has any keeps what its librarians made of them."""

import csv
from pathlib import Path

from django.db import transaction

from .models import EditorialStamp, SynonymGroup

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load() -> int:
    """Returns how many groups were made."""
    if SynonymGroup.objects.exists():
        return 0
    with (DATA / "synonyms.csv").open(encoding="utf-8", newline="") as lines:
        groups = [_group(row) for row in csv.DictReader(lines)]
    SynonymGroup.objects.bulk_create(groups)
    EditorialStamp.renew()
    return len(groups)


def _group(row: dict[str, str]) -> SynonymGroup:
    group = SynonymGroup(
        terms=row["terms"].replace(";", "\n"),
        hidden=row["hidden"].replace(";", "\n"),
        kind=row["kind"],
        ambiguous=row["ambiguous"] == "yes",
    )
    group.full_clean()
    return group
